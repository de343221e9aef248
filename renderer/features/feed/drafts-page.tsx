import { FilePenLine } from "lucide-react";
import { createId } from "#contract/ids.ts";
import type { ArticleView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { FeedPane } from "./feed-pane.tsx";
import "./article.css";

/** What one is writing, and what waits to be reviewed. */
export function DraftsPage() {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const { items: mine, info } = useLiveQuery("articles", { show: "mine" });
  const { items: reviews } = useLiveQuery("articles", { show: "review" });
  const { items: places } = useLiveQuery("postPlaces", {});
  const others = reviews.filter(({ isMine }) => !isMine);
  const [first] = places;
  const begin =
    first === undefined ? null : (
      <Button tone="primary" onPress={() => go("feed", "article", createId(), first.key)}>
        <FilePenLine size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t("article.write")}
      </Button>
    );
  return (
    <FeedPane title={t("feed.drafts")} actions={mine.length + others.length === 0 ? null : begin}>
      {info?.isLoaded === true ? null : <SkeletonRows count={3} />}
      <Articles title={t("article.toReview")} articles={others} hasAuthor />
      <Articles title={t("article.mine")} articles={mine} />
      {info?.isLoaded === true && mine.length + others.length === 0 ? (
        <EmptyState action={begin}>{t("article.noDrafts")}</EmptyState>
      ) : null}
    </FeedPane>
  );
}

interface ArticlesProps {
  title: string;
  articles: readonly ArticleView[];
  hasAuthor?: boolean;
}

function Articles({ title, articles, hasAuthor = false }: ArticlesProps) {
  const onKeyDown = useRoving({ hasTypeToFind: true });
  if (articles.length === 0) return null;
  return (
    <section className="drafts" aria-label={title}>
      <h3 className="drafts__title">{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
      <ul className="plain-list" onKeyDown={onKeyDown}>
        {articles.map((view, index) => (
          <li key={view.key}>
            <DraftRow view={view} hasAuthor={hasAuthor} isStop={index === 0} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DraftRow({ view, hasAuthor, isStop }: { view: ArticleView; hasAuthor: boolean; isStop: boolean }) {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const { article, place, author, pending } = view;
  const title = article.post.title ?? t("article.untitled");
  const isFailed = pending?.status === "conflict" || pending?.status === "rejected";
  return (
    <button
      type="button"
      className="draft-row"
      data-roving={title}
      tabIndex={isStop ? 0 : -1}
      onClick={() => go("feed", "article", article.id)}
    >
      {hasAuthor ? <Avatar person={author} size="small" /> : null}
      <span className="draft-row__words">
        <span className="draft-row__title">{title}</span>
        <span className="post__when">
          {hasAuthor ? <span>{author.displayName}</span> : null}
          <span>{place.name}</span>
          <TimeWord iso={article.updatedAt} form="ago" />
        </span>
      </span>
      {isFailed ? <span className="tag draft-row__failed">{t("article.attention")}</span> : null}
      <span className="tag">{t(`article.state.${article.state}`)}</span>
    </button>
  );
}
