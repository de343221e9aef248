/** How long sending may hold the end up. */
const QUIT_LIMIT_MS = 3000;
/** A page says within this time what it has just been given to send. */
const SETTLE_MS = 600;
const LOOK_MS = 50;

export interface QuittingOptions {
  /** Tells every page to send what it has. */
  tell: () => void;
  /** What has not left, over all accounts. */
  waiting: () => number | Promise<number>;
  /** Whether a page is there that could still say something. */
  hasPages: () => boolean;
  /** Says what waits. True: quit all the same. */
  ask: (waiting: number, aborted: AbortSignal) => Promise<boolean>;
  /** Ends everything. */
  end: () => Promise<void>;
  limitMs?: number;
  settleMs?: number;
}

/**
 * The one way in which Parvis ends. What waits to be sent gets a little time; what then still waits is said, and the person
 * decides. Nothing is lost either way: it is on disk. The machine that ends its session is not kept waiting by a question.
 */
export class Quitting {
  readonly #options: QuittingOptions;
  #current: Promise<boolean> | undefined;
  #force = new AbortController();

  constructor(options: QuittingOptions) {
    this.#options = options;
  }

  /** False: the person stays. Whoever comes second gets the same answer, and may only hurry it. */
  quit({ isAsking }: { isAsking: boolean }): Promise<boolean> {
    if (!isAsking) this.#force.abort();
    this.#current ??= this.#run().then((isOver) => {
      // Once it is over it stays so; who stayed may quit another time.
      if (!isOver) {
        this.#current = undefined;
        this.#force = new AbortController();
      }
      return isOver;
    });
    return this.#current;
  }

  async #run(): Promise<boolean> {
    const { tell, ask, end, limitMs = QUIT_LIMIT_MS } = this.#options;
    tell();
    const waiting = await this.#waitAtMost(limitMs);
    const isOver = waiting === 0 || this.#force.signal.aborted || (await this.#ask(waiting, ask));
    if (isOver) await end();
    return isOver;
  }

  async #waitAtMost(limitMs: number): Promise<number> {
    const { hasPages, waiting, settleMs = SETTLE_MS } = this.#options;
    let waitedMs = 0;
    for (;;) {
      const count = await waiting();
      const isSettled = waitedMs >= settleMs || !hasPages();
      if ((count === 0 && isSettled) || waitedMs >= limitMs) return count;
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_MS);
      });
      waitedMs += LOOK_MS;
    }
  }

  async #ask(waiting: number, ask: QuittingOptions["ask"]): Promise<boolean> {
    const { signal } = this.#force;
    const forced = Promise.withResolvers<boolean>();
    signal.addEventListener("abort", () => forced.resolve(true), { once: true });
    return Promise.race([ask(waiting, signal), forced.promise]);
  }
}
