import type { HostEvents } from "../events.ts";
import type { SettingsStore } from "../settings.ts";
import type { LockService } from "./lock-service.ts";

export interface IdleWatchOptions {
  lock: LockService;
  settings: SettingsStore;
  events: HostEvents;
  now: () => number;
  onError: (error: unknown) => void;
  everyMs?: number;
}

const EVERY_MS = 5000;
const MINUTE_MS = 60_000;

/** Locks when nobody has been there for as long as chosen, and together with the machine's own lock screen. */
export class IdleWatch {
  readonly #options: IdleWatchOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #stop: () => void;
  #activeAt: number;
  #systemIdleMs: (() => number) | undefined;

  constructor(options: IdleWatchOptions) {
    this.#options = options;
    this.#activeAt = options.now();
    this.#timer = setInterval(() => {
      this.#look().catch(options.onError);
    }, options.everyMs ?? EVERY_MS).unref();
    this.#stop = options.events.subscribe((event) => {
      if (event.type === "powerChanged" && event.state === "lock") this.#withSystem().catch(options.onError);
    });
  }

  /** A page has seen somebody. */
  noteActive(): void {
    this.#activeAt = this.#options.now();
  }

  /** Where the system itself knows how long nobody has touched the machine. */
  useSystem(idleMs: () => number): void {
    this.#systemIdleMs = idleMs;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#stop();
  }

  async #look(): Promise<void> {
    const { lock, settings, now } = this.#options;
    if (lock.isLocked || !canLock(lock)) return;
    const { lockAfterMinutes } = await settings.get();
    if (lockAfterMinutes === 0) return;
    const idleMs = this.#systemIdleMs?.() ?? now() - this.#activeAt;
    if (idleMs >= lockAfterMinutes * MINUTE_MS) await lock.lock("idle");
  }

  async #withSystem(): Promise<void> {
    const { lock, settings } = this.#options;
    if (canLock(lock) && (await settings.get()).lockWithSystem) await lock.lock("system");
  }
}

function canLock(lock: LockService): boolean {
  return lock.status().method !== "none";
}
