import { Ellipsis, Pin } from "lucide-react";
import type { PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { IconButton, ICON_STROKE } from "#renderer/ui/button.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { usePostCommands } from "./use-post-commands.ts";

interface PostHeadProps {
  post: PostView;
  id: string;
  hasSpace: boolean;
}

/** Who, where and when, with what marks the post. */
export function PostHead({ post, id, hasSpace }: PostHeadProps) {
  const { t } = useTranslation();
  const { view, place } = post;
  const { author, message } = view;
  const openSide = useView((state) => state.openSide);
  const go = useView((state) => state.go);
  return (
    <header className="post__head">
      <Avatar person={author} hasPresence />
      <div className="post__who" id={id}>
        <span className="post__names">
          <button
            type="button"
            className="post__author"
            onClick={() => openSide({ kind: "person", personId: author.id })}
          >
            {author.displayName}
          </button>
          {author.isGuest ? <span className="tag">{t("person.guest")}</span> : null}
          {hasSpace ? (
            <>
              <span className="post__in" aria-hidden>
                ›
              </span>
              <span className="visually-hidden">{t("post.in")}</span>
              <button type="button" className="post__space" onClick={() => go("communities", place.spaceId)}>
                {place.emoji === "" ? null : <span aria-hidden>{place.emoji} </span>}
                {place.name}
              </button>
            </>
          ) : null}
        </span>
        <span className="post__when">
          <TimeWord iso={message.sentAt} form="ago" />
          {message.editedAt === undefined ? null : (
            <TimeWord iso={message.editedAt} text={t("post.edited")} />
          )}
          <PostTags post={post} />
        </span>
      </div>
      <PostMenu post={post} />
    </header>
  );
}

function PostTags({ post: { view } }: { post: PostView }) {
  const { t } = useTranslation();
  const { post } = view.message;
  return (
    <>
      {post?.kind === "question" ? (
        <span className="tag">{t(post.answerId === undefined ? "post.question" : "post.answered")}</span>
      ) : null}
      {post?.kind === "article" || post?.kind === "blog" ? (
        <span className="tag">{t(`post.kind.${post.kind}`)}</span>
      ) : null}
      {post?.archivedAt === undefined ? null : <span className="tag">{t("post.archived")}</span>}
      {view.isPinned ? (
        <span className="tag post__pinned">
          <Pin size={12} strokeWidth={ICON_STROKE} aria-hidden /> {t("post.pinned")}
        </span>
      ) : null}
    </>
  );
}

function PostMenu({ post }: { post: PostView }) {
  const { t } = useTranslation();
  const commands = usePostCommands(post);
  return (
    <MenuButton
      label={t("post.actions")}
      commands={commands()}
      button={<IconButton icon={Ellipsis} label={t("post.actions")} />}
    />
  );
}
