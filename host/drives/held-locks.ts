import type { DriveId, DrivePath } from "#contract/drives.ts";
import { DriveError } from "./drive-error.ts";
import type { HeldLock } from "./drive.ts";
import type { DriveLink } from "./drive-link.ts";

const LONGEST_MS = 3_600_000;
const SHORTEST_MS = 5000;

interface Held {
  link: DriveLink;
  lock: HeldLock;
  timer: NodeJS.Timeout;
}

/** Locks that this host holds: made to last for as long as it runs, and given back at its end. */
export class HeldLocks {
  readonly #held = new Map<string, Held>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get(driveId: DriveId, path: DrivePath): HeldLock | undefined {
    return this.#held.get(`${driveId} ${path}`)?.lock;
  }

  keep(link: DriveLink, lock: HeldLock): void {
    const key = `${link.definition.id} ${lock.path}`;
    clearTimeout(this.#held.get(key)?.timer);
    const left = lock.expiresAt === null ? LONGEST_MS : Date.parse(lock.expiresAt) - this.#now();
    const ms = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, left / 2));
    const timer = setTimeout(() => void this.#refresh(key), ms).unref();
    this.#held.set(key, { link, lock, timer });
  }

  async giveBack(driveId: DriveId, path: DrivePath): Promise<void> {
    const key = `${driveId} ${path}`;
    const held = this.#held.get(key);
    if (held === undefined) return;
    clearTimeout(held.timer);
    await held.link.use(AbortSignal.timeout(LONGEST_MS), (drive, signal) =>
      drive.unlock(held.lock, { signal }),
    );
    this.#held.delete(key);
  }

  /** What cannot be given back ends by itself. */
  async giveBackAll(limitMs: number): Promise<void> {
    const limit = AbortSignal.timeout(limitMs);
    const all = [...this.#held.values()];
    this.#held.clear();
    await Promise.all(
      all.map(async ({ link, lock, timer }) => {
        clearTimeout(timer);
        await unlessDriveError(link.use(limit, (drive, signal) => drive.unlock(lock, { signal })));
      }),
    );
  }

  async #refresh(key: string): Promise<void> {
    const held = this.#held.get(key);
    if (held === undefined) return;
    const { link, lock } = held;
    const next = await unlessDriveError(
      link.use(AbortSignal.timeout(60_000), (drive, signal) => drive.refresh(lock, { signal })),
    );
    // Out of reach: it is tried again for as long as it may still count.
    if (next === undefined && lock.expiresAt !== null && Date.parse(lock.expiresAt) <= this.#now())
      this.#held.delete(key);
    else this.keep(link, next ?? lock);
  }
}

async function unlessDriveError<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof DriveError) return undefined;
    throw error;
  }
}
