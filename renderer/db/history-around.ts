import type { MessageId } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";
import { madeAt } from "./message-keys.ts";
import type { Place } from "./places.ts";
import type { QueryContext } from "./query-context.ts";

/** How much of history around a message is fetched, and how long after its id was made it may have been sent. */
const AROUND = 30;
const LATER_MS = 60_000;

/**
 * Fetches the neighbourhood of a message that is older than what is cached, so that it alone can be shown (the root of a
 * thread). Nothing is fetched where it cannot be or when nobody can be asked. @throws AppError
 */
export async function fetchAround(
  { positions, isOnline, loadHistory }: Pick<QueryContext, "positions" | "isOnline" | "loadHistory">,
  { scope, conversationId }: Pick<Place, "scope" | "conversationId">,
  id: MessageId,
): Promise<void> {
  const madeMs = madeAt(id);
  if (madeMs === undefined || !isOnline() || positions.get(scope)?.isComplete !== true) return;
  if (!positions.hasOlder(scope, conversationId)) return;
  const later = toIsoTime(madeMs + LATER_MS);
  const floor = positions.floor(scope, conversationId);
  const before = later < floor ? later : floor;
  await loadHistory({ scope, conversationId, threadId: undefined, before, limit: AROUND });
}
