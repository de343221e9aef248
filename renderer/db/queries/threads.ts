import type { Row } from "#contract/collections.ts";
import type { PersonId } from "#contract/ids.ts";
import type { IsoTime } from "#contract/time.ts";
import type { conversationQueries } from "#contract/views/conversation-parts.ts";
import type { z } from "zod";
import { fetchAround } from "../history-around.ts";
import type { LiveQuery } from "../live-queries.ts";
import { followsOf } from "../message-marks.ts";
import { isFailed, overlay } from "../message-overlay.ts";
import { createViewContext, messageView, type ViewContext } from "../message-views.ts";
import { placeTitle } from "../place-title.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { newestFirst } from "../sort-keys.ts";
import { messageStream } from "../streams.ts";
import { unreadReplies } from "../threads.ts";
import { personalQuery } from "./personal-query.ts";

type ThreadView = z.infer<(typeof conversationQueries)["threads"]["item"]>;

/** Threads followed that are looked at, those with the latest replies first. */
const MOST = 200;

/** Threads of conversations that the reader follows, latest reply first. */
export function createThreadsQuery(context: QueryContext): LiveQuery {
  const fetched = new Set<string>();
  const query = personalQuery(context, { items: [], info: { unread: 0 } }, async (reader, me) => {
    const waiting = reader.allPending().filter((entry) => !isFailed(entry));
    const follows = [...(await followsOf(reader, me, waiting)).values()]
      .filter((follow) => follow.isFollowed)
      .toSorted((a, b) => (lastAt(a) > lastAt(b) ? -1 : 1))
      .slice(0, MOST);
    const contexts = new Map<string, ViewContext>();
    const items: ThreadView[] = [];
    for (const follow of follows) {
      const view = await threadView(context, reader, { me, follow, contexts });
      if (view !== undefined) items.push(view);
      else fetchRoot(context, follow, fetched);
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, info: { unread: items.reduce((sum, item) => sum + item.unread, 0) } };
  });
  return { ...query, isPatient: true };
}

/** Of the newest reply known here; nothing of a thread without replies. */
function lastAt({ lastReplyAt, readAt }: Row<"follow">): string {
  return lastReplyAt ?? readAt ?? "";
}

async function threadView(
  context: QueryContext,
  reader: Reader,
  { me, follow, contexts }: { me: PersonId; follow: Row<"follow">; contexts: Map<string, ViewContext> },
): Promise<ThreadView | undefined> {
  const { scope, conversationId, threadId } = follow;
  const stream = messageStream(scope, conversationId);
  reader.watch(stream);
  const key = await context.messageKeys.findQuickly(stream, threadId);
  const entry = key === undefined ? undefined : await reader.entry(stream, key);
  const row = entry === undefined ? undefined : reader.parse("message", entry);
  if (row === undefined) return undefined;
  let viewContext = contexts.get(conversationId);
  if (viewContext === undefined) {
    viewContext = await createViewContext(context, reader, { me, place: { scope, conversationId } });
    contexts.set(conversationId, viewContext);
  }
  const overlaid = overlay({ message: row, pending: null }, viewContext.pending);
  // A post that nobody has commented yet is no thread to read.
  const lastReplyAt: IsoTime | undefined = overlaid.message.lastReplyAt;
  if (lastReplyAt === undefined) return undefined;
  const sort = `${newestFirst(lastReplyAt)}~${threadId}`;
  return {
    key: threadId,
    sort,
    root: await messageView(viewContext, overlaid, sort),
    place: await placeTitle(context, reader, { conversationId, me }),
    unread: await unreadReplies(reader, { scope, me, follow }),
    lastReplyAt,
  };
}

/** The root of a thread may be older than what is cached: its neighbourhood is fetched, once. */
function fetchRoot(context: QueryContext, follow: Row<"follow">, fetched: Set<string>): void {
  const { threadId, lastReplyAt } = follow;
  if (fetched.has(threadId) || lastReplyAt === undefined || !context.isOnline()) return;
  fetched.add(threadId);
  // Out of reach at the moment: the thread is shown when its root comes another way.
  fetchAround(context, follow, threadId).catch(() => undefined);
}
