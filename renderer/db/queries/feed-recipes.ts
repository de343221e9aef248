import type { PersonId } from "#contract/ids.ts";
import { feedQueries, type PostPlace } from "#contract/views/feed.ts";
import type { QueryArgs } from "#contract/worker.ts";
import type { PostFact, Wall } from "../feed-index.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { createAcknowledgementsQuery } from "./feed-acknowledgements.ts";
import { createArticleQuery, createArticlesQuery, createFeedCountsQuery } from "./feed-articles.ts";
import { FeedListQuery } from "./feed-list.ts";
import { createPostPlacesQuery, isNews, openWalls, postPlace, spaceOf } from "./feed-places.ts";
import { PostQuery } from "./feed-post.ts";
import { FeedRelation } from "./feed-relation.ts";
import { recipe, type Recipe } from "./recipe.ts";

export const feedRecipes: Record<keyof typeof feedQueries, Recipe> = {
  feed: recipe(
    feedQueries.feed.args,
    (context, { show, spaceId, count }, refresh) =>
      new FeedListQuery(context, { show, spaceId, count, isHome: true }, refresh),
  ),
  wall: recipe(feedQueries.wall.args, createWallQuery),
  news: recipe(feedQueries.news.args, createNewsQuery),
  post: recipe(feedQueries.post.args, (context, args, refresh) => new PostQuery(context, args, refresh)),
  feedCounts: recipe(feedQueries.feedCounts.args, (context) =>
    createFeedCountsQuery(context, (reader, walls, me) => countMustReads(context, reader, { walls, me })),
  ),
  acknowledgements: recipe(feedQueries.acknowledgements.args, createAcknowledgementsQuery),
  articles: recipe(feedQueries.articles.args, createArticlesQuery),
  article: recipe(feedQueries.article.args, createArticleQuery),
  postPlaces: recipe(feedQueries.postPlaces.args, createPostPlacesQuery),
};

function createWallQuery(
  context: QueryContext,
  { spaceId, show, count }: QueryArgs<"wall">,
  refresh: () => void,
): FeedListQuery {
  const options = { spaceId, show, count, order: "latest" as const, isPinnedFirst: show === "all" };
  return new FeedListQuery(context, { ...options, inform: informPlace, emptyInfo: { place: null } }, refresh);
}

function createNewsQuery(
  context: QueryContext,
  { spaceId, section, isArchived, count }: QueryArgs<"news">,
  refresh: () => void,
): FeedListQuery {
  const accept = (post: PostFact) =>
    isNews(post) &&
    post.isArchived === isArchived &&
    (section === undefined || post.sections.includes(section));
  return new FeedListQuery(
    context,
    {
      spaceId,
      show: "all",
      count,
      order: "latest",
      accept,
      inform: informNews,
      emptyInfo: { place: null, sections: [], archived: 0 },
    },
    refresh,
  );
}

async function informPlace(
  _context: QueryContext,
  reader: Reader,
  [wall]: readonly Wall[],
  me: PersonId,
): Promise<{ place: PostPlace | null }> {
  return { place: wall === undefined ? null : await postPlace(reader, wall, me) };
}

async function informNews(
  context: QueryContext,
  reader: Reader,
  walls: readonly Wall[],
  me: PersonId,
): Promise<object> {
  const { place } = await informPlace(context, reader, walls, me);
  const [wall] = walls;
  const space = wall === undefined ? undefined : await spaceOf(reader, wall);
  const news = await context.feed.page(walls, { count: Infinity, accept: isNews });
  const used = news.filter((post) => !post.isArchived).flatMap((post) => post.sections);
  return {
    place,
    sections: [...new Set([...(space?.sections ?? []), ...used])],
    archived: news.filter((post) => post.isArchived).length,
  };
}

async function countMustReads(
  context: QueryContext,
  reader: Reader,
  { walls, me }: { walls: readonly Wall[]; me: PersonId },
): Promise<number> {
  const relation = await FeedRelation.read(reader, me);
  const open = await openWalls(reader, walls);
  const { posts, elsewhere } = await relation.waitingMustReads(context, walls);
  const shown = posts.filter((post) => open[isNews(post) ? "news" : "wall"].has(post.wall.conversationId));
  return shown.length + elsewhere;
}
