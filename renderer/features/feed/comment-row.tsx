import { BadgeCheck, Ellipsis, Reply } from "lucide-react";
import { memo, useId } from "react";
import type { MessageView } from "#contract/views/message-view.ts";
import type { PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { AttachmentsView } from "#renderer/parts/attachments-view.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { PendingNote } from "#renderer/parts/pending-note.tsx";
import { PlaceProvider } from "#renderer/parts/place-context.ts";
import { PollView } from "#renderer/parts/poll-view.tsx";
import { QuoteView } from "#renderer/parts/quote-view.tsx";
import { ReactionsView } from "#renderer/parts/reactions-view.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { PostEditor } from "./post-editor.tsx";
import { LikeButton, ReactButton } from "./post-foot.tsx";
import { useRemovals } from "./removal-store.ts";
import { useCommentCommands } from "./use-post-commands.ts";

interface CommentRowProps {
  view: MessageView;
  post: PostView;
  isReply: boolean;
  /** The one that the reader came for. */
  isWanted: boolean;
  onAnswer: (view: MessageView) => void;
}

/** One comment, or a reply to one, set in under it. */
export const CommentRow = memo(function CommentRow({
  view,
  post,
  isReply,
  isWanted,
  onAnswer,
}: CommentRowProps) {
  const { t } = useTranslation();
  const headId = useId();
  const { message, author } = view;
  const { place } = post;
  const isRemoving = useRemovals((state) => state.waiting.has(message.id));
  const isEditing = useView((state) => state.editingId === message.id);
  const isAnswer = post.view.message.post?.answerId === message.id;
  if (isRemoving || message.deletedAt !== undefined) {
    return <p className={rowClass("comment comment--gone", isReply)}>{t("post.commentGone")}</p>;
  }
  return (
    <PlaceProvider value={place}>
      <article
        className={rowClass(isAnswer ? "comment comment--answer" : "comment", isReply)}
        data-post={message.id}
        data-roving={author.displayName}
        data-pending={view.pending?.status}
        aria-current={isWanted || undefined}
        tabIndex={-1}
        aria-labelledby={headId}
      >
        <Avatar person={author} size="small" hasPresence />
        <div className="comment__main">
          <header className="comment__head" id={headId}>
            <span className="post__author">{author.displayName}</span>
            {author.isGuest ? <span className="tag">{t("person.guest")}</span> : null}
            <span className="post__when">
              <TimeWord iso={message.sentAt} form="ago" />
              {message.editedAt === undefined ? null : (
                <TimeWord iso={message.editedAt} text={t("post.edited")} />
              )}
            </span>
            {isAnswer ? (
              <span className="tag comment__accepted">
                <BadgeCheck size={12} strokeWidth={ICON_STROKE} aria-hidden /> {t("post.accepted")}
              </span>
            ) : null}
          </header>
          {isEditing ? <PostEditor view={view} place={place} /> : <CommentContent view={view} />}
          {view.pending === null ? null : <PendingNote pending={view.pending} body={message.body} />}
          {isEditing || !place.canPost ? null : (
            <CommentActs view={view} post={post} isAnswer={isAnswer} onAnswer={onAnswer} />
          )}
        </div>
      </article>
    </PlaceProvider>
  );
});

function rowClass(base: string, isReply: boolean): string {
  return isReply ? `${base} comment--reply` : base;
}

function CommentContent({ view }: { view: MessageView }) {
  const { message } = view;
  return (
    <>
      {message.body === "" ? null : (
        <MessageText body={message.body} mentioned={view.mentioned} names={view.names} />
      )}
      {message.quote === undefined ? null : (
        <QuoteView
          quote={message.quote}
          author={view.quoteAuthor}
          mentioned={view.mentioned}
          names={view.names}
        />
      )}
      {message.attachments === undefined || message.attachments.length === 0 ? null : (
        <AttachmentsView attachments={message.attachments} uploads={view.uploads} />
      )}
      {view.poll === null ? null : <PollView view={view} />}
      {view.reactions.length === 0 ? null : <ReactionsView view={view} />}
    </>
  );
}

interface CommentActsProps {
  view: MessageView;
  post: PostView;
  isAnswer: boolean;
  onAnswer: (view: MessageView) => void;
}

function CommentActs({ view, post, isAnswer, onAnswer }: CommentActsProps) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const commands = useCommentCommands(view, post.place);
  const isQuestion = post.view.message.post?.kind === "question";
  const canAccept = isQuestion && (post.view.isMine || post.place.canAnimate) && view.pending === null;
  const accept = () =>
    void write("post.answer", post.place.scope, {
      conversationId: view.message.conversationId,
      messageId: post.view.message.id,
      answerId: isAnswer ? null : view.message.id,
    });
  return (
    <div className="post__acts">
      <LikeButton view={view} />
      <ReactButton view={view} />
      <button type="button" className="post-act" onClick={() => onAnswer(view)}>
        <Reply size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t("post.reply")}
      </button>
      {canAccept ? (
        <button type="button" className="post-act" onClick={accept}>
          <BadgeCheck size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t(isAnswer ? "post.unaccept" : "post.accept")}
        </button>
      ) : null}
      <MenuButton
        label={t("post.commentActions")}
        commands={commands()}
        button={<IconButton icon={Ellipsis} label={t("post.commentActions")} />}
      />
    </div>
  );
}
