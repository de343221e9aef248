import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { requireOwnScope, standing, timeOf, type Handler } from "./context.ts";
import type { RowWrite } from "../store/store.ts";

/** Marks items of the inbox done or not, puts them off or wakes them. Those that no longer exist are passed over. */
export const setNotifications: Handler<"notification.set"> = async (context, args) => {
  const scope = requireOwnScope(context);
  const rows: RowWrite[] = [];
  for (const id of new Set(args.ids)) {
    const row = standing(await context.tx.get(scope, "notification", id));
    if (row === undefined) continue;
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
  return { changes: await context.tx.write(rows) };
};
