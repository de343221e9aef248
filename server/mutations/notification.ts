import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { requireOwnScope, standing, timeOf, type Handler } from "./context.ts";
import type { RowWrite } from "../store/store.ts";

/** Marks items of the inbox done or not, puts them off or wakes them. Those that no longer exist are passed over. */
export const setNotifications: Handler<"notification.set"> = async (context, args) => {
  const scope = requireOwnScope(context);
  const { tx } = context;
  // What comes meanwhile is not undone.
  await tx.lockRows([scope]);
  const keys = [...new Set(args.ids)].map((id) => ({ scope, collection: "notification" as const, id }));
  const rows: RowWrite[] = [];
  for (const found of await tx.find.many(keys)) {
    const row = standing(found);
    if (row === undefined) continue;
    const { id } = row;
    const { doneAt, snoozedUntil, ...rest } = notificationSchema.parse(row.data);
    const isDone = args.isDone ?? doneAt !== undefined;
    const until = args.snoozedUntil === undefined ? snoozedUntil : (args.snoozedUntil ?? undefined);
    const data: Notification = {
      ...rest,
      ...(isDone ? { doneAt: doneAt ?? timeOf(context) } : {}),
      ...(until === undefined ? {} : { snoozedUntil: until }),
    };
    rows.push({ scope, collection: "notification", id, op: "put", data });
  }
  return { changes: await tx.write(rows) };
};
