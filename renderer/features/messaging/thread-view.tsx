import { Bell, BellOff } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationId, MessageId } from "#contract/ids.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import { Composer } from "#renderer/parts/composer.tsx";
import { conversationTitle } from "./conversation-words.ts";
import { ClosedNote } from "./closed-note.tsx";
import { MessageListView } from "./message-list-view.tsx";
import { MessageRow } from "./message-row.tsx";
import { SideHead } from "./side-head.tsx";
import type { TimelineStart } from "./timeline-query.ts";
import { TypingLine } from "./typing-line.tsx";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";
import type { Place } from "#renderer/parts/write.ts";
import { DropZone } from "#renderer/parts/drop-zone.tsx";
import { PlaceProvider } from "#renderer/parts/place-context.ts";

interface ThreadViewProps {
  conversationId: ConversationId;
  threadId: MessageId;
  /** Where it opens: at a reply, at what is new, otherwise at its end. */
  at?: TimelineStart;
}

/** A thread beside its conversation, with its own field to write in. */
export function ThreadView({ conversationId, threadId, at = "end" }: ThreadViewProps) {
  const { t } = useTranslation();
  const { info } = useLiveQuery("conversation", { conversationId });
  const [start, setStart] = useState({ at, turn: 0 });
  const goToEnd = useCallback(() => setStart(({ turn }) => ({ at: "end", turn: turn + 1 })), []);
  const input = useRef<HTMLTextAreaElement>(null);
  const isNewest = useRef(true);
  const onNewest = useCallback((value: boolean) => {
    isNewest.current = value;
  }, []);
  const summary = info?.summary ?? null;
  const scope = summary?.scope;
  const canPost = summary?.canPost ?? false;
  const place = useMemo(
    () => (scope === undefined ? null : { conversationId, scope, threadId, canPost }),
    [conversationId, scope, threadId, canPost],
  );
  useThreadFocus(input, threadId, place !== null);
  if (place === null || summary === null) return <SideHead title={t("thread.title")} />;
  const name = conversationTitle(summary, t("conversation.alone"));
  return (
    <PlaceProvider value={place}>
      <SideHead title={t("thread.title")} subtitle={name}>
        <FollowButton place={place} threadId={threadId} />
      </SideHead>
      <DropZone place={place} label={t("attachment.drop")} isDisabled={!canPost}>
        <MessageListView
          key={start.turn}
          label={t("thread.messages")}
          at={start.at}
          unread={0}
          onGoToEnd={goToEnd}
          onNewest={onNewest}
          header={drawRoot}
        />
        <TypingLine conversationId={conversationId} threadId={threadId} />
        {canPost ? (
          <Composer
            place={place}
            label={t("composer.replyInThread")}
            inputRef={input}
            onDidSend={() => (isNewest.current ? undefined : goToEnd())}
          />
        ) : (
          <ClosedNote summary={summary} />
        )}
      </DropZone>
    </PlaceProvider>
  );
}

/** Whether new replies here are told. The root in the thread's own window knows. */
function FollowButton({ place, threadId }: { place: Place; threadId: MessageId }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const { info } = useLiveQuery("timeline", {
    conversationId: place.conversationId,
    threadId,
    at: "end",
    count: 1,
  });
  const isFollowed = info?.root?.thread?.isFollowed === true;
  return (
    <IconButton
      icon={isFollowed ? Bell : BellOff}
      label={t("threads.follow")}
      isPressed={isFollowed}
      onPress={() => void settle(commands.followThread(place, threadId, !isFollowed))}
    />
  );
}

/** A thread that opens is for replying: its field takes the focus, and its message takes it back at the end. */
function useThreadFocus(
  input: RefObject<HTMLTextAreaElement | null>,
  threadId: MessageId,
  isReady: boolean,
): void {
  useEffect(() => {
    // A keyboard that slides over the messages is not wanted before one writes.
    if (isReady && matchMedia("(pointer: fine)").matches) input.current?.focus({ preventScroll: true });
  }, [input, isReady]);
  useEffect(
    () => () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      const root = document.querySelector<HTMLElement>(`.pane--content [data-message="${threadId}"]`);
      if (isLost) root?.focus({ preventScroll: true });
    },
    [threadId],
  );
}

function drawRoot(root: MessageView | null) {
  if (root === null) return null;
  return (
    <div className="thread-root">
      <MessageRow view={root} isFirst />
    </div>
  );
}
