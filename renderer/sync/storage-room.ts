import { AppError } from "#contract/problem.ts";
import type { Cache } from "#renderer/db/cache.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { isStorageFull } from "#renderer/db/database.ts";
import type { SessionState } from "./session-state.ts";

/** Log records are folded into their blocks after so many, or after a quiet while. */
const FOLD_AFTER = 64;
const FOLD_QUIET_MS = 2000;
/** Whether room has come back is tried this often. */
const ROOM_RETRY_MS = 15_000;

export interface StorageRoomOptions {
  cache: Cache;
  session: SessionState;
  clock: Clock;
  /** Nothing more may be fetched. */
  onFull: () => void;
  /** There is room again. */
  onRoom: () => void;
  onBug: (error: unknown) => void;
}

/** Writes what memory holds when the time has come, and waits for room when the machine has none. */
export class StorageRoom {
  readonly #options: StorageRoomOptions;
  #foldTimer: number | undefined;
  #roomTimer: number | undefined;
  /** What was under way at the end comes back later: it may not begin anything anew. */
  #isStopped = false;

  constructor(options: StorageRoomOptions) {
    this.#options = options;
  }

  async guard(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      this.full();
    }
  }

  /** Nothing more is fetched until there is room: what memory holds is kept and written then. */
  full(): void {
    if (this.#isStopped) return;
    const { clock, session, onFull } = this.#options;
    session.storage = { usedBytes: 0, quotaBytes: 0, ...session.storage, isFull: true };
    onFull();
    session.setProblem(
      new AppError("storageFull", { title: "There is no room left on this machine" }).problem,
    );
    if (this.#roomTimer !== undefined) return;
    this.#roomTimer = clock.setTimeout(() => {
      this.#roomTimer = undefined;
      void this.tryRoom();
    }, ROOM_RETRY_MS);
  }

  async tryRoom(): Promise<void> {
    const { cache, session, onBug, onRoom } = this.#options;
    try {
      await cache.store.commit();
    } catch (error) {
      if (!isStorageFull(error)) onBug(error);
      this.full();
      return;
    }
    if (this.#isStopped) return;
    if (session.storage !== null) session.storage = { ...session.storage, isFull: false };
    session.setProblem(null);
    onRoom();
  }

  foldSoon(): void {
    if (this.#isStopped) return;
    const { cache, clock, onBug } = this.#options;
    if (this.#foldTimer !== undefined) clock.clearTimeout(this.#foldTimer);
    const delayMs = cache.store.logLength >= FOLD_AFTER ? 0 : FOLD_QUIET_MS;
    this.#foldTimer = clock.setTimeout(() => {
      this.#foldTimer = undefined;
      this.guard(() => cache.store.commit()).catch(onBug);
    }, delayMs);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of [this.#foldTimer, this.#roomTimer])
      if (timer !== undefined) this.#options.clock.clearTimeout(timer);
  }
}
