import { useMemo } from "react";
import type { ConversationId, MessageId } from "#contract/ids.ts";
import type { InboxGroup } from "#contract/views/inbox.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";

/** Messages around the one that concerns the reader. */
const AROUND = 8;

/** What it is about: the messages around it, or the words that came with it. */
export function InboxContext({ group }: { group: InboxGroup }) {
  const { conversationId, messageId, threadId } = group.newest;
  if (conversationId === undefined || messageId === undefined) return <InboxWords group={group} />;
  return (
    <InboxMessages
      key={messageId}
      conversationId={conversationId}
      messageId={messageId}
      threadId={threadId}
      excerpt={group.excerpt}
    />
  );
}

function InboxWords({ group }: { group: InboxGroup }) {
  const { t } = useTranslation();
  return group.excerpt === "" ? (
    <p className="inbox-words">{t("inbox.openToSee")}</p>
  ) : (
    <blockquote className="inbox-words">{group.excerpt}</blockquote>
  );
}

interface InboxMessagesProps {
  conversationId: ConversationId;
  messageId: MessageId;
  threadId: MessageId | undefined;
  excerpt: string;
}

function InboxMessages({ conversationId, messageId, threadId, excerpt }: InboxMessagesProps) {
  const { items, info } = useLiveQuery("timeline", {
    conversationId,
    at: messageId,
    count: AROUND,
    ...(threadId === undefined ? {} : { threadId }),
  });
  const root = info?.root ?? null;
  const shown = useMemo(() => (root === null ? items : [root, ...items]), [items, root]);
  if (shown.length === 0) return <blockquote className="inbox-words">{excerpt}</blockquote>;
  return (
    <ol className="inbox-messages">
      {shown.map((view) => (
        <InboxMessage key={view.key} view={view} isIt={view.key === messageId} />
      ))}
    </ol>
  );
}

function InboxMessage({ view, isIt }: { view: MessageView; isIt: boolean }) {
  const { t } = useTranslation();
  const { message, author, mentioned } = view;
  return (
    <li className="inbox-message" data-it={isIt || undefined}>
      <Avatar person={author} size="small" />
      <div className="inbox-message__body">
        <p className="inbox-message__head">
          <strong>{author.displayName}</strong> <TimeWord iso={message.sentAt} form="short" />
        </p>
        {message.post?.title === undefined ? null : (
          <p className="inbox-message__title">{message.post.title}</p>
        )}
        {message.deletedAt === undefined ? (
          <MessageText body={message.body} mentioned={mentioned} />
        ) : (
          <p className="inbox-message__gone">{t("message.deleted")}</p>
        )}
      </div>
    </li>
  );
}
