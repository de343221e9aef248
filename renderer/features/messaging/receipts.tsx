import { createContext, type ReactNode } from "react";
import type { ConversationId } from "#contract/ids.ts";
import type { MessageView, PersonBrief } from "#contract/views/message-view.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";

type Receipt = Pick<QueryItem<"receipts">, "person" | "readAt">;

/** How far the others have read the open conversation; empty where that is not told. */
export const ReceiptsContext = createContext<readonly Receipt[]>([]);

/** Asked for only where there are receipts: direct and small group conversations. */
export function ReceiptsSource({
  conversationId,
  children,
}: {
  conversationId: ConversationId;
  children: ReactNode;
}) {
  const { items } = useLiveQuery("receipts", { conversationId });
  return <ReceiptsContext value={items}>{children}</ReceiptsContext>;
}

const NOBODY: ReadonlyMap<string, PersonBrief[]> = new Map();

/** Under which of the reader's own messages each of the others stands: the latest that they have read. */
export function placeReaders(
  views: readonly MessageView[],
  receipts: readonly Receipt[],
): ReadonlyMap<string, readonly PersonBrief[]> {
  if (receipts.length === 0) return NOBODY;
  const mine = views.filter((view) => view.isMine && view.pending === null);
  const readers = new Map<string, PersonBrief[]>();
  for (const { person, readAt } of receipts) {
    const latest = mine.findLast((view) => view.message.sentAt <= readAt);
    if (latest === undefined) continue;
    const there = readers.get(latest.key);
    if (there === undefined) readers.set(latest.key, [person]);
    else there.push(person);
  }
  return readers;
}
