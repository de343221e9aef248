import { preferencesSchema } from "#contract/entities/preferences.ts";
import { notificationSchema, type MeetingNews, type Notification } from "#contract/entities/notification.ts";
import { objectIdOf, type ObjectRef } from "#contract/entities/object-ref.ts";
import type { Envelope } from "#contract/envelope.ts";
import { askOf } from "#contract/inbox.ts";
import { naturalId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { standing } from "./context.ts";

/** What comes into inboxes besides what concerns messages: one row a person and object. */
export interface InboxItem {
  kind: Notification["kind"];
  object: ObjectRef;
  /** Where it happened. */
  scope: Scope;
  spaceId?: SpaceId;
  actorId?: PersonId;
  news?: MeetingNews;
  excerpt?: string;
}

type ItemName = Pick<InboxItem, "kind" | "object">;

interface InboxContext {
  tx: StoreTransaction;
  nowMs: number;
}

const EXCERPT = 300;

export function excerptOf(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ").trim();
  if (flat.length <= EXCERPT) return flat;
  // Not in the middle of a character.
  return flat
    .slice(0, EXCERPT - 1)
    .replace(/[\uD800-\uDBFF]$/, "")
    .concat("…");
}

/** New again, also where an earlier one of the same object was done. */
export async function inboxRows(
  context: InboxContext,
  personIds: Iterable<PersonId>,
  item: InboxItem,
): Promise<RowWrite[]> {
  const rows: RowWrite[] = [];
  const concerned = [...new Set(personIds)].filter((personId) => personId !== item.actorId);
  for (const personId of await wanting(context.tx, concerned, item.kind)) {
    const { excerpt, ...rest } = item;
    const data: Notification = {
      ...rest,
      id: itemId(item, personId),
      ask: askOf(item),
      ...(excerpt === undefined || excerpt === "" ? {} : { excerpt: excerptOf(excerpt) }),
      createdAt: toIsoTime(context.nowMs),
    };
    rows.push({ scope: personScope(personId), collection: "notification", id: data.id, op: "put", data });
  }
  return rows;
}

/** Done for all who were asked, whoever did it. */
export async function settledRows({ tx, nowMs }: InboxContext, item: ItemName): Promise<RowWrite[]> {
  const rows = await itemsOf(tx, item);
  return rows.flatMap(({ scope, id, data: found }) => {
    const { snoozedUntil: _snoozedUntil, ...rest } = notificationSchema.parse(found);
    if (rest.doneAt !== undefined) return [];
    const data: Notification = { ...rest, doneAt: toIsoTime(nowMs) };
    return [{ scope, collection: "notification", id, op: "put", data }];
  });
}

/** Taken out of the inboxes: what it was about is no more. */
export async function withdrawnRows({ tx }: InboxContext, item: ItemName): Promise<RowWrite[]> {
  const rows = await itemsOf(tx, item);
  return rows.map(({ scope, id }) => ({ scope, collection: "notification", id, op: "delete", data: { id } }));
}

/** Everybody's item, held until the end of the transaction: its owner may be changing it. */
async function itemsOf(tx: StoreTransaction, item: ItemName): Promise<Envelope[]> {
  const find = async () => {
    const rows = await tx.find.ofEveryone("notification", objectIdOf(item.object));
    return rows.filter((row) => row.data["kind"] === item.kind);
  };
  await tx.lockRows((await find()).map((row) => row.scope));
  return find();
}

/** What one person was told of these places, which they can no longer see. */
export async function forgottenRows(
  tx: StoreTransaction,
  personId: PersonId,
  places: readonly Scope[],
): Promise<RowWrite[]> {
  const scope = personScope(personId);
  const rows = await tx.list(scope, "notification");
  return rows
    .filter((row) => places.some((place) => place === row.data["scope"]))
    .map(({ id }) => ({ scope, collection: "notification", id, op: "delete", data: { id } }));
}

function itemId({ kind, object }: ItemName, personId: PersonId): string {
  return naturalId("notification", kind, object.kind, objectIdOf(object), personId);
}

/** Those who want this kind in their inbox at all. */
async function wanting(
  tx: StoreTransaction,
  personIds: readonly PersonId[],
  kind: Notification["kind"],
): Promise<PersonId[]> {
  const rows = await tx.find.many(
    personIds.map((id) => ({ scope: personScope(id), collection: "preferences" as const, id })),
  );
  return personIds.filter((_personId, index) => {
    const row = standing(rows[index]);
    return row === undefined || preferencesSchema.parse(row.data).notices?.[kind] !== "none";
  });
}
