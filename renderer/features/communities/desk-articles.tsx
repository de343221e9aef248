import type { SpaceId } from "#contract/ids.ts";
import type { DeskItem } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { PageSection } from "./page-frame.tsx";

/** Articles that wait for a reader: they are read, and decided on, where they are written. */
export function DeskArticles({ items, spaceId }: { items: readonly DeskItem[]; spaceId: SpaceId }) {
  const { t } = useTranslation();
  const articles = items.flatMap(({ entry }) =>
    entry.kind === "article" && entry.row.state === "review" ? [entry] : [],
  );
  if (articles.length === 0) return null;

  return (
    <PageSection title={t("request.article.many")}>
      <ul className="plain-list cards">
        {articles.map(({ row, person }) => (
          <li key={row.id}>
            <article className="card-row">
              <div className="card-row__words">
                <h4 className="card-row__name">{row.post.title ?? t("request.article.untitled")}</h4>
                {row.post.summary === undefined ? null : <p>{row.post.summary}</p>}
                <p className="card-row__facts">
                  {person.displayName} · <TimeWord iso={row.submittedAt ?? row.updatedAt} form="ago" />
                </p>
              </div>
              <div className="card-row__actions">
                <Button onPress={() => useView.getState().go("feed", "article", row.id, spaceId)}>
                  {t("request.article.read")}
                </Button>
              </div>
            </article>
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
