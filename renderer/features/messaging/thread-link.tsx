import { useTranslation } from "#renderer/kit/i18n.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Count } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useRowTabIndex } from "#renderer/parts/row-focus.ts";

export function ThreadLink({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const openSide = useView((state) => state.openSide);
  const tabIndex = useRowTabIndex();
  const { message, repliers } = view;
  const unread = view.thread?.unread ?? 0;
  return (
    <button
      type="button"
      className="thread-link"
      tabIndex={tabIndex}
      onClick={() =>
        openSide({
          kind: "thread",
          threadId: message.id,
          conversationId: message.conversationId,
          ...(unread > 0 ? { isUnread: true } : {}),
        })
      }
    >
      <span className="thread-link__faces">
        {repliers.slice(0, 3).map((person) => (
          <Avatar key={person.id} person={person} size="small" />
        ))}
      </span>
      {t("thread.replies", { count: message.replyCount ?? 0 })}
      <Count value={unread} isWaiting label={t("threads.unread", { count: unread })} />
      {message.lastReplyAt === undefined ? null : (
        <span className="thread-link__when">
          <TimeWord iso={message.lastReplyAt} form="ago" />
        </span>
      )}
    </button>
  );
}
