import type { Notification } from "#contract/entities/notification.ts";
import { askOf, isWaiting } from "#contract/inbox.ts";
import { spaceIdSchema, type SpaceId } from "#contract/ids.ts";
import { parseScope } from "#contract/scope.ts";
import { inboxQueries, type InboxGroup } from "#contract/views/inbox.ts";
import type { QueryArgs, QueryInfo } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import type { LiveQuery } from "../live-queries.ts";
import { nameOfSpace } from "../place-names.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { groupsOf, lineOf, readInbox, urgency, type Group } from "./inbox-query.ts";
import { recipe, type Recipe } from "./recipe.ts";

const SHOWN = 3;
const PEOPLE = 3;
const SPACES = 4;
const NOTHING: QueryInfo<"away"> = { count: 0, people: [], personCount: 0, spaces: [] };

/** What came while the reader was away, the most pressing first. */
function createAwayQuery(context: QueryContext, { since }: QueryArgs<"away">): LiveQuery {
  return {
    async compute(reader) {
      const { items: all } = await readInbox(context, reader);
      const now = context.now();
      const items = all.filter((item) => item.createdAt > since && isWaiting(item, now));
      if (items.length === 0) return { items: [], info: NOTHING };
      items.sort((a, b) => (a.createdAt > b.createdAt ? -1 : 1));
      const briefs = new Briefs(reader);
      const shown: InboxGroup[] = [];
      const groups = groupsOf(items).toSorted((a, b) => rankOf(a) - rankOf(b) || (a.sort < b.sort ? -1 : 1));
      for (const [index, group] of groups.slice(0, SHOWN).entries()) {
        shown.push({ ...(await lineOf(context, reader, briefs, group)), sort: String(index) });
      }
      const people = [...new Set(items.flatMap(({ actorId }) => (actorId === undefined ? [] : [actorId])))];
      const info: QueryInfo<"away"> = {
        count: items.length,
        people: await briefs.all(people.slice(0, PEOPLE)),
        personCount: people.length,
        spaces: await spacesOf(reader, items),
      };
      return { items: shown, info };
    },
  };
}

export const awayRecipes: Readonly<Record<"away", Recipe>> = {
  away: recipe(inboxQueries.away.args, createAwayQuery),
};

function rankOf({ items }: Group): number {
  const asks = items.map((item) => urgency.indexOf(askOf(item)));
  return Math.min(...asks);
}

async function spacesOf(
  reader: Reader,
  items: readonly Notification[],
): Promise<QueryInfo<"away">["spaces"]> {
  const counts = new Map<SpaceId, number>();
  for (const item of items) {
    const id = spaceOf(item);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const spaces: QueryInfo<"away">["spaces"] = [];
  for (const [id, count] of counts) {
    const name = await nameOfSpace(reader, id);
    if (name !== "") spaces.push({ id, name, count });
  }
  return spaces.toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name)).slice(0, SPACES);
}

function spaceOf({ scope, spaceId }: Notification): SpaceId | undefined {
  if (spaceId !== undefined) return spaceId;
  const { kind, id } = parseScope(scope);
  return kind === "space" || kind === "desk" ? spaceIdSchema.parse(id) : undefined;
}
