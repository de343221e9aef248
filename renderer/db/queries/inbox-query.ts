import type { Ask, Notification } from "#contract/entities/notification.ts";
import { askOf, groupKeyOf, isWaiting } from "#contract/inbox.ts";
import type { PersonId } from "#contract/ids.ts";
import type { InboxCounts, InboxGroup } from "#contract/views/inbox.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import { inboxItems } from "../inbox-items.ts";
import type { LiveQuery } from "../live-queries.ts";
import { nameOfScope } from "../place-names.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";

const NOTHING: InboxCounts = { do: 0, answer: 0, know: 0, all: 0 };
const ACTORS_SHOWN = 3;
/** Beyond the year 5000 in milliseconds: subtracting from it turns newest first into ascending text. */
const FAR_MS = 99_999_999_999_999;
export const urgency: readonly Ask[] = ["do", "answer", "know"];

/** What concerns the reader, one line an object. */
export function createInboxQuery(context: QueryContext, args: QueryArgs<"inbox">): LiveQuery {
  return {
    async compute(reader) {
      const { me, items: all } = await readInbox(context, reader);
      if (me === null) return { items: [], info: { counts: NOTHING, snoozed: 0, hasMore: false } };
      const now = context.now();
      const waiting = all.filter((item) => isWaiting(item, now));
      const snoozed = all.filter((item) => item.doneAt === undefined && !isWaiting(item, now));
      const done = all.filter((item) => item.doneAt !== undefined);
      const chosen = { waiting, snoozed, done }[args.show];
      const groups = groupsOf(chosen.filter((item) => args.ask === undefined || askOf(item) === args.ask));
      groups.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      const briefs = new Briefs(reader);
      const items: InboxGroup[] = [];
      for (const group of groups.slice(0, args.limit))
        items.push(await lineOf(context, reader, briefs, group));
      return {
        items,
        info: { counts: countsOf(waiting), snoozed: snoozed.length, hasMore: groups.length > args.limit },
      };
    },
  };
}

/** The numbers alone: they stand in the rail, in the title and on the badge. */
export function createInboxCountsQuery(context: QueryContext): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const { items } = await readInbox(context, reader);
      const now = context.now();
      return { items: [], info: countsOf(items.filter((item) => isWaiting(item, now))) };
    },
  };
}

export async function readInbox(
  context: QueryContext,
  reader: Reader,
): Promise<{ me: PersonId | null; items: Notification[] }> {
  const me = context.me();
  if (me === null) {
    reader.watch(SESSION_STREAM);
    return { me, items: [] };
  }
  const items = await inboxItems(context, reader, me);
  // What was put off comes back by itself, without any row changing.
  for (const { doneAt, snoozedUntil } of items)
    if (doneAt === undefined && snoozedUntil !== undefined) reader.isPast(snoozedUntil);
  return { me, items };
}

function countsOf(waiting: readonly Notification[]): InboxCounts {
  const counts = { ...NOTHING };
  for (const item of waiting) {
    counts[askOf(item)]++;
    counts.all++;
  }
  return counts;
}

export interface Group {
  key: string;
  sort: string;
  /** Newest first. */
  items: Notification[];
}

export function groupsOf(items: readonly Notification[]): Group[] {
  const groups = new Map<string, Notification[]>();
  for (const item of items) {
    const key = groupKeyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups].map(([key, group]) => {
    group.sort((a, b) => (a.createdAt > b.createdAt ? -1 : 1));
    return { key, sort: sortOf(key, group[0]), items: group };
  });
}

/** Snoozed ones by when they come back, all others newest first. */
function sortOf(key: string, newest: Notification | undefined): string {
  const until = newest?.doneAt === undefined ? newest?.snoozedUntil : undefined;
  const place =
    until === undefined ? FAR_MS - Date.parse(newest?.doneAt ?? newest?.createdAt ?? "") : Date.parse(until);
  return `${String(place).padStart(14, "0")}~${key}`;
}

export async function lineOf(
  context: QueryContext,
  reader: Reader,
  briefs: Briefs,
  { key, sort, items }: Group,
): Promise<InboxGroup> {
  const [newest] = items;
  if (newest === undefined) throw new Error("a group without items");
  const actorIds = [...new Set(items.flatMap(({ actorId }) => (actorId === undefined ? [] : [actorId])))];
  return {
    key,
    sort,
    newest,
    ids: items.map(({ id }) => id),
    ask: urgency.find((ask) => items.some((item) => askOf(item) === ask)) ?? "know",
    actors: await briefs.all(actorIds.slice(0, ACTORS_SHOWN)),
    actorCount: actorIds.length,
    place: await nameOfScope(context, reader, newest),
    excerpt: newest.excerpt ?? "",
    at: newest.createdAt,
  };
}
