import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import {
  filesChannelId,
  messageIdSchema,
  tasksChannelId,
  type ConversationId,
  type MessageId,
} from "#contract/ids.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { Composer } from "#renderer/parts/composer.tsx";
import { useAsk } from "./ask-store.ts";
import { ClosedNote } from "./closed-note.tsx";
import { ConversationHeader } from "./conversation-header.tsx";
import { conversationTitle } from "./conversation-words.ts";
import { MessageListView } from "./message-list-view.tsx";
import { DropZone } from "#renderer/parts/drop-zone.tsx";
import { AwayState, NotKeptLine } from "#renderer/parts/not-kept-note.tsx";
import { PlaceProvider } from "#renderer/parts/place-context.ts";
import { OutsideHours } from "./hours-words.tsx";
import { ReceiptsSource } from "./receipts.tsx";
import { TypingLine } from "./typing-line.tsx";
import { startOf, type TimelineStart } from "./timeline-query.ts";
import "./conversation.css";

/** The open conversation: its head, its messages, the field to write in. */
export function ConversationView({ conversationId }: { conversationId: ConversationId }) {
  const { t } = useTranslation();
  const targetId = useView((state) => state.targetId);
  const client = useWorker();
  const { status, info } = useLiveQuery("conversation", { conversationId });
  // The list beside already knows this conversation: its messages are asked for at once, not one answer later.
  const listed = () =>
    client
      .query("conversations", {})
      .getSnapshot()
      .items.find((item) => item.conversationId === conversationId);
  const summary = info === null ? listed() : info.summary;
  if (summary === undefined && status === "loading") return <SkeletonRows count={8} />;
  if ((summary === undefined || summary === null) && info?.isHere === false) return <AwayState />;
  if (summary === undefined || summary === null) return <EmptyState>{t("conversation.gone")}</EmptyState>;
  return (
    <OpenConversation
      key={`${conversationId} ${targetId ?? ""}`}
      summary={summary}
      memberCount={info?.memberCount ?? null}
      targetId={targetId}
    />
  );
}

interface OpenConversationProps {
  summary: ConversationSummary;
  /** Not known yet: null. */
  memberCount: number | null;
  targetId: MessageId | null;
}

function OpenConversation({ summary, memberCount, targetId }: OpenConversationProps) {
  const { t } = useTranslation();
  const { conversationId, scope, canPost, unread } = summary;
  const [start, setStart] = useState<{ at: TimelineStart; turn: number }>(() => ({
    at: targetId ?? startOf(summary),
    turn: 0,
  }));
  const goTo = useCallback((at: TimelineStart) => setStart(({ turn }) => ({ at, turn: turn + 1 })), []);
  const goToEnd = useCallback(() => goTo("end"), [goTo]);
  const goToUnread = useCallback(() => goTo("unread"), [goTo]);
  const jump = () => useAsk.getState().open({ kind: "jump", onPick: goTo });
  const input = useRef<HTMLTextAreaElement>(null);
  useFieldFocus(input);
  const isNewest = useRef(true);
  const onNewest = useCallback((value: boolean) => {
    isNewest.current = value;
  }, []);
  const place = useMemo(() => ({ conversationId, scope, canPost }), [conversationId, scope, canPost]);
  // Each document or task is discussed in its own thread: nothing is said beside them.
  const isOfObjects = useMemo(() => {
    if (summary.space === null) return false;
    return [filesChannelId(summary.space.id), tasksChannelId(summary.space.id)].includes(conversationId);
  }, [summary.space, conversationId]);
  const title = conversationTitle(summary, t("conversation.alone"));
  const other = summary.kind === "direct" ? summary.members[0]?.id : undefined;
  const writeTo =
    summary.kind === "channel"
      ? t("composer.writeIn", { name: title })
      : t("composer.writeTo", { name: title });
  const pane = (
    <PlaceProvider value={place}>
      <DropZone place={place} label={t("attachment.drop")} isDisabled={!canPost || isOfObjects}>
        <ConversationHeader summary={summary} title={title} memberCount={memberCount} onJump={jump} />
        <MessageListView
          key={start.turn}
          label={t("conversation.messagesOf", { name: title })}
          at={start.at}
          unread={unread}
          onGoToEnd={goToEnd}
          onGoToUnread={goToUnread}
          onNewest={onNewest}
        />
        <TypingLine conversationId={conversationId}>
          {other === undefined ? null : <OutsideHours personId={other} />}
        </TypingLine>
        {summary.isKept || !canPost ? null : <NotKeptLine />}
        {isOfObjects ? null : canPost ? (
          <Composer
            place={place}
            label={writeTo}
            inputRef={input}
            onEditLast={editLast}
            onDidSend={() => (isNewest.current ? undefined : goToEnd())}
          />
        ) : (
          <ClosedNote summary={summary} />
        )}
      </DropZone>
    </PlaceProvider>
  );
  return summary.kind === "channel" ? (
    pane
  ) : (
    <ReceiptsSource conversationId={conversationId}>{pane}</ReceiptsSource>
  );
}

/** A conversation that was opened from the list or the switcher is ready to be written in. */
function useFieldFocus(input: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    // A keyboard that slides over the messages is not wanted before one writes.
    if (!isFocusFree() || !matchMedia("(pointer: fine)").matches) return undefined;
    // Focusing lays the page out: the messages are drawn first.
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        if (isFocusFree() && useView.getState().dialog === null)
          input.current?.focus({ preventScroll: true });
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [input]);
}

/** Whether the focus stands in the list or nowhere: it is not taken from where the person has put it. */
function isFocusFree(): boolean {
  const { activeElement } = document;
  return activeElement === document.body || (activeElement?.closest(".pane--list") ?? null) !== null;
}

/** ↑ in an empty field: the latest message of one's own is opened for editing. */
function editLast(): void {
  const mine = document.querySelectorAll<HTMLElement>(".pane--content [data-mine]");
  const last = messageIdSchema.safeParse(mine[mine.length - 1]?.dataset["message"]);
  if (last.success) useView.getState().startEditing(last.data);
}
