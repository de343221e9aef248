import { membershipId, type PersonId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { Row } from "#contract/collections.ts";
import type { SpaceFunction } from "#contract/entities/space.ts";
import type { PostPlace } from "#contract/views/feed.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { kindStream } from "../block-store.ts";
import type { PostFact, Wall } from "../feed-index.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";
import { smallStream } from "../streams.ts";

/** Every wall that is here, watched: one that comes or goes makes the answer another one. */
export async function watchedWalls(context: QueryContext, reader: Reader): Promise<Wall[]> {
  reader.watch(kindStream("channel"));
  const walls = await context.feed.walls();
  for (const { scope } of walls) reader.watch(smallStream(scope, "channel"));
  return walls;
}

/** A hidden space is only in its own scope. */
export async function spaceOf(reader: Reader, wall: Wall): Promise<Row<"space"> | undefined> {
  return (
    (await reader.row(wall.scope, "space", wall.spaceId)) ??
    (await reader.row(DIRECTORY, "space", wall.spaceId))
  );
}

/** A wall as it is named beside its posts, with what the reader may do there. */
export async function postPlace(reader: Reader, wall: Wall, me: PersonId): Promise<PostPlace> {
  const space = await spaceOf(reader, wall);
  const mine = await reader.row(wall.scope, "membership", membershipId(wall.spaceId, me));
  const person = await reader.person(me);
  const isAdministrator = person?.roles?.includes("administrator") ?? false;
  const isOpen = space !== undefined && space.archivedAt === undefined;
  const role = mine?.role ?? null;
  return {
    scope: wall.scope,
    conversationId: wall.conversationId,
    spaceId: wall.spaceId,
    name: space?.name ?? "",
    emoji: space?.emoji ?? "",
    role,
    canPost: isOpen && role !== null,
    canAnimate: isOpen && (role === "animator" || isAdministrator),
  };
}

/** Where posts and where news are switched on. */
export async function openWalls(reader: Reader, walls: readonly Wall[]): Promise<OpenWalls> {
  const open = { wall: new Set<string>(), news: new Set<string>() };
  for (const wall of walls) {
    const space = await spaceOf(reader, wall);
    for (const name of ["wall", "news"] as const) {
      if (hasFunction(space, name)) open[name].add(wall.conversationId);
    }
  }
  return open;
}

/** Conversations, by what is switched on there. */
export type OpenWalls = Record<"wall" | "news", ReadonlySet<string>>;

/** Articles and blog posts are the news of a space, everything else is its wall. */
export function isNews({ kind }: PostFact): boolean {
  return kind === "article" || kind === "blog";
}

function hasFunction(space: Row<"space"> | undefined, name: SpaceFunction): boolean {
  return space?.functions?.find((each) => each.name === name)?.isOn ?? true;
}

/** Spaces in which the reader may write a post, by name. */
export function createPostPlacesQuery(context: QueryContext, _args: QueryArgs<"postPlaces">): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = context.me();
      if (me === null) {
        reader.watch(SESSION_STREAM);
        return { items: [], info: {} };
      }
      const items = [];
      for (const wall of await watchedWalls(context, reader)) {
        const space = await spaceOf(reader, wall);
        const place = await postPlace(reader, wall, me);
        if (!place.canPost || !(hasFunction(space, "wall") || hasFunction(space, "news"))) continue;
        const sort = `${fold(place.name)}~${place.spaceId}`;
        items.push({ key: place.spaceId, sort, place, sections: space?.sections ?? [] });
      }
      return { items: items.toSorted((a, b) => (a.sort < b.sort ? -1 : 1)), info: {} };
    },
  };
}
