import { AppError } from "#contract/problem.ts";
import type { Cache } from "#renderer/db/cache.ts";
import type { PlacedEntry } from "#renderer/db/entry.ts";
import type { HistoryAnswer, HistoryRequest } from "#renderer/db/query-context.ts";
import { keyOf, kindOf } from "#renderer/db/streams.ts";
import type { Api } from "./api.ts";
import { parseLine } from "./ingest.ts";
import type { Watchdog } from "./watchdog.ts";

export interface HistoryOptions {
  api: Api;
  cache: Cache;
  watchdog: Watchdog;
  signal: AbortSignal;
}

/** Fetches older messages of a conversation or thread into memory, with what hangs on them; the caller commits. */
export async function loadHistory(options: HistoryOptions, request: HistoryRequest): Promise<HistoryAnswer> {
  const { cache } = options;
  const { rows, hasOlder } = await fetchHistory(options, request);
  const times = rows
    .filter(({ stream }) => isMessageKind(kindOf(stream)))
    .map(({ entry }) => keyOf("message", entry.id, entry.data));
  const oldest = times.reduce<string | undefined>(
    (least, key) => (least === undefined || key < least ? key : least),
    undefined,
  );
  const changes = await cache.store.apply(rows);
  // Revoked meanwhile: the rows are gone again, and nothing may say that they are here.
  options.signal.throwIfAborted();
  if (request.threadId === undefined) noteReached(cache, request, { oldest, hasOlder });
  // Whoever looks for one of them finds it without reading on.
  cache.messageKeys.note(
    rows.filter(({ stream }) => isMessageKind(kindOf(stream))).map(({ entry }) => entry),
  );
  cache.emit(changes);
  return { oldest, hasOlder };
}

function isMessageKind(kind: string): boolean {
  return kind === "message" || kind === "reply";
}

/** The floor only moves down, and only by rows that reach up to it: below it there would be gaps. */
function noteReached(cache: Cache, request: HistoryRequest, { oldest, hasOlder }: HistoryAnswer): void {
  const { scope, conversationId, before } = request;
  const reached = cache.positions.floor(scope, conversationId);
  // The scope was read anew meanwhile, and what lay between is not kept.
  if (before !== undefined && before < reached) return;
  // At the beginning there is nothing left to have gaps.
  const floor = hasOlder ? (oldest ?? reached) : "";
  // Another window was quicker and further.
  if (floor > reached) return;
  cache.positions.setHistory(scope, conversationId, { floor, hasOlder });
}

async function fetchHistory(
  { api, watchdog, signal }: HistoryOptions,
  request: HistoryRequest,
): Promise<{ rows: PlacedEntry[]; hasOlder: boolean }> {
  const { scope, conversationId, threadId, before, limit } = request;
  const query = new URLSearchParams({
    scope,
    conversationId,
    limit: String(limit),
    ...(threadId === undefined ? {} : { threadId }),
    ...(before === undefined ? {} : { before }),
  });
  const response = await watchdog.during(signal, (watched) =>
    api.request(`/v1/history/message?${query.toString()}`, { signal: watched }),
  );
  if (response.body === null) throw new AppError("serverFault", { title: "History gave no body" });
  const rows: PlacedEntry[] = [];
  let hasOlder: boolean | undefined;
  for await (const lines of watchdog.lines(response.body, signal)) {
    for (const line of lines) {
      const incoming = parseLine(line, scope);
      if (incoming.type === "row") rows.push(incoming.placed);
      if (incoming.type === "history") hasOlder = incoming.hasOlder;
    }
  }
  if (hasOlder === undefined) throw new AppError("unavailable", { title: "The history's answer broke off" });
  return { rows, hasOlder };
}
