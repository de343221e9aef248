import { objectIdOf, type ObjectRef } from "#contract/entities/object-ref.ts";
import { savedItemSchema, type SavedItem } from "#contract/entities/saved-item.ts";
import { personIdSchema, savedItemId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { DIRECTORY, parseScope, spaceScope, type Scope } from "#contract/scope.ts";
import type { DueHandler } from "../due/due-context.ts";
import type { RowKey, RowWrite } from "../store/store.ts";
import {
  notFound,
  requireModestExtras,
  requireOwnScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { inboxRows, settledRows, withdrawnRows, type InboxItem } from "./inbox-rows.ts";

type Clocked = Pick<MutationContext, "tx" | "nowMs" | "personId">;

/** Keeps an object for later, once; what is not named stays. A reminder whose time is past comes at once. */
export const saveItem: Handler<"item.save"> = async (context, args) => {
  const { tx, personId } = context;
  const scope = requireOwnScope(context);
  requireModestExtras(context, args);
  const id = savedItemId(personId, objectIdOf(args.object));
  const row = standing(await tx.get(scope, "savedItem", id));
  if (row === undefined && !(await tx.canRead(personId, placeOf(args.object)))) {
    throw notFound("What you save is not there, or you cannot see it.");
  }
  const createdAt = timeOf(context);
  const before = row === undefined ? { id, object: args.object, createdAt } : savedItemSchema.parse(row.data);
  const item = changed(context, before, args);
  const key: RowKey = { scope, collection: "savedItem", id };
  const isWaiting = item.remindAt !== undefined && item.remindedAt === undefined && item.doneAt === undefined;
  if (isWaiting && item.remindAt !== undefined && item.remindAt <= createdAt) {
    return { changes: await tx.write(await reminderRows(context, key, item)) };
  }
  const rows: RowWrite[] = [{ ...key, op: "put", data: item }];
  // A reminder put off, or of something done, no longer waits.
  if (row !== undefined && (args.remindAt !== undefined || item.doneAt !== undefined)) {
    rows.push(...(await settledRows(context, reminderOf(item))).filter((each) => each.scope === scope));
  }
  const changes = await tx.write(rows);
  await tx.setDue(key, isWaiting && item.remindAt !== undefined ? Date.parse(item.remindAt) : null);
  return { changes };
};

function changed(context: MutationContext, before: SavedItem, args: MutationArgs<"item.save">): SavedItem {
  const { excerpt, note, remindAt, isDone } = args;
  const { remindAt: standsAt, remindedAt, doneAt, ...rest } = before;
  const isMoved = remindAt !== undefined && remindAt !== standsAt;
  const reminder = remindAt === undefined ? standsAt : (remindAt ?? undefined);
  const done = isDone === undefined ? doneAt : isDone ? (doneAt ?? timeOf(context)) : undefined;
  return {
    ...rest,
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(note === undefined ? {} : { note }),
    ...(reminder === undefined ? {} : { remindAt: reminder }),
    ...(remindedAt === undefined || isMoved ? {} : { remindedAt }),
    ...(done === undefined ? {} : { doneAt: done }),
  };
}

export const removeItem: Handler<"item.remove"> = async (context, { object }) => {
  const { tx, personId } = context;
  const scope = requireOwnScope(context);
  const id = savedItemId(personId, objectIdOf(object));
  if (standing(await tx.get(scope, "savedItem", id)) === undefined) return { changes: [] };
  const removed: RowWrite = { scope, collection: "savedItem", id, op: "delete", data: { id } };
  const reminders = await withdrawnRows(context, reminderOf({ object }));
  // Others may have reminders of the same thing.
  return { changes: await tx.write([removed, ...reminders.filter((row) => row.scope === scope)]) };
};

function reminderOf({ object }: Pick<SavedItem, "object">): Pick<InboxItem, "kind" | "object"> {
  return { kind: "reminder", object };
}

/** A reminder's time has come: into the inbox, once. */
export const remindDue: DueHandler = async ({ tx, nowMs, key, row }) => {
  if (row === undefined) return;
  const item = savedItemSchema.parse(row.data);
  if (item.remindAt === undefined || item.remindedAt !== undefined || item.doneAt !== undefined) return;
  const remindAtMs = Date.parse(item.remindAt);
  if (remindAtMs > nowMs) {
    await tx.setDue(key, remindAtMs);
    return;
  }
  const personId = personIdSchema.parse(parseScope(key.scope).id);
  await tx.write(await reminderRows({ tx, nowMs, personId }, key, item));
};

async function reminderRows(context: Clocked, key: RowKey, item: SavedItem): Promise<RowWrite[]> {
  const data: SavedItem = { ...item, remindedAt: timeOf(context) };
  const { object } = item;
  const reminders = await inboxRows(context, [context.personId], {
    kind: "reminder",
    object,
    scope: placeOf(object),
    ...(object.kind === "space" ? { spaceId: object.spaceId } : {}),
    excerpt: item.note ?? item.excerpt ?? "",
  });
  return [{ ...key, op: "put", data }, ...reminders];
}

function placeOf(object: ObjectRef): Scope {
  switch (object.kind) {
    case "message":
    case "conversation":
    case "row":
      return object.scope;
    case "space":
      return spaceScope(object.spaceId);
    case "person":
      return DIRECTORY;
  }
}
