import { BellOff, CheckCheck, PanelRightOpen, Reply } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { QueryItem } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Composer } from "#renderer/parts/composer.tsx";
import { PlaceProvider } from "#renderer/parts/place-context.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Count } from "#renderer/ui/note.tsx";
import { ClosedNote } from "./closed-note.tsx";
import { MessageRow } from "./message-row.tsx";
import { useSettle } from "#renderer/parts/use-settle.ts";

const REPLIES = 3;

/** One followed thread: what began it, its last replies, a field to answer in. */
export function ThreadCard({ item }: { item: QueryItem<"threads"> }) {
  const { message } = item.root;
  const { conversationId, id: threadId } = message;
  const { info } = useLiveQuery("conversation", { conversationId });
  const replies = useLiveQuery("timeline", { conversationId, threadId, at: "end", count: REPLIES });
  const summary = info?.summary ?? null;
  const scope = summary?.scope;
  const canPost = summary?.canPost ?? false;
  const place = useMemo(
    () => (scope === undefined ? null : { conversationId, scope, threadId, canPost }),
    [conversationId, scope, threadId, canPost],
  );
  if (place === null || summary === null) return null;
  const shown = replies.items.slice(-REPLIES);
  const before = (message.replyCount ?? shown.length) - shown.length;
  return (
    <PlaceProvider value={place}>
      <section className="thread-card" aria-label={item.place}>
        <CardHead item={item} place={place} />
        <MessageRow view={item.root} isFirst />
        {before > 0 ? <EarlierReplies item={item} count={before} /> : null}
        <div className="thread-card__replies">
          {shown.map((view) => (
            <MessageRow key={view.key} view={view} isFirst />
          ))}
        </div>
        {canPost ? <ReplyField place={place} readAt={item.lastReplyAt} /> : <ClosedNote summary={summary} />}
      </section>
    </PlaceProvider>
  );
}

type CardPlace = Parameters<typeof PlaceProvider>[0]["value"] & object;

function CardHead({ item, place }: { item: QueryItem<"threads">; place: CardPlace }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const { message } = item.root;
  const open = () => useView.getState().openConversation(message.conversationId, message.id);
  return (
    <header className="thread-card__head">
      <h3 className="thread-card__place">
        <Button tone="link" onPress={open}>
          {item.place}
        </Button>
      </h3>
      <Count value={item.unread} isWaiting label={t("threads.unread", { count: item.unread })} />
      <span className="thread-card__tools">
        {item.unread > 0 ? (
          <IconButton
            icon={CheckCheck}
            label={t("threads.markRead")}
            onPress={() => void settle(commands.markThreadRead(place, message.id, item.lastReplyAt))}
          />
        ) : null}
        <IconButton icon={PanelRightOpen} label={t("threads.open")} onPress={() => openThread(item)} />
        <IconButton
          icon={BellOff}
          label={t("messageMenu.unfollow")}
          onPress={() => void settle(commands.followThread(place, message.id, false))}
        />
      </span>
    </header>
  );
}

function openThread({ root, unread }: QueryItem<"threads">): void {
  useView.getState().openSide({
    kind: "thread",
    threadId: root.message.id,
    conversationId: root.message.conversationId,
    ...(unread > 0 ? { isUnread: true } : {}),
  });
}

function EarlierReplies({ item, count }: { item: QueryItem<"threads">; count: number }) {
  const { t } = useTranslation();
  return (
    <div className="thread-card__earlier">
      <Button tone="link" onPress={() => openThread(item)}>
        {t("threads.earlier", { count })}
      </Button>
    </div>
  );
}

/** The field comes when it is wanted: a page of threads stays light. Who answers has read. */
function ReplyField({ place, readAt }: { place: CardPlace; readAt: QueryItem<"threads">["lastReplyAt"] }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const input = useRef<HTMLTextAreaElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpen(true);
    requestAnimationFrame(() => input.current?.focus());
  };
  const { threadId } = place;
  if (!isOpen) {
    return (
      <div className="thread-card__earlier">
        <Button onPress={open}>
          <Reply size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("composer.replyInThread")}
        </Button>
      </div>
    );
  }
  return (
    <Composer
      place={place}
      label={t("composer.replyInThread")}
      inputRef={input}
      onDidSend={() => {
        if (threadId !== undefined) void settle(commands.markThreadRead(place, threadId, readAt));
      }}
    />
  );
}
