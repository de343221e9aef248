import { formatLink } from "#contract/links.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { usePlace } from "#renderer/parts/place-context.ts";
import { useComposerStore } from "#renderer/parts/composer-store.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { useAsk } from "./ask-store.ts";
import { UNDO_MS, useDeletions } from "./deletion-store.ts";
import { decodeMentions, namesOf } from "#renderer/kit/mentions.ts";
import { linkToShare } from "#renderer/kit/workplace-address.ts";
import { useMentionWords } from "#renderer/parts/use-mention-words.ts";
import { messageExcerpt, messageObject, messageTarget, quoteOf } from "./message-object.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";

const SHORT_MS = 3000;

function say(text: string): void {
  useToasts.getState().show({ tone: "plain", text }, SHORT_MS);
}

/** What each command on a message does. */
export function useMessageActions(view: MessageView) {
  const { t } = useTranslation();
  const place = usePlace();
  const client = useWorker();
  const commands = useCommands();
  const settle = useSettle();
  const words = useMentionWords();
  const { message, pending } = view;
  const object = messageObject(place.scope, message);
  const outbox = (name: "outbox.retry" | "outbox.discard") => {
    if (pending !== null) void settle(client.call(name, { mutationId: pending.mutationId }));
  };
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(() => say(t("action.copied")));
  };
  return {
    retry: () => outbox("outbox.retry"),
    discard: () => outbox("outbox.discard"),
    openThread: () =>
      useView.getState().openSide({
        kind: "thread",
        threadId: message.threadId ?? message.id,
        conversationId: message.conversationId,
        ...((view.thread?.unread ?? 0) > 0 ? { isUnread: true } : {}),
      }),
    edit: () => useView.getState().startEditing(message.id),
    quote: () => useComposerStore.getState().setQuote(place, quoteOf(view, place.scope)),
    forward: () => useAsk.getState().open({ kind: "forward", view, scope: place.scope }),
    makeTask: () =>
      useAsk.getState().open({
        kind: "task",
        title: messageExcerpt(view, words),
        source: formatLink(messageTarget(message)),
      }),
    copyText: () => copy(decodeMentions(message.body, namesOf(view), words)),
    copyLink: () => copy(linkToShare(messageTarget(message))),
    togglePin: () => void settle(commands.pinMessage(place.scope, message, !view.isPinned)),
    toggleSaved: () => {
      if (view.isSaved) return void settle(commands.removeItem(object));
      void settle(commands.saveItem(object, { excerpt: messageExcerpt(view, words), isDone: false })).then(
        (isKept) => (isKept ? say(t("messageMenu.saved")) : undefined),
      );
    },
    toggleFollow: () => {
      const isFollowed = view.thread?.isFollowed !== true;
      const threadId = message.threadId ?? message.id;
      void settle(commands.followThread(place, threadId, isFollowed)).then((isKept) =>
        isKept ? say(isFollowed ? t("threads.followed") : t("threads.unfollowed")) : undefined,
      );
    },
    markUnread: () => {
      useView.getState().holdUnread(message.conversationId);
      void settle(commands.markUnreadFrom(message));
    },
    showVersions: () => useAsk.getState().open({ kind: "versions", view }),
    report: () =>
      useAsk.getState().open({ kind: "report", object, scope: place.scope, name: view.author.displayName }),
    remove: () => {
      const deletions = useDeletions.getState();
      deletions.schedule(message.id, () => void settle(commands.deleteMessage(place.scope, message)));
      useToasts.getState().show(
        {
          tone: "plain",
          text: t("message.deleted"),
          action: { label: t("action.undo"), run: () => deletions.undo(message.id) },
        },
        UNDO_MS,
      );
    },
  };
}
