import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { SyncMark } from "#contract/sync.ts";
import type { Cache } from "#renderer/db/cache.ts";
import { text, type PlacedEntry } from "#renderer/db/entry.ts";
import type { Position } from "#renderer/db/positions.ts";
import { kindOf } from "#renderer/db/streams.ts";
import type { Api } from "./api.ts";
import { parseLine, type IncomingRow } from "./ingest.ts";
import type { Watchdog } from "./watchdog.ts";

/** The first rows are shown at once, the rest goes to disk in larger pieces. */
const FIRST_FLUSH_ROWS = 500;
const FLUSH_ROWS = 2000;
/** Sorts after every time: nothing of the timeline is known yet. */
const NOTHING_KNOWN = "\u007e";

export interface ScopeSyncOptions {
  api: Api;
  cache: Cache;
  scope: Scope;
  signal: AbortSignal;
  watchdog: Watchdog;
  /** Rows of a scope whose cursor expired: what does not come again is gone from the server. */
  seen: Set<string> | undefined;
  onRows: (count: number) => void;
  onTotal: (total: number) => void;
  onInvalid: (count: number) => void;
}

export function seenName(stream: string, key: string): string {
  return `${stream}\n${key}`;
}

/** Brings one scope from where it stands to the end of its stream. */
export class ScopeSync {
  readonly #options: ScopeSyncOptions;
  #position: Position;
  #rows: PlacedEntry[] = [];
  #floor: string;
  #hasFlushed = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: ScopeSyncOptions) {
    this.#options = options;
    const stored = options.seen === undefined ? options.cache.positions.get(options.scope) : undefined;
    this.#position = stored ?? { seq: 0, isComplete: false, floor: "" };
    this.#floor = stored === undefined ? "" : stored.floor;
  }

  /**
   * Resolves when all rows are in memory; `written` then resolves when they are on disk.
   * @throws AppError when it cannot go on; all that came until the last mark is then kept.
   */
  async run(): Promise<{ written: Promise<void> }> {
    for (;;) {
      const before = this.#position.cursor;
      const mark = await this.#page();
      if (mark.isEnd === true) break;
      // An answer that leads nowhere would be asked for without end.
      if (mark.cursor === before) throw truncated();
    }
    if (this.#options.seen !== undefined) await this.#finishAnew(this.#options.seen);
    return { written: this.#writing };
  }

  async #page(): Promise<SyncMark["mark"]> {
    const { api, scope, signal, watchdog } = this.#options;
    const { cursor } = this.#position;
    const query = new URLSearchParams({ scope, ...(cursor === undefined ? {} : { cursor }) });
    const response = await watchdog.during(signal, (watched) =>
      api.request(`/v1/sync?${query.toString()}`, { signal: watched }),
    );
    if (response.body === null) throw new AppError("serverFault", { title: "Sync gave no body" });
    let last: SyncMark["mark"] | undefined;
    for await (const lines of watchdog.lines(response.body, signal)) {
      last = (await this.#take(lines)) ?? last;
    }
    if (last === undefined) throw truncated();
    await this.#flush();
    return last;
  }

  async #take(lines: readonly string[]): Promise<SyncMark["mark"] | undefined> {
    const { scope, onInvalid } = this.#options;
    let last: SyncMark["mark"] | undefined;
    let invalid = 0;
    let received = 0;
    for (const line of lines) {
      if (line === "") continue;
      const incoming = parseLine(line, scope);
      if (incoming.type === "row") {
        received++;
        this.#add(incoming);
      } else if (incoming.type === "mark") {
        last = incoming.mark;
        this.#mark(incoming.mark);
        if (this.#rows.length >= (this.#hasFlushed ? FLUSH_ROWS : FIRST_FLUSH_ROWS)) await this.#flush();
      } else if (incoming.type !== "unknown") {
        invalid++;
      }
    }
    this.#options.onRows(received);
    if (invalid > 0) onInvalid(invalid);
    return last;
  }

  #add({ placed }: IncomingRow): void {
    this.#rows.push(placed);
    this.#options.seen?.add(seenName(placed.stream, placed.entry.key));
    if (this.#position.isComplete) return;
    const kind = kindOf(placed.stream);
    if (kind !== "message" && kind !== "reply") return;
    const sentAt = text(placed.entry.data, "sentAt");
    if (this.#floor === "" || sentAt < this.#floor) this.#floor = sentAt;
  }

  #mark(mark: SyncMark["mark"]): void {
    if (mark.total !== undefined) this.#options.onTotal(mark.total);
    const { isComplete } = this.#position;
    // An empty scope stands at 0 for ever: the end of its stream says as much as a seq.
    const isNowComplete = isComplete || mark.seq > 0 || mark.isEnd === true || mark.hasOlder !== undefined;
    if (isNowComplete && !isComplete) {
      this.#floor = mark.hasOlder === true ? floorAbove(this.#floor) : "";
    }
    this.#position = { cursor: mark.cursor, seq: mark.seq, isComplete: isNowComplete, floor: this.#floor };
  }

  /** Rows and the position they bring the scope to are written together; the next rows are read meanwhile. */
  async #flush(): Promise<void> {
    const { cache, scope, seen } = this.#options;
    const rows = this.#rows;
    this.#rows = [];
    this.#hasFlushed = true;
    await this.#writing;
    this.#options.signal.throwIfAborted();
    cache.emit(await cache.store.apply(rows));
    // Revoked meanwhile: a position without its rows would later pass for a scope that has them.
    this.#options.signal.throwIfAborted();
    if (seen === undefined) cache.positions.set(scope, this.#position);
    this.#writing = cache.store.commit();
    // Awaited by the next flush; until then a failure must not count as unhandled.
    this.#writing.catch(() => undefined);
  }

  async #finishAnew(seen: ReadonlySet<string>): Promise<void> {
    const { cache, scope } = this.#options;
    await this.#writing;
    cache.emit(await cache.store.retain(scope, (stream, { key }) => seen.has(seenName(stream, key))));
    this.#options.signal.throwIfAborted();
    cache.positions.deleteHistory(scope);
    cache.positions.setDamaged(scope, false);
    cache.positions.set(scope, this.#position);
    await cache.store.commit();
  }
}

/**
 * The snapshot may end among the reactions of its oldest message: that one counts as not here, and history brings it
 * with all of them.
 */
function floorAbove(sentAt: string): string {
  return sentAt === "" ? NOTHING_KNOWN : `${sentAt}\u007f`;
}

function truncated(): AppError {
  return new AppError("unavailable", { title: "The workplace's answer broke off" });
}
