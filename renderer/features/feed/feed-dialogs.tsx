import { lazy, Suspense } from "react";
import { useFeedDialog } from "./feed-dialog-store.ts";

const ShareDialog = lazy(() => import("./share-dialog.tsx").then((m) => ({ default: m.ShareDialog })));
const ReportDialog = lazy(() => import("./report-dialog.tsx").then((m) => ({ default: m.ReportDialog })));
const VersionsDialog = lazy(() =>
  import("./versions-dialog.tsx").then((m) => ({ default: m.VersionsDialog })),
);
const AcknowledgementsDialog = lazy(() =>
  import("./acknowledgements-dialog.tsx").then((m) => ({ default: m.AcknowledgementsDialog })),
);

const MakeTaskDialog = lazy(() =>
  import("#renderer/parts/make-task-dialog.tsx").then((m) => ({ default: m.MakeTaskDialog })),
);

/** The dialog that a post has opened, if any. */
export function FeedDialogs() {
  const dialog = useFeedDialog((state) => state.dialog);
  const close = useFeedDialog((state) => state.close);
  if (dialog === null) return null;
  return (
    <Suspense>
      {dialog.kind === "share" ? <ShareDialog post={dialog.post} onClose={close} /> : null}
      {dialog.kind === "report" ? (
        <ReportDialog view={dialog.view} place={dialog.place} onClose={close} />
      ) : null}
      {dialog.kind === "task" ? (
        <MakeTaskDialog title={dialog.title} source={dialog.source} onClose={close} />
      ) : null}
      {dialog.kind === "versions" ? <VersionsDialog view={dialog.view} onClose={close} /> : null}
      {dialog.kind === "acknowledgements" ? (
        <AcknowledgementsDialog post={dialog.post} onClose={close} />
      ) : null}
    </Suspense>
  );
}
