import { ADMINISTRATION, deskScope, parseScope, type Scope } from "#contract/scope.ts";
import { spaceIdSchema, type PersonId, type SpaceId } from "#contract/ids.ts";
import type { DeskEntry, DeskItem, ToDecide } from "#contract/views/communities.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { text } from "../entry.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed } from "../message-overlay.ts";
import type { OutboxEntry } from "../outbox.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { argsOf, mostUrgent, newestFirst, overlaidDecision } from "./community-overlay.ts";
import { briefOf } from "./community-people.ts";
import { requestItems } from "./community-requests.ts";
import { findSpace, readerOf } from "./community-view.ts";

export function createDeskQuery(context: QueryContext, { scope }: QueryArgs<"desk">): LiveQuery {
  return {
    async compute(reader) {
      const items = await deskItems(reader, scope, readerOf(context, reader));
      return { items, info: { waiting: items.filter(isWaiting).length } };
    },
  };
}

/** Whether it asks for a decision. An invitation that was sent waits for its guest, not for the reader. */
export function isWaiting({ entry }: DeskItem): boolean {
  switch (entry.kind) {
    case "joinRequest":
    case "report":
      return entry.row.state === "waiting";
    case "article":
      return entry.row.state === "review";
    case "guest":
      return false;
  }
}

export async function deskItems(reader: Reader, scope: Scope, me: PersonId | null): Promise<DeskItem[]> {
  const entries = reader.allPending().filter(({ mutation }) => mutation.scope === scope);
  const { id } = parseScope(scope);
  const spaceId = spaceIdSchema.safeParse(id).data ?? null;
  const items = [
    ...(await joinRequests(reader, scope, { entries, spaceId, me })),
    ...(await guests(reader, scope, { entries, spaceId, me })),
    ...(await reports(reader, scope, { entries, spaceId, me })),
    ...(await articles(reader, scope, spaceId)),
  ];
  return items.toSorted((a, b) => (a.sort < b.sort ? -1 : 1));
}

interface Desk {
  entries: readonly OutboxEntry[];
  spaceId: SpaceId | null;
  me: PersonId | null;
}

function item(entry: DeskEntry, at: string, pending: DeskItem["pending"]): DeskItem {
  const made: DeskItem = { key: entry.row.id, sort: "", entry, pending };
  return { ...made, sort: `${isWaiting(made) ? "0" : "1"}~${newestFirst(at)}~${entry.row.id}` };
}

function decisions(entries: readonly OutboxEntry[], name: string, field: string, id: string): OutboxEntry[] {
  return entries.filter(({ mutation }) => mutation.name === name && text(mutation.args, field) === id);
}

async function joinRequests(
  reader: Reader,
  scope: Scope,
  { entries, spaceId, me }: Desk,
): Promise<DeskItem[]> {
  const found: DeskItem[] = [];
  for (const request of await reader.rows(scope, "joinRequest")) {
    const ours = decisions(entries, "joinRequest.decide", "personId", request.personId);
    // A request that was made anew after the last decision: the old write says nothing of it.
    const { row, pending } = overlaidDecision(request, ours, me);
    const person = await briefOf(reader, spaceId, request.personId);
    found.push(item({ kind: "joinRequest", row, person }, row.createdAt, pending));
  }
  return found;
}

async function guests(reader: Reader, scope: Scope, { entries, spaceId, me }: Desk): Promise<DeskItem[]> {
  const rows = await reader.rows(scope, "guestInvitation");
  const known = new Set(rows.map((row) => row.id));
  for (const { mutation, status } of entries) {
    const args = argsOf(mutation, "guest.invite");
    if (args === undefined || known.has(args.id) || me === null || status === "rejected") continue;
    rows.push({ ...args, invitedBy: me, createdAt: mutation.madeAt, state: "waiting" });
  }
  const found: DeskItem[] = [];
  for (const row of rows) {
    const writes = entries.filter(
      ({ mutation }) => mutation.name.startsWith("guest.") && text(mutation.args, "id") === row.id,
    );
    const isRevoked = writes.some((entry) => entry.mutation.name === "guest.revoke" && !isFailed(entry));
    const person = await briefOf(reader, spaceId, row.invitedBy);
    const shown = isRevoked ? { ...row, state: "revoked" as const } : row;
    found.push(item({ kind: "guest", row: shown, person }, row.createdAt, mostUrgent(writes)));
  }
  return found;
}

async function reports(reader: Reader, scope: Scope, { entries, spaceId, me }: Desk): Promise<DeskItem[]> {
  const found: DeskItem[] = [];
  for (const report of await reader.rows(scope, "report")) {
    const { row, pending } = overlaidDecision(
      report,
      decisions(entries, "report.decide", "id", report.id),
      me,
    );
    const person = await briefOf(reader, spaceId, report.reporterId);
    found.push(item({ kind: "report", row, person }, row.createdAt, pending));
  }
  return found;
}

async function articles(reader: Reader, scope: Scope, spaceId: SpaceId | null): Promise<DeskItem[]> {
  const found: DeskItem[] = [];
  for (const row of await reader.rows(scope, "article")) {
    const person = await briefOf(reader, spaceId, row.authorId);
    found.push(item({ kind: "article", row, person }, row.updatedAt, null));
  }
  return found;
}

/** What waits for the reader: each space whose desk they read, and the administration. */
export function createToDecideQuery(context: QueryContext): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = readerOf(context, reader);
      const items: ToDecide[] = [];
      for (const spaceId of await desks(reader)) {
        const waiting = (await deskItems(reader, deskScope(spaceId), me)).filter(isWaiting);
        const space = waiting.length === 0 ? undefined : await findSpace(reader, spaceId, me);
        if (space === undefined) continue;
        const named = { id: spaceId, name: space.name, emoji: space.emoji ?? "" };
        items.push({
          ...counted(waiting),
          key: spaceId,
          sort: `1~${fold(space.name)}~${spaceId}`,
          space: named,
        });
      }
      const requests = (await requestItems(reader, ADMINISTRATION, me)).filter(
        ({ request }) => request.state === "waiting",
      );
      const reported = (await deskItems(reader, ADMINISTRATION, me)).filter(isWaiting);
      if (requests.length + reported.length > 0) {
        const row = { ...counted(reported), spaceRequests: requests.length };
        items.push({ ...row, key: "administration", sort: "0", space: null });
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: { all: items.reduce((sum, each) => sum + total(each), 0) } };
    },
  };
}

/** Spaces on whose desk something lies. */
async function desks(reader: Reader): Promise<Set<SpaceId>> {
  const found = new Set<SpaceId>();
  for (const name of ["joinRequest", "report", "article"] as const) {
    for (const { scope } of await reader.everywhere(name)) {
      const [kind, id] = scope.split(":");
      const spaceId = kind === "desk" ? spaceIdSchema.safeParse(id) : undefined;
      if (spaceId?.success === true) found.add(spaceId.data);
    }
  }
  return found;
}

function counted(items: readonly DeskItem[]): Omit<ToDecide, "key" | "sort" | "space"> {
  const count = (kind: DeskEntry["kind"]) => items.filter(({ entry }) => entry.kind === kind).length;
  return {
    joinRequests: count("joinRequest"),
    reports: count("report"),
    articles: count("article"),
    spaceRequests: 0,
  };
}

function total({ joinRequests: joins, reports: told, articles: texts, spaceRequests }: ToDecide): number {
  return joins + told + texts + spaceRequests;
}
