import { lazy, Suspense } from "react";
import { useAsk, type Ask } from "./ask-store.ts";

const VersionsDialog = lazy(() =>
  import("./versions-dialog.tsx").then((m) => ({ default: m.VersionsDialog })),
);
const ForwardDialog = lazy(() =>
  import("#renderer/parts/forward-dialog.tsx").then((m) => ({ default: m.ForwardDialog })),
);
const MakeTaskDialog = lazy(() =>
  import("#renderer/parts/make-task-dialog.tsx").then((m) => ({ default: m.MakeTaskDialog })),
);
const ReportDialog = lazy(() => import("./report-dialog.tsx").then((m) => ({ default: m.ReportDialog })));
const MomentDialog = lazy(() => import("./simple-dialogs.tsx").then((m) => ({ default: m.MomentDialog })));
const TextDialog = lazy(() => import("./simple-dialogs.tsx").then((m) => ({ default: m.TextDialog })));
const JumpDialog = lazy(() => import("./jump-dialog.tsx").then((m) => ({ default: m.JumpDialog })));
const ChannelDialog = lazy(() => import("./channel-dialog.tsx").then((m) => ({ default: m.ChannelDialog })));
const AddPeopleDialog = lazy(() =>
  import("./add-people-dialog.tsx").then((m) => ({ default: m.AddPeopleDialog })),
);

export function AskDialogs() {
  const ask = useAsk((state) => state.ask);
  return <Suspense>{ask === null ? null : drawAsk(ask)}</Suspense>;
}

function drawAsk(ask: Ask) {
  switch (ask.kind) {
    case "versions":
      return <VersionsDialog view={ask.view} />;
    case "forward":
      return <ForwardDialog scope={ask.scope} view={ask.view} onClose={() => useAsk.getState().close()} />;
    case "task":
      return (
        <MakeTaskDialog title={ask.title} source={ask.source} onClose={() => useAsk.getState().close()} />
      );
    case "report":
      return <ReportDialog ask={ask} />;
    case "moment":
      return <MomentDialog ask={ask} />;
    case "text":
      return <TextDialog ask={ask} />;
    case "jump":
      return <JumpDialog onPick={ask.onPick} />;
    case "channel":
      return <ChannelDialog summary={ask.summary} />;
    case "addPeople":
      return <AddPeopleDialog summary={ask.summary} />;
  }
}
