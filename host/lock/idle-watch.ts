import type { HostEvent } from "#contract/bridge.ts";
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
/** After which there may be something to lock, or nothing any more. */
const WHAT_DECIDES: ReadonlySet<HostEvent["type"]> = new Set([
  "lockChanged",
  "secretsChanged",
  "settingsChanged",
  "policiesChanged",
]);

/** Locks when nobody has been there for as long as chosen, and together with the machine's own lock screen. */
export class IdleWatch {
  readonly #options: IdleWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  readonly #stop: () => void;
  #activeAt: number;
  #systemIdleMs: (() => number) | undefined;
  #isStopped = false;

  constructor(options: IdleWatchOptions) {
    this.#options = options;
    this.#activeAt = options.now();
    this.#stop = options.events.subscribe((event) => {
      if (event.type === "powerChanged" && event.state === "lock") this.#withSystem().catch(options.onError);
      if (WHAT_DECIDES.has(event.type)) this.#consider().catch(options.onError);
    });
    this.#consider().catch(options.onError);
  }

  /** A page has seen somebody. */
  noteActive(): void {
    this.#activeAt = this.#options.now();
  }

  /** Where the system itself knows how long nobody has touched the machine. */
  useSystem(idleMs: () => number): void {
    this.#systemIdleMs = idleMs;
  }

  /** Whether it looks at the clock. */
  get isLooking(): boolean {
    return this.#timer !== undefined;
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stop();
  }

  /** The clock is only looked at while there is something to lock: nothing wakes the machine for nothing. */
  async #consider(): Promise<void> {
    const { everyMs = EVERY_MS, onError } = this.#options;
    const isNeeded = (await this.#lockAfterMinutes()) > 0 && !this.#isStopped;
    if (isNeeded === (this.#timer !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = isNeeded ? setInterval(() => void this.#look().catch(onError), everyMs).unref() : undefined;
  }

  async #lockAfterMinutes(): Promise<number> {
    const { lock, settings } = this.#options;
    return lock.isLocked || !canLock(lock) ? 0 : (await settings.get()).lockAfterMinutes;
  }

  async #look(): Promise<void> {
    const { lock, now } = this.#options;
    const lockAfterMinutes = await this.#lockAfterMinutes();
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
