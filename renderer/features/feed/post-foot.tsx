import { MessageSquare, SmilePlus, ThumbsUp } from "lucide-react";
import { useState } from "react";
import type { MessageView } from "#contract/views/message-view.ts";
import type { PostPlace } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { EmojiButton } from "#renderer/parts/emoji-button.tsx";
import { ReactionsView, useToggleReaction } from "#renderer/parts/reactions-view.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Count } from "#renderer/ui/note.tsx";

const LIKE = "👍";

interface PostFootProps {
  view: MessageView;
  place: PostPlace;
  onComment: () => void;
}

/** Likes and other reactions with who gave them, and the way to the comments. */
export function PostFoot({ view, place, onComment }: PostFootProps) {
  const { t } = useTranslation();
  const count = view.message.replyCount ?? 0;
  const unread = view.thread?.unread ?? 0;
  return (
    <footer className="post__foot">
      {view.reactions.length === 0 ? null : <ReactionsView view={view} />}
      <div className="post__acts">
        {place.canPost ? (
          <>
            <LikeButton view={view} />
            <ReactButton view={view} />
          </>
        ) : null}
        <button type="button" className="post-act" onClick={onComment}>
          <MessageSquare size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {count === 0 ? t("post.comment") : t("post.comments", { count })}
          <Count value={unread} label={t("post.newComments", { count: unread })} />
        </button>
      </div>
    </footer>
  );
}

export function LikeButton({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const toggle = useToggleReaction(view);
  const isOn = view.reactions.some(({ emoji, isMine }) => emoji === LIKE && isMine);
  return (
    <button type="button" className="post-act" aria-pressed={isOn} onClick={() => toggle(LIKE)}>
      <ThumbsUp size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {t("post.like")}
    </button>
  );
}

export function ReactButton({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const [isPicking, setPicking] = useState(false);
  const toggle = useToggleReaction(view);
  return (
    <EmojiButton
      icon={SmilePlus}
      label={t("message.react")}
      isOpen={isPicking}
      onOpenChange={setPicking}
      onPick={toggle}
    />
  );
}
