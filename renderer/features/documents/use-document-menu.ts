import {
  Copy,
  CopyPlus,
  Download,
  ExternalLink,
  Eye,
  FolderInput,
  FolderOpen,
  Info,
  Link,
  LockKeyholeOpen,
  PencilLine,
  Pencil,
  Scissors,
  ShieldCheck,
  Star,
  StarOff,
  Trash2,
  UserPlus,
} from "lucide-react";
import type { TFunction } from "i18next";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { parseScope } from "#contract/scope.ts";
import { linkToShare } from "#renderer/kit/workplace-address.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import type { Command } from "#renderer/ui/menu.tsx";
import { useDocumentsStore } from "./documents-store.ts";
import { useDeeds } from "./use-deeds.ts";
import { useDownload } from "./use-download.ts";
import { useOpenWithProgram } from "./use-open-with-program.ts";

interface MenuOptions {
  /** May give others' locks back, and preserve. */
  canRun: boolean;
  open: (document: DocumentView) => void;
}

type Documents = readonly DocumentView[];

/** Commands for some files, the same in the toolbar, the context menu and the details. What cannot be done is not offered. */
export function useDocumentMenu({ canRun, open }: MenuOptions): (documents: Documents) => Command[] {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const download = useDownload();
  const openWithProgram = useOpenWithProgram();
  const me = useSession((session) => session.me?.id ?? null);
  const { openDialog, showDetails } = useDocumentsStore();
  return (documents) => {
    const [first] = documents;
    if (first === undefined) return [];
    const single = documents.length === 1 ? first : null;
    const canChange = documents.every(({ obstacle }) => obstacle === null);
    const canTrash = documents.every(({ trashObstacle }) => trashObstacle === null);
    const list: (Command | null)[] = [
      single === null ? null : openCommand(single, open, t),
      single?.item.kind === "file" &&
      single.bytes?.isSent === true &&
      parseScope(single.scope).kind !== "share"
        ? {
            id: "program",
            label: t("documents.program.open"),
            icon: ExternalLink,
            run: () => void openWithProgram(single),
          }
        : null,
      {
        id: "download",
        label: t("documents.download"),
        icon: Download,
        run: () => void download(documents),
      },
      favouriteCommand(
        documents,
        t,
        (isFavourite) => void deeds.each(documents, (one) => commands.setFavourite(one, isFavourite)),
      ),
      single !== null && canChange
        ? {
            id: "rename",
            label: t("documents.rename"),
            icon: Pencil,
            shortcut: "F2",
            isApart: true,
            run: () => useDocumentsStore.setState({ renamingId: single.item.id }),
          }
        : null,
      canChange
        ? {
            id: "move",
            label: t("documents.moveTo"),
            icon: FolderInput,
            run: () => openDialog({ kind: "target", documents, deed: "move" }),
          }
        : null,
      {
        id: "copyTo",
        label: t("documents.copyTo"),
        icon: CopyPlus,
        run: () => openDialog({ kind: "target", documents, deed: "copy" }),
      },
      canChange ? clipboardCommand(documents, true, t) : null,
      clipboardCommand(documents, false, t),
      single === null
        ? null
        : lockCommand(single, {
            t,
            me,
            canRun,
            canChange: single.contentObstacle === null,
            deeds,
            commands,
          }),
      single !== null && canRun && single.trashObstacle !== "inTrash" ? preserveCommand(single, t) : null,
      single !== null && isShareable(single) ? shareCommand(single, t) : null,
      single !== null && parseScope(single.scope).kind === "space" ? linkCommand(single, t) : null,
      {
        id: "details",
        label: t("documents.details"),
        icon: Info,
        shortcut: t("documents.key.details"),
        run: () => showDetails(true),
      },
      canTrash
        ? {
            id: "trash",
            label: t("documents.trash"),
            icon: Trash2,
            shortcut: t("documents.key.delete"),
            isDanger: true,
            isApart: true,
            run: () => void deeds.trash(documents),
          }
        : null,
    ];
    return list.filter((command) => command !== null);
  };
}

function openCommand(document: DocumentView, open: MenuOptions["open"], t: TFunction): Command {
  const isFolder = document.item.kind === "folder";
  return {
    id: "open",
    label: isFolder ? t("documents.open") : t("documents.preview"),
    icon: isFolder ? FolderOpen : Eye,
    shortcut: t("documents.key.enter"),
    run: () => open(document),
  };
}

function favouriteCommand(documents: Documents, t: TFunction, run: (isFavourite: boolean) => void): Command {
  const isOn = documents.every(({ isFavourite }) => isFavourite);
  return {
    id: "favourite",
    label: isOn ? t("documents.unfavourite") : t("documents.favourite"),
    icon: isOn ? StarOff : Star,
    run: () => run(!isOn),
  };
}

function clipboardCommand(documents: Documents, isCut: boolean, t: TFunction): Command {
  return {
    id: isCut ? "cut" : "copy",
    label: isCut ? t("documents.cut") : t("documents.copy"),
    icon: isCut ? Scissors : Copy,
    shortcut: isCut ? t("documents.key.cut") : t("documents.key.copy"),
    run: () => useDocumentsStore.setState({ clipboard: { documents, isCut } }),
  };
}

interface LockOptions {
  t: TFunction;
  me: string | null;
  canRun: boolean;
  canChange: boolean;
  deeds: ReturnType<typeof useDeeds>;
  commands: ReturnType<typeof useDocumentCommands>;
}

function lockCommand(document: DocumentView, options: LockOptions): Command | null {
  const { t, me, canRun, canChange, deeds, commands } = options;
  const { lock, kind } = document.item;
  if (kind === "folder") return null;
  if (lock === undefined) {
    return canChange
      ? {
          id: "lock",
          label: t("documents.lock"),
          icon: PencilLine,
          isApart: true,
          run: () => void deeds.each([document], (one) => commands.lock(one)),
        }
      : null;
  }
  if (lock.personId !== me && !canRun) return null;
  return {
    id: "unlock",
    label: lock.personId === me ? t("documents.unlock") : t("documents.unlockOther"),
    icon: LockKeyholeOpen,
    isApart: true,
    run: () => void deeds.each([document], commands.unlock),
  };
}

function preserveCommand(document: DocumentView, t: TFunction): Command {
  return {
    id: "preserve",
    label: t("documents.preserve"),
    icon: ShieldCheck,
    run: () => useDocumentsStore.getState().openDialog({ kind: "preserve", document }),
  };
}

/** Of what the server has, whoever is no guest. Whether they may is its to say: it depends on how the item is marked. */
function isShareable({ scope, pending, obstacle }: DocumentView): boolean {
  return parseScope(scope).kind !== "share" && pending === null && !UNSHAREABLE.has(obstacle ?? "");
}

const UNSHAREABLE: ReadonlySet<string> = new Set(["inTrash", "notYours", "archived", "notMember"]);

function shareCommand(document: DocumentView, t: TFunction): Command {
  return {
    id: "share",
    label: t("documents.share.action"),
    icon: UserPlus,
    run: () => useDocumentsStore.getState().openDialog({ kind: "share", document, share: null }),
  };
}

/** For whoever may read it; what is one's own has no address for others. */
function linkCommand({ item, scope }: DocumentView, t: TFunction): Command {
  return {
    id: "link",
    label: t("documents.copyLink"),
    icon: Link,
    run: () =>
      void navigator.clipboard
        .writeText(linkToShare({ kind: "document", scope, itemId: item.id }))
        .then(() => useToasts.getState().show({ text: t("documents.linkCopied"), tone: "plain" })),
  };
}
