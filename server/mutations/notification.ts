import { notificationSchema } from "#contract/entities/notification.ts";
import { notFound, requireOwnScope, standing, timeOf, type Handler } from "./context.ts";

export const finishNotification: Handler<"notification.done"> = async (context, args) => {
  const scope = requireOwnScope(context);
  const row = standing(await context.tx.get(scope, "notification", args.id));
  if (row === undefined) throw notFound("There is no such notification.");
  const notification = notificationSchema.parse(row.data);
  if (notification.doneAt !== undefined) return { changes: [row] };
  const data = { ...notification, doneAt: timeOf(context) };
  return {
    changes: await context.tx.write([{ scope, collection: "notification", id: args.id, op: "put", data }]),
  };
};
