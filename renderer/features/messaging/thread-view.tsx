import { ArrowLeft, X } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationId, MessageId } from "#contract/ids.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import { Composer } from "#renderer/parts/composer.tsx";
import { conversationTitle } from "./conversation-words.ts";
import { MessageListView } from "./message-list-view.tsx";
import { MessageRow } from "./message-row.tsx";
import { PlaceProvider } from "#renderer/parts/place-context.ts";

interface ThreadViewProps {
  conversationId: ConversationId;
  threadId: MessageId;
}

/** A thread beside its conversation, with its own field to write in. */
export function ThreadView({ conversationId, threadId }: ThreadViewProps) {
  const { t } = useTranslation();
  const { info } = useLiveQuery("conversation", { conversationId });
  const [turn, setTurn] = useState(0);
  const goToEnd = useCallback(() => setTurn((count) => count + 1), []);
  const input = useRef<HTMLTextAreaElement>(null);
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
      <SideHead title={t("thread.title")} subtitle={name} />
      <MessageListView
        key={turn}
        label={t("thread.messages")}
        at="end"
        unread={0}
        onGoToEnd={goToEnd}
        header={drawRoot}
      />
      {canPost ? <Composer place={place} label={t("composer.replyInThread")} inputRef={input} /> : null}
    </PlaceProvider>
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

export function SideHead({ title, subtitle }: { title: string; subtitle?: string }) {
  const { t } = useTranslation();
  const closeSide = useView((state) => state.closeSide);
  return (
    <header className="pane-head">
      <span className="only-narrow">
        <IconButton icon={ArrowLeft} label={t("action.back")} onPress={closeSide} />
      </span>
      <div className="pane-head__words">
        <h2 className="pane-head__title">{title}</h2>
        {subtitle === undefined ? null : <p className="pane-head__sub">{subtitle}</p>}
      </div>
      <IconButton icon={X} label={t("action.close")} onPress={closeSide} />
    </header>
  );
}
