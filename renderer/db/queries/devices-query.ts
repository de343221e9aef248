import type { Session } from "#contract/entities/session.ts";
import { mutations } from "#contract/mutations.ts";
import { personScope } from "#contract/scope.ts";
import { inboxQueries } from "#contract/views/inbox.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed } from "../message-overlay.ts";
import type { QueryContext } from "../query-context.ts";
import { inOrder } from "../sort-keys.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";
import { recipe } from "./recipe.ts";

export const devicesRecipes = { devices: recipe(inboxQueries.devices.args, createDevicesQuery) };

/** The reader's sign-ins, with what they have ended and the server does not know yet. */
function createDevicesQuery(context: QueryContext): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const sessions = new Map<string, Session>();
    for (const row of await reader.rows(personScope(me), "session")) sessions.set(row.id, row);
    const pending = new Set<string>();
    for (const entry of reader.allPending()) {
      const { name, args, madeAt } = entry.mutation;
      const parsed = name === "session.end" ? mutations[name].safeParse(args) : undefined;
      if (parsed?.success !== true || isFailed(entry)) continue;
      const session = sessions.get(parsed.data.id);
      if (session === undefined) continue;
      pending.add(session.id);
      sessions.set(session.id, {
        ...session,
        endedAt: session.endedAt ?? madeAt,
        ...(parsed.data.wipe ? { wipeAskedAt: session.wipeAskedAt ?? madeAt } : {}),
      });
    }
    const items = [...sessions.values()].toSorted(byUse).map((session, index) => ({
      key: session.id,
      sort: inOrder(index),
      session,
      isPending: pending.has(session.id),
    }));
    return { items, info: {} };
  });
}

function byUse(a: Session, b: Session): number {
  const isOver = Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined);
  return isOver || b.lastSeenAt.localeCompare(a.lastSeenAt) || b.id.localeCompare(a.id);
}
