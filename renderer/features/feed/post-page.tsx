import { X } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { ConversationId, MessageId } from "#contract/ids.ts";
import type { PostView } from "#contract/views/feed.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useWindowActive } from "#renderer/kit/use-window-active.ts";
import { useLiveSubscription, useWorker } from "#renderer/kit/worker-context.tsx";
import { Composer } from "#renderer/parts/composer.tsx";
import { PlaceProvider } from "#renderer/parts/place-context.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { CommentRow } from "./comment-row.tsx";
import { FeedPane } from "./feed-pane.tsx";
import { leavePost } from "./feed-route.ts";
import { PostCard } from "./post-card.tsx";
import { usePostKeys } from "./post-list.tsx";
import { isNews } from "./post-words.ts";

const FIRST_COMMENTS = 60;
const MORE_COMMENTS = 100;

interface PostPageProps {
  conversationId: ConversationId;
  messageId: MessageId;
  /** The comment that one comes for: shown and marked. */
  commentId: MessageId | null;
}

/** One post, whole, with its comments. */
export function PostPage({ conversationId, messageId, commentId }: PostPageProps) {
  const { t } = useTranslation();
  const client = useWorker();
  const [{ items, info, problem }, live] = useLiveSubscription("post", {
    conversationId,
    messageId,
    count: FIRST_COMMENTS,
  });
  const [answered, setAnswered] = useState<MessageView | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const onKeyDown = usePostKeys();
  const post = info?.post ?? null;
  useReadThread(
    post,
    items.map(({ view }) => view),
  );
  const extend = () =>
    void client.call("timeline.extend", {
      subscriptionId: live.id,
      direction: "older",
      count: MORE_COMMENTS,
    });
  const hasEarlier = info?.older === "cached" || info?.older === "remote";
  useWantedComment({ commentId, items, hasEarlier, extend });
  const answer = (view: MessageView) => {
    setAnswered(view);
    input.current?.focus();
  };
  return (
    <FeedPane
      title={titleOf(post) ?? t("post.page")}
      {...(post === null ? {} : { subtitle: post.place.name })}
      onBack={leavePost}
    >
      {problem === null ? null : <ProblemNote problem={problem} />}
      {info === null || (!info.isLoaded && post === null) ? <SkeletonRows count={3} /> : null}
      {info?.isLoaded === true && post === null ? <EmptyState>{t("post.notHere")}</EmptyState> : null}
      {post === null ? null : (
        <>
          <div className={isNews(post.view.message) ? "post-page post-page--article" : "post-page"}>
            <PostCard post={post} isPage hasSpace onComment={() => input.current?.focus()} />
          </div>
          <section className="comments" aria-label={t("post.commentsTitle")}>
            {hasEarlier ? (
              <Button tone="link" onPress={extend}>
                {t("post.earlier")}
              </Button>
            ) : null}
            {info?.older === "offline" ? <p className="post__when">{t("post.earlierOffline")}</p> : null}
            {items.length === 0 && info?.older === "start" ? (
              <p className="comments__none">{t("post.noComments")}</p>
            ) : null}
            {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its articles */}
            <div className="comments__list" onKeyDown={onKeyDown}>
              {items.map(({ key, view, isReply }) => (
                <CommentRow
                  key={key}
                  view={view}
                  post={post}
                  isReply={isReply}
                  isWanted={view.message.id === commentId}
                  onAnswer={answer}
                />
              ))}
            </div>
            {post.place.canPost ? (
              <CommentComposer
                post={post}
                answered={answered}
                inputRef={input}
                onDone={() => setAnswered(null)}
              />
            ) : (
              <p className="comments__none">{t("post.closed")}</p>
            )}
          </section>
        </>
      )}
    </FeedPane>
  );
}

function titleOf(post: PostView | null): string | undefined {
  return post?.view.message.post?.title;
}

interface WantedComment {
  commentId: MessageId | null;
  items: readonly { key: string; view: MessageView }[];
  hasEarlier: boolean;
  extend: () => void;
}

/** Brings the comment that one comes for into view, once; earlier ones are fetched until it is there. */
function useWantedComment({ commentId, items, hasEarlier, extend }: WantedComment): void {
  const wasShown = useRef(false);
  const isHere = items.some(({ view }) => view.message.id === commentId);
  const oldest = items[0]?.key;
  useEffect(() => {
    if (commentId === null || wasShown.current || oldest === undefined) return;
    if (isHere) {
      wasShown.current = true;
      const row = document.querySelector<HTMLElement>(`.comments [data-post="${CSS.escape(commentId)}"]`);
      row?.scrollIntoView({ block: "center" });
      row?.focus({ preventScroll: true });
    } else if (hasEarlier) extend();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked again only when more has come
  }, [commentId, isHere, oldest, hasEarlier]);
}

/** Comments that were shown to a person at this window are read. */
function useReadThread(post: PostView | null, comments: readonly MessageView[]): void {
  const commands = useCommands();
  const isActive = useWindowActive();
  const last = comments.findLast(({ pending }) => pending === null)?.message.sentAt;
  const unread = post?.view.thread?.unread ?? 0;
  const scope = post?.place.scope;
  const message = post?.view.message;
  useEffect(() => {
    if (!isActive || unread === 0 || last === undefined || scope === undefined || message === undefined)
      return;
    const place = { scope, conversationId: message.conversationId };
    void commands.markThreadRead(place, message.id, last);
  }, [commands, isActive, unread, last, scope, message]);
}

interface CommentComposerProps {
  post: PostView;
  answered: MessageView | null;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  onDone: () => void;
}

function CommentComposer({ post, answered, inputRef, onDone }: CommentComposerProps) {
  const { t } = useTranslation();
  const commands = useCommands();
  const { scope, canPost } = post.place;
  const { conversationId, id: threadId } = post.view.message;
  const place = useMemo(
    () => ({ scope, conversationId, threadId, canPost }),
    [scope, conversationId, threadId, canPost],
  );
  // A reply to a reply stands under the comment that both answer.
  const replyTo = answered?.message.replyTo ?? answered?.message.id;
  return (
    <PlaceProvider value={place}>
      <div className="comment-composer">
        {answered === null ? null : (
          <p className="comment-composer__to">
            {t("post.replyTo", { name: answered.author.displayName })}
            <IconButton icon={X} label={t("post.replyCancel")} onPress={onDone} />
          </p>
        )}
        <Composer
          place={place}
          label={t("post.writeComment")}
          inputRef={inputRef}
          onDidSend={onDone}
          onSend={(body, said) =>
            commands.sendMessage(place, body, { ...said, ...(replyTo === undefined ? {} : { replyTo }) })
          }
        />
      </div>
    </PlaceProvider>
  );
}
