/** How long notices are gathered before the first is shown: what belongs to them comes within this time, too. */
const GATHER_MS = 1500;
const LONGEST_GATHER_MS = 30_000;
/** Quiet for this long, and the next one is a notice of its own again. */
const QUIET_MS = 5000;
const MOST_SHOWN = 5;

export interface NoticeQueueOptions<T> {
  /** Few: each by itself. */
  showEach: (items: T[]) => Promise<void>;
  /** Many within a few seconds: one for all. */
  showSum: (items: T[]) => Promise<void>;
  onError: (error: unknown) => void;
  now: () => number;
  gatherMs?: number;
}

/** Gathers what arrives, and turns a burst into one sum that grows more slowly the longer it lasts. */
export class NoticeQueue<T> {
  readonly #options: NoticeQueueOptions<T>;
  readonly #waiting = new Map<string, T>();
  #timer: NodeJS.Timeout | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;
  #count = 0;
  #rounds = 0;

  constructor(options: NoticeQueueOptions<T>) {
    this.#options = options;
  }

  /** The same key again replaces what waits under it. */
  add(key: string, item: T): void {
    const now = this.#options.now();
    if (this.#waiting.size === 0 && now - this.#lastAt > QUIET_MS) {
      this.#count = 0;
      this.#rounds = 0;
    }
    this.#lastAt = now;
    this.#waiting.set(key, item);
    const delayMs = Math.min((this.#options.gatherMs ?? GATHER_MS) * 2 ** this.#rounds, LONGEST_GATHER_MS);
    this.#timer ??= setTimeout(() => this.#flush(), delayMs);
  }

  /** Lets go of what waits and is no longer wanted. */
  drop(isUnwanted: (item: T) => boolean): void {
    for (const [key, item] of this.#waiting) if (isUnwanted(item)) this.#waiting.delete(key);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    const items = [...this.#waiting.values()];
    this.#waiting.clear();
    if (items.length === 0) return;
    this.#count += items.length;
    const isBurst = this.#count > MOST_SHOWN;
    if (isBurst) this.#rounds += 1;
    const { showEach, showSum, onError } = this.#options;
    (isBurst ? showSum(items) : showEach(items)).catch(onError);
  }
}
