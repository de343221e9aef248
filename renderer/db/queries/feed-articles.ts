import type { Article } from "#contract/entities/article.ts";
import type { PersonId } from "#contract/ids.ts";
import { deskScope, personScope } from "#contract/scope.ts";
import type { ArticleView } from "#contract/views/feed.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import { kindStream } from "../block-store.ts";
import type { Wall } from "../feed-index.ts";
import type { LiveQuery } from "../live-queries.ts";
import { mentionedIds } from "../message-views.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";
import { overlayArticle, waitingArticleIds } from "./feed-article-overlay.ts";
import { postPlace, watchedWalls } from "./feed-places.ts";

/** Beyond the year 5000 in milliseconds: subtracting from it turns latest first into ascending text. */
const FAR_MS = 99_999_999_999_999;

/** Articles in the making: one's own, and those that wait for review where the reader is an animator. */
export function createArticlesQuery(context: QueryContext, args: QueryArgs<"articles">): LiveQuery {
  return {
    async compute(reader) {
      const { me, walls } = await readerAndWalls(context, reader);
      if (me === null) return { items: [], info: { isLoaded: false } };
      const bases = args.show === "mine" ? await mine(reader, me) : await inReview(reader, walls);
      const items: ArticleView[] = [];
      for (const [id, base] of bases) {
        const view = await articleView(reader, { id, base, me, walls });
        if (view === null || !isShown(view, args)) continue;
        items.push(view);
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: { isLoaded: true } };
    },
  };
}

export function createArticleQuery(context: QueryContext, { id }: QueryArgs<"article">): LiveQuery {
  return {
    async compute(reader) {
      const { me, walls } = await readerAndWalls(context, reader);
      if (me === null) return { items: [], info: { isLoaded: false, view: null } };
      const own = await reader.row(personScope(me), "article", id);
      let base = own;
      for (const wall of walls) {
        if (base !== undefined) break;
        base = await reader.row(deskScope(wall.spaceId), "article", id);
      }
      const view = await articleView(reader, { id, base, me, walls });
      return { items: [], info: { isLoaded: true, view } };
    },
  };
}

/** What waits for the reader, for the list of filters. */
export function createFeedCountsQuery(
  context: QueryContext,
  waitingMustReads: (reader: Reader, walls: readonly Wall[], me: PersonId) => Promise<number>,
): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const { me, walls } = await readerAndWalls(context, reader);
      if (me === null) return { items: [], info: { mustRead: 0, drafts: 0, reviews: 0 } };
      let drafts = 0;
      for (const [id, base] of await mine(reader, me)) {
        const view = await articleView(reader, { id, base, me, walls });
        if (view !== null && isShown(view, { show: "mine" })) drafts++;
      }
      let reviews = 0;
      for (const [id, base] of await inReview(reader, walls)) {
        const view = await articleView(reader, { id, base, me, walls });
        if (view !== null && isShown(view, { show: "review" })) reviews++;
      }
      for (const { stream } of walls) reader.watch(stream);
      const mustRead = await waitingMustReads(reader, walls, me);
      return { items: [], info: { mustRead, drafts, reviews } };
    },
  };
}

async function readerAndWalls(
  context: QueryContext,
  reader: Reader,
): Promise<{ me: PersonId | null; walls: Wall[] }> {
  const me = context.me();
  if (me === null) reader.watch(SESSION_STREAM);
  return { me, walls: await watchedWalls(context, reader) };
}

/** What is published is a post; it leaves the drafts, unless a write about it failed. */
function isShown(view: ArticleView, { show, spaceId }: QueryArgs<"articles">): boolean {
  if (spaceId !== undefined && view.article.spaceId !== spaceId) return false;
  if (show === "review") return view.article.state === "review" && view.place.canAnimate;
  const isFailed = view.pending?.status === "conflict" || view.pending?.status === "rejected";
  return view.isMine && (view.article.state !== "published" || isFailed);
}

type Bases = Map<string, Article | undefined>;

async function mine(reader: Reader, me: PersonId): Promise<Bases> {
  const found: Bases = new Map();
  for (const row of await reader.rows(personScope(me), "article")) found.set(row.id, row);
  for (const id of waitingArticleIds(reader.allPending())) if (!found.has(id)) found.set(id, undefined);
  return found;
}

async function inReview(reader: Reader, walls: readonly Wall[]): Promise<Bases> {
  const found: Bases = new Map();
  reader.watch(kindStream("article"));
  for (const { spaceId } of walls) {
    for (const row of await reader.rows(deskScope(spaceId), "article")) found.set(row.id, row);
  }
  return found;
}

async function articleView(
  reader: Reader,
  of: { id: string; base: Article | undefined; me: PersonId; walls: readonly Wall[] },
): Promise<ArticleView | null> {
  const { id, base, me, walls } = of;
  const laid = overlayArticle(base, id, { entries: reader.allPending(), me });
  const { article } = laid;
  const wall = article === undefined ? undefined : walls.find(({ spaceId }) => spaceId === article.spaceId);
  if (article === undefined || wall === undefined) return null;
  const briefs = new Briefs(reader);
  return {
    key: article.id,
    sort: `${String(FAR_MS - Date.parse(article.updatedAt)).padStart(14, "0")}~${article.id}`,
    article,
    author: await briefs.get(article.authorId),
    decidedBy: article.decidedBy === undefined ? null : await briefs.get(article.decidedBy),
    mentioned: await briefs.all(mentionedIds(article)),
    place: await postPlace(reader, wall, me),
    isMine: article.authorId === me,
    pending: laid.pending,
    current: laid.current,
  };
}
