import { BookOpenCheck } from "lucide-react";
import type { PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { useFeedDialog } from "./feed-dialog-store.ts";

/** Asks to be read, thanks for having been, and tells those who ask how many have. */
export function MustReadBanner({ post }: { post: PostView }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const open = useFeedDialog((state) => state.open);
  const { view, place } = post;
  const { conversationId, id: messageId } = view.message;
  const count = view.acknowledged?.count ?? 0;
  const isDone = view.isMine || view.acknowledged?.isMine === true;
  const acknowledge = () => void write("post.acknowledge", place.scope, { conversationId, messageId });
  return (
    <div className={isDone ? "must-read must-read--done" : "must-read"}>
      <BookOpenCheck size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      <span className="must-read__words">
        {isDone && !view.isMine ? t("post.acknowledged") : t("post.mustRead")}
      </span>
      {isDone || !place.canPost ? null : (
        <Button tone="primary" onPress={acknowledge}>
          {t("post.acknowledge")}
        </Button>
      )}
      {place.canAnimate || view.isMine ? (
        <Button tone="link" onPress={() => open({ kind: "acknowledgements", post })}>
          {t("post.acknowledgedBy", { count })}
        </Button>
      ) : null}
    </div>
  );
}
