import { lazy, Suspense } from "react";
import type { LibraryShare } from "#contract/entities/library-share.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { useDocumentsStore, type DocumentsDialog } from "./documents-store.ts";
import { useDeeds } from "./use-deeds.ts";

const NewFolderDialog = lazy(() =>
  import("./new-item-dialogs.tsx").then((m) => ({ default: m.NewFolderDialog })),
);
const NewFileDialog = lazy(() =>
  import("./new-item-dialogs.tsx").then((m) => ({ default: m.NewFileDialog })),
);
const TemplateDialog = lazy(() =>
  import("./template-dialog.tsx").then((m) => ({ default: m.TemplateDialog })),
);
const TargetDialog = lazy(() => import("./target-dialog.tsx").then((m) => ({ default: m.TargetDialog })));
const PreserveDialog = lazy(() =>
  import("./preserve-dialog.tsx").then((m) => ({ default: m.PreserveDialog })),
);
const ShareDialog = lazy(() => import("./share-dialog.tsx").then((m) => ({ default: m.ShareDialog })));
const PhotoDropDialog = lazy(() =>
  import("./photo-drop/photo-drop-dialog.tsx").then((m) => ({ default: m.PhotoDropDialog })),
);
const TakenDialog = lazy(() => import("./taken-dialog.tsx").then((m) => ({ default: m.TakenDialog })));

/** What asks for an answer, over the files. */
export function DocumentDialogs() {
  const dialog = useDocumentsStore((state) => state.dialog);
  const taken = useDocumentsStore((state) => state.taken);
  return (
    <Suspense>
      {dialog === null ? null : <OpenDialog dialog={dialog} />}
      {taken === null ? null : <TakenDialog question={taken} />}
    </Suspense>
  );
}

function OpenDialog({ dialog }: { dialog: DocumentsDialog }) {
  const openDialog = useDocumentsStore((state) => state.openDialog);
  const onClose = () => openDialog(null);
  switch (dialog.kind) {
    case "newFolder":
      return <NewFolderDialog place={dialog.place} onClose={onClose} />;
    case "newFile":
      return <NewFileDialog place={dialog.place} ending={dialog.ending} onClose={onClose} />;
    case "template":
      return <TemplateDialog place={dialog.place} onClose={onClose} />;
    case "photos":
      return <PhotoDropDialog place={dialog.place} onClose={onClose} />;
    case "target":
      return <TargetDialog documents={dialog.documents} deed={dialog.deed} onClose={onClose} />;
    case "remove":
      return <RemoveDialog documents={dialog.documents} onClose={onClose} />;
    case "preserve":
      return <PreserveDialog document={dialog.document} onClose={onClose} />;
    case "share":
      return <ShareDialog document={dialog.document} share={dialog.share} onClose={onClose} />;
    case "endShare":
      return <EndShareDialog document={dialog.document} share={dialog.share} onClose={onClose} />;
  }
}

interface RemoveDialogProps {
  documents: Extract<DocumentsDialog, { kind: "remove" }>["documents"];
  onClose: () => void;
}

/** Nothing brings it back: the only question that is asked before a deed. */
function RemoveDialog({ documents, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const count = documents.length;
  return (
    <ConfirmDialog
      title={t("documents.remove.title", { count, name: documents[0]?.item.name })}
      action={t("documents.remove.action")}
      onConfirm={() => void deeds.each(documents, commands.removeForGood)}
      onClose={onClose}
    >
      <p>{t("documents.remove.text")}</p>
    </ConfirmDialog>
  );
}

interface EndShareDialogProps {
  document: DocumentView;
  share: LibraryShare;
  onClose: () => void;
}

function EndShareDialog({ document: view, share, onClose }: EndShareDialogProps) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const show = useToasts((state) => state.show);
  const end = async () => {
    if (await deeds.each([view], () => commands.endShare(share)))
      show({ tone: "plain", text: t("documents.share.over") });
  };
  return (
    <ConfirmDialog
      title={t("documents.share.overAsk", { name: view.item.name })}
      action={t("documents.share.end")}
      onConfirm={() => void end()}
      onClose={onClose}
    >
      <p>{t("documents.share.overText")}</p>
    </ConfirmDialog>
  );
}
