import { isSettledByAnswer, isSettledByReading, type ReadingPlace } from "#contract/inbox.ts";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { personScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { RowWrite } from "../store/store.ts";
import { timeOf, type MutationContext } from "./context.ts";

export interface Deed {
  place: ReadingPlace;
  /** Read up to then. */
  readAt?: IsoTime;
  /** Something was written there, or a reaction given. */
  isAnswer?: boolean;
}

/** The caller's items that this settles, as done. Their rows are to be locked before. */
export async function settledItems(context: MutationContext, deed: Deed): Promise<RowWrite[]> {
  const { place, readAt, isAnswer = false } = deed;
  const scope = personScope(context.personId);
  const waiting = await context.tx.find.waiting(scope, place.conversationId);
  const doneAt = timeOf(context);
  return waiting.flatMap((row) => {
    const item = notificationSchema.parse(row.data);
    const isRead = readAt !== undefined && isSettledByReading(item, place, readAt);
    return isRead || (isAnswer && isSettledByAnswer(item, place)) ? [doneRow(row.scope, item, doneAt)] : [];
  });
}

export function doneRow(scope: RowWrite["scope"], item: Notification, doneAt: IsoTime): RowWrite {
  return { scope, collection: "notification", id: item.id, op: "put", data: { ...item, doneAt } };
}
