import { organisationSchema } from "#contract/entities/organisation.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { OrganisationView } from "#contract/views/communities.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import type { QueryArgs } from "#contract/worker.ts";
import type { Row } from "#contract/collections.ts";
import { text } from "../entry.ts";
import { fold } from "../fold.ts";
import type { Item, LiveQuery } from "../live-queries.ts";
import { isFailed } from "../message-overlay.ts";
import { parseScope } from "#contract/scope.ts";
import { spaceIdSchema } from "#contract/ids.ts";
import type { OutboxEntry } from "../outbox.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { argsOf, changed, mostUrgent, refusedChanges } from "./community-overlay.ts";
import { briefOf } from "./community-people.ts";
import { allSpaces, readerOf } from "./community-view.ts";

export function createOrganisationsQuery(context: QueryContext): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const spaces = [...(await allSpaces(reader, readerOf(context, reader))).values()];
      const people = await peopleByOrganisation(reader);
      const items: OrganisationView[] = [];
      for (const [id, { row, writes }] of await organisations(reader)) {
        items.push({
          key: id,
          sort: `${fold(row.name)}~${id}`,
          organisation: row,
          people: people.get(id) ?? 0,
          spaces: spaces.filter(({ organisationIds }) => organisationIds?.includes(row.id) === true).length,
          refused: refusedChanges(writes, "organisation.save", id),
          pending: mostUrgent(writes),
        });
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: {} };
    },
  };
}

async function organisations(
  reader: Reader,
): Promise<Map<string, { row: Row<"organisation">; writes: OutboxEntry[] }>> {
  const all = reader.allPending().filter(({ mutation }) => mutation.name.startsWith("organisation."));
  const rows = new Map((await reader.rows(DIRECTORY, "organisation")).map((row) => [String(row.id), row]));
  for (const entry of all) {
    if (isFailed(entry)) continue;
    const { mutation } = entry;
    const saved = argsOf(mutation, "organisation.save");
    if (saved !== undefined) {
      const before = rows.get(saved.id) ?? { id: saved.id, createdAt: mutation.madeAt };
      const next = organisationSchema.safeParse(changed(before, saved.changes));
      if (next.success) rows.set(saved.id, next.data);
    }
    if (mutation.name === "organisation.remove") rows.delete(text(mutation.args, "id"));
  }
  const found = new Map<string, { row: Row<"organisation">; writes: OutboxEntry[] }>();
  for (const [id, row] of rows) {
    found.set(id, { row, writes: all.filter(({ mutation }) => text(mutation.args, "id") === id) });
  }
  return found;
}

/** How many people belong to each, waiting assignments included. */
async function peopleByOrganisation(reader: Reader): Promise<Map<string, number>> {
  const assigned = new Map<string, string>();
  for (const entry of reader.allPending()) {
    const args = isFailed(entry) ? undefined : argsOf(entry.mutation, "person.assign");
    for (const id of args?.personIds ?? []) assigned.set(id, args?.organisationId ?? "");
  }
  const counts = new Map<string, number>();
  for (const person of await reader.rows(DIRECTORY, "person")) {
    const id = assigned.get(person.id) ?? person.organisationId ?? "";
    if (id !== "" && person.isDeactivated !== true) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

export function createSpaceTemplatesQuery(): LiveQuery {
  return {
    async compute(reader) {
      const found = savedRows(reader, await reader.rows(DIRECTORY, "spaceTemplate"), "spaceTemplate");
      return {
        items: found.map(({ row, writes }) => ({
          key: row.id,
          sort: `${fold(row.name)}~${row.id}`,
          template: row,
          pending: mostUrgent(writes),
        })),
        info: {},
      };
    },
  };
}

export function createGroupsOfQuery({ scope }: QueryArgs<"groupsOf">): LiveQuery {
  return {
    async compute(reader) {
      const spaceId = spaceIdSchema.safeParse(parseScope(scope).id).data ?? null;
      const rows = savedRows(reader, await reader.rows(scope, "group"), "group").filter(
        ({ row }) => (row.spaceId ?? null) === spaceId,
      );
      const items: (Item & { group: Row<"group">; members: PersonBrief[]; pending: unknown })[] = [];
      for (const { row, writes } of rows) {
        const members: PersonBrief[] = [];
        for (const id of row.memberIds) members.push(await briefOf(reader, spaceId, id));
        items.push({
          key: row.id,
          sort: `${fold(row.name)}~${row.id}`,
          group: row,
          members,
          pending: mostUrgent(writes),
        });
      }
      return { items, info: {} };
    },
  };
}

/** Rows that are saved whole (`X.save`, `X.remove`), by name, with what waits laid over. */
function savedRows<C extends "spaceTemplate" | "group">(
  reader: Reader,
  rows: readonly Row<C>[],
  collection: C,
): { row: Row<C>; writes: OutboxEntry[] }[] {
  const all = reader.allPending().filter(({ mutation }) => mutation.name.startsWith(`${collection}.`));
  const shown = new Map<string, Row<C>>(rows.map((row) => [String(row.id), row]));
  for (const entry of all) {
    if (isFailed(entry)) continue;
    const args = argsOf(entry.mutation, `${collection}.save`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the arguments of X.save are the row itself
    if (args !== undefined) shown.set(String(args.id), args as Row<C>);
    else shown.delete(text(entry.mutation.args, "id"));
  }
  return [...shown]
    .map(([id, row]) => ({ row, writes: all.filter(({ mutation }) => text(mutation.args, "id") === id) }))
    .toSorted((a, b) => (fold(a.row.name) < fold(b.row.name) ? -1 : 1));
}
