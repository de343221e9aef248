import { memo, useId, type KeyboardEvent } from "react";
import type { PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { PendingNote } from "#renderer/parts/pending-note.tsx";
import { PlaceProvider } from "#renderer/parts/place-context.ts";
import { openPost } from "./feed-route.ts";
import { MustReadBanner } from "./must-read-banner.tsx";
import { PostBody } from "./post-body.tsx";
import { PostEditor } from "./post-editor.tsx";
import { PostFoot } from "./post-foot.tsx";
import { PostHead } from "./post-head.tsx";
import { WhyButton } from "./why-button.tsx";
import { useRemovals } from "./removal-store.ts";
import "./post.css";

interface PostCardProps {
  post: PostView;
  /** On a wall its space is known; in the home feed it is named. */
  hasSpace?: boolean;
  /** The post's own page: the whole text, and its title is the page's. */
  isPage?: boolean;
  onComment?: () => void;
}

/** One post: who wrote what where, and everything that can be done with it. */
export const PostCard = memo(function PostCard({
  post,
  hasSpace = false,
  isPage = false,
  onComment,
}: PostCardProps) {
  const { t } = useTranslation();
  const headId = useId();
  const { view, place, reasons } = post;
  const { message } = view;
  const isRemoving = useRemovals((state) => state.waiting.has(message.id));
  const isEditing = useView((state) => state.editingId === message.id);
  if (isRemoving || message.deletedAt !== undefined) {
    return isPage ? <p className="post post--gone">{t("post.gone")}</p> : null;
  }
  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.target !== event.currentTarget || isPage) return;
    event.preventDefault();
    openPost(message.conversationId, message.id);
  };
  return (
    <PlaceProvider value={place}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- one moves through posts by keyboard; its title opens it for all */}
      <article
        className={isPage ? "post post--page" : "post"}
        data-post={message.id}
        data-roving={isPage ? undefined : view.author.displayName}
        data-pending={view.pending?.status}
        tabIndex={-1}
        aria-labelledby={headId}
        onKeyDown={openByKey}
      >
        {hasSpace && !isPage ? (
          <WhyButton reasons={reasons} author={view.author.displayName} space={place.name} />
        ) : null}
        <PostHead post={post} id={headId} hasSpace={hasSpace} />
        {message.post?.isMustRead === true ? <MustReadBanner post={post} /> : null}
        {isEditing ? <PostEditor view={view} place={place} /> : <PostBody post={post} isPage={isPage} />}
        {view.pending === null ? null : <PendingNote pending={view.pending} body={message.body} />}
        {isEditing ? null : (
          <PostFoot
            view={view}
            place={place}
            onComment={onComment ?? (() => openPost(message.conversationId, message.id))}
          />
        )}
      </article>
    </PlaceProvider>
  );
});
