import { lazy, Suspense, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView, type DialogName } from "#renderer/kit/view-store.ts";
import { EmptyState } from "#renderer/ui/note.tsx";
import { AskDialogs } from "./ask-dialogs.tsx";
import { ConversationListView } from "./conversation-list-view.tsx";
import { ConversationView } from "./conversation-view.tsx";
import { isPage, type PageName } from "./list-entries.tsx";

const QuickSwitcher = lazy(() => import("./quick-switcher.tsx").then((m) => ({ default: m.QuickSwitcher })));
const NewConversationDialog = lazy(() =>
  import("./new-conversation-dialog.tsx").then((m) => ({ default: m.NewConversationDialog })),
);
const CreateChannelDialog = lazy(() =>
  import("./create-channel-dialog.tsx").then((m) => ({ default: m.CreateChannelDialog })),
);

const ThreadsPage = lazy(() => import("./threads-page.tsx").then((m) => ({ default: m.ThreadsPage })));
const SavedPage = lazy(() => import("./saved-page.tsx").then((m) => ({ default: m.SavedPage })));
const ScheduledPage = lazy(() => import("./scheduled-page.tsx").then((m) => ({ default: m.ScheduledPage })));
const DetailsView = lazy(() => import("./details-view.tsx").then((m) => ({ default: m.DetailsView })));
const PersonPane = lazy(() => import("./person-view.tsx").then((m) => ({ default: m.PersonPane })));
const ThreadView = lazy(() => import("./thread-view.tsx").then((m) => ({ default: m.ThreadView })));
const PinsView = lazy(() => import("./pins-view.tsx").then((m) => ({ default: m.PinsView })));

export function MessagingList() {
  return <ConversationListView />;
}

export function MessagingContent() {
  const { t } = useTranslation();
  const conversationId = useView((state) => state.conversationId);
  const page = useView((state) => state.path[0]);
  if (isPage(page)) return drawPage(page);
  if (conversationId === null) return <EmptyState>{t("conversation.choose")}</EmptyState>;
  return <ConversationView conversationId={conversationId} />;
}

/** The frame waits for a page that is being loaded. */
function drawPage(page: PageName) {
  switch (page) {
    case "threads":
      return <ThreadsPage />;
    case "saved":
      return <SavedPage />;
    case "scheduled":
      return <ScheduledPage />;
  }
}

export function MessagingSide() {
  return <Suspense>{useSide()}</Suspense>;
}

function useSide(): ReactNode {
  const side = useView((state) => state.side);
  const opened = useView((state) => state.conversationId);
  if (side === null) return null;
  if (side.kind === "person") return <PersonPane personId={side.personId} />;
  const conversationId = side.kind === "thread" ? (side.conversationId ?? opened) : opened;
  if (conversationId === null) return null;
  if (side.kind === "details") return <DetailsView conversationId={conversationId} />;
  if (side.kind === "pins") return <PinsView conversationId={conversationId} />;
  return (
    <ThreadView
      key={`${side.threadId} ${side.targetId ?? ""}`}
      conversationId={conversationId}
      threadId={side.threadId}
      at={side.targetId ?? (side.isUnread === true ? "unread" : "end")}
    />
  );
}

export function MessagingDialogs() {
  const dialog = useView((state) => state.dialog);
  return (
    <>
      <Suspense>{dialog === null ? null : drawDialog(dialog)}</Suspense>
      <AskDialogs />
    </>
  );
}

function drawDialog(dialog: DialogName) {
  switch (dialog.kind) {
    case "switcher":
      return <QuickSwitcher />;
    case "newConversation":
      return <NewConversationDialog />;
    case "createChannel":
      return <CreateChannelDialog spaceId={dialog.spaceId} spaceName={dialog.spaceName} />;
    case "outbox":
    case "settings":
    case "account":
    case "availability":
      return null;
  }
}
