import { membershipId, type PersonId } from "#contract/ids.ts";
import { spaceScope } from "#contract/scope.ts";
import { mutations } from "#contract/mutations.ts";
import type { Row } from "#contract/collections.ts";
import type { SpaceSummary } from "#contract/worker.ts";
import { text } from "../entry.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed } from "../message-overlay.ts";
import type { OutboxEntry } from "../outbox.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";

/** Spaces that the reader may find, by name, with their role in those they belong to. */
export function createSpacesQuery(context: QueryContext): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = context.me();
      if (me === null) reader.watch(SESSION_STREAM);
      const pending = reader.allPending().filter((entry) => !isFailed(entry));
      const spaces = new Map<string, Row<"space">>();
      for (const { row } of await reader.everywhere("space")) spaces.set(row.id, row);
      for (const row of pendingSpaces(pending)) if (!spaces.has(row.id)) spaces.set(row.id, row);
      const items: SpaceSummary[] = [];
      for (const space of spaces.values()) items.push(await summary(reader, space, me, pending));
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: {} };
    },
  };
}

async function summary(
  reader: Reader,
  space: Row<"space">,
  me: PersonId | null,
  pending: readonly OutboxEntry[],
): Promise<SpaceSummary> {
  const scope = spaceScope(space.id);
  const mine = me === null ? undefined : await reader.row(scope, "membership", membershipId(space.id, me));
  return {
    key: space.id,
    sort: `${fold(space.name)}~${space.id}`,
    space,
    role: pendingRole(pending, space.id, mine?.role ?? null),
    memberCount: space.memberCount ?? null,
  };
}

function pendingRole(
  pending: readonly OutboxEntry[],
  spaceId: string,
  role: SpaceSummary["role"],
): SpaceSummary["role"] {
  let result = role;
  for (const { mutation } of pending) {
    if (mutation.name === "space.create" && text(mutation.args, "id") === spaceId) result ??= "animator";
    if (text(mutation.args, "spaceId") !== spaceId) continue;
    if (mutation.name === "space.join") result ??= "member";
    if (mutation.name === "space.leave") result = null;
  }
  return result;
}

function pendingSpaces(pending: readonly OutboxEntry[]): Row<"space">[] {
  const made: Row<"space">[] = [];
  for (const { mutation } of pending) {
    if (mutation.name !== "space.create") continue;
    const parsed = mutations["space.create"].safeParse(mutation.args);
    if (parsed.success) made.push({ ...parsed.data, createdAt: mutation.madeAt });
  }
  return made;
}
