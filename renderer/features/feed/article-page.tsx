import { Link } from "lucide-react";
import type { SpaceId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import type { ArticleView } from "#contract/views/feed.ts";
import { wallId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { linkToShare } from "#renderer/kit/workplace-address.ts";
import { useDetach } from "#renderer/parts/use-detach.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { ArticleEditor } from "./article-editor.tsx";
import { ArticleReview } from "./article-review.tsx";
import { FeedPane } from "./feed-pane.tsx";
import { openPost } from "./feed-route.ts";
import "./article.css";

interface ArticlePageProps {
  id: string;
  /** Where a new one begins. */
  spaceId: SpaceId | null;
}

/** An article in the making: its author writes it, an animator reads and decides, once published it is a post. */
export function ArticlePage({ id, spaceId }: ArticlePageProps) {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const { info, problem } = useLiveQuery("article", { id });
  const { items: places, status } = useLiveQuery("postPlaces", {});
  const view = info?.view ?? null;
  const title = view?.article.post.title ?? t("article.untitled");
  const isLoaded = info?.isLoaded === true && status === "ready";
  const start = spaceId !== null && places.some(({ key }) => key === spaceId) ? spaceId : null;
  return (
    <FeedPane
      title={title}
      subtitle={view?.place.name ?? t("article.new")}
      onBack={() => go("feed", "drafts")}
      actions={view === null ? null : <ArticleActions articleId={id} />}
    >
      {problem === null ? null : <ProblemNote problem={problem} />}
      {isLoaded ? null : <SkeletonRows count={4} />}
      {isLoaded && view === null && start === null ? <EmptyState>{t("article.notHere")}</EmptyState> : null}
      {isLoaded && (view !== null || start !== null) ? (
        <ArticleInMaking id={id} view={view} start={start} places={places} />
      ) : null}
    </FeedPane>
  );
}

/** For whoever else may read it: its author and the animators of the space. */
function ArticleActions({ articleId }: { articleId: string }) {
  const { t } = useTranslation();
  const detach = useDetach();
  const target = { kind: "article", articleId } as const;
  const copy = () =>
    void navigator.clipboard
      .writeText(linkToShare(target))
      .then(() => useToasts.getState().show({ tone: "plain", text: t("post.linkCopied") }));
  return (
    <>
      <IconButton icon={Link} label={t("post.copyLink")} onPress={copy} />
      {detach(formatLink(target)).map(({ id, icon, label, run }) => (
        <IconButton key={id} icon={icon} label={label} onPress={run} />
      ))}
    </>
  );
}

type Places = Parameters<typeof ArticleEditor>[0]["places"];

function ArticleInMaking({
  id,
  view,
  start,
  places,
}: {
  id: string;
  view: ArticleView | null;
  start: SpaceId | null;
  places: Places;
}) {
  const { t } = useTranslation();
  if (view?.article.state === "published") {
    const { messageId, spaceId } = view.article;
    return (
      <EmptyState
        action={
          messageId === undefined ? null : (
            <Button tone="primary" onPress={() => openPost(wallId(spaceId), messageId)}>
              {t("article.openPost")}
            </Button>
          )
        }
      >
        {t("article.isPublished")}
      </EmptyState>
    );
  }
  if (view !== null && !view.isMine) return <ArticleReview view={view} places={places} />;
  const spaceId = view?.article.spaceId ?? start;
  return spaceId === null ? null : <ArticleEditor id={id} view={view} spaceId={spaceId} places={places} />;
}
