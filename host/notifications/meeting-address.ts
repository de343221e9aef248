import { notificationSchema } from "#contract/entities/notification.ts";
import { personScope } from "#contract/scope.ts";
import type { BackendReader } from "./backend-reader.ts";
import type { NoticeContext } from "./notice-context.ts";

const LONGEST_MS = 15_000;

/**
 * The way into the meeting of which a notice reminds, asked of the workplace when it is wanted: it lies on no disk.
 * @throws AppError what the workplace refuses with, unavailable without a connection
 */
export async function meetingAddress(
  reader: BackendReader,
  { itemIds, personId }: Pick<NoticeContext, "itemIds" | "personId">,
): Promise<string | undefined> {
  const wanted = itemIds.at(-1);
  let address: string | undefined;
  await reader.rows(
    personScope(personId),
    AbortSignal.timeout(LONGEST_MS),
    ({ collection, data, id, op }) => {
      if (collection !== "notification" || id !== wanted) return true;
      if (op === "put") address = notificationSchema.safeParse(data).data?.conference;
      return false;
    },
  );
  return address;
}
