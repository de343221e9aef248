import { AppError, type Problem } from "#contract/problem.ts";
import type { WorkerMessage } from "#contract/worker.ts";
import { VolatileRecords } from "#renderer/db/volatile-records.ts";
import { Engine, type EngineOptions, type OpenMessage } from "./engine.ts";
import { PageConnection } from "./page-connection.ts";

/** How long locking waits for what the pages still have to say and for what is being written. */
const WRITING_MS = 1000;

/** The worker's inside: pages come and go, one engine serves them all. */
export class WorkerHost {
  readonly #options: EngineOptions;
  readonly #pages = new Set<PageConnection>();
  #opening: { message: OpenMessage; engine: Engine; isOpen: boolean } | undefined;
  /** Pages that have handed over what was begun in them, while Parvis is being locked. */
  readonly #said = new Set<PageConnection>();
  #onSaid: () => void = () => undefined;
  #locking: Promise<void> | undefined;
  readonly #volatile = new Map<string, VolatileRecords>();
  /** One after the other: an engine that closes gives the profile free before the next one asks for it. */
  #closing: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** A page connects. The connection takes what its port receives. */
  connect(post: (message: WorkerMessage) => void): PageConnection {
    const page = new PageConnection({
      post,
      open: (from, message) => {
        this.#open(from, message).catch(this.#options.onBug);
      },
      lock: (from) => {
        this.#said.add(from);
        from.fail(cacheIsLocked());
        this.lock().catch(this.#options.onBug);
      },
      clear: () => this.#clear(),
      onActivity: () => {
        this.#activity();
      },
      onClose: (from) => {
        this.#pages.delete(from);
        this.#onSaid();
        this.#activity();
      },
      onBug: this.#options.onBug,
    });
    this.#pages.add(page);
    return page;
  }

  /** The browser noticed that the network came or went. */
  networkChanged(isOnline: boolean): void {
    if (this.#opening?.isOpen === true) this.#opening.engine.network.networkChanged(isOnline);
  }

  /**
   * Forgets the key and everything decrypted; every page is told. A page hands over what was begun in it and then says
   * `lock`: the first that does so does not cut off the others. Whoever opens meanwhile waits for all of it.
   */
  async lock(): Promise<void> {
    this.#onSaid();
    this.#locking ??= this.#lock().finally(() => {
      this.#locking = undefined;
      this.#said.clear();
    });
    await this.#locking;
  }

  async #lock(): Promise<void> {
    const patience = this.#patience();
    await Promise.race([this.#everyPageSaid(), patience]);
    // What was written just before is on disk first.
    const written = Promise.all([...this.#pages].map((page) => page.written()));
    this.#closing = this.#closing.then(() => Promise.race([written, patience])).then(() => undefined);
    await this.close(cacheIsLocked());
  }

  /** Resolves once each page has said `lock`, or is gone. */
  async #everyPageSaid(): Promise<void> {
    while ([...this.#pages].some((page) => !this.#said.has(page))) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onSaid = resolve;
      await promise;
    }
  }

  /** A disk that does not answer must not keep the key in memory. */
  #patience(): Promise<void> {
    return new Promise((resolve) => {
      this.#options.clock.setTimeout(resolve, WRITING_MS);
    });
  }

  async close(reason?: Problem): Promise<void> {
    const current = this.#opening;
    this.#opening = undefined;
    for (const page of this.#pages) {
      if (reason === undefined) page.detach();
      else if (!this.#said.has(page)) page.fail(reason);
    }
    if (current !== undefined) this.#closing = this.#closing.then(() => current.engine.close());
    await this.#closing;
  }

  async #open(page: PageConnection, message: OpenMessage): Promise<void> {
    if (this.#locking !== undefined) await this.#locking;
    // Looked at again after each wait: another page may have opened what this one asks for.
    for (let current = this.#opening; current !== undefined; current = this.#opening) {
      if (isSameProfile(current.message, message)) {
        const isOtherCeiling = (current.message.ceiling ?? null) !== (message.ceiling ?? null);
        current.message = message;
        if (current.isOpen) page.attach(current.engine);
        this.#activity();
        if (isOtherCeiling && current.isOpen) await current.engine.setCeiling(message.ceiling);
        return;
      }
      if (isNextKey(current, message)) {
        current.message = message;
        await current.engine.rekey(message);
        return;
      }
      await this.close(new AppError("locked", { title: "The key has changed" }).problem);
    }
    await this.#start(message);
  }

  async #start(message: OpenMessage): Promise<void> {
    const onRotated = (keyId: string) => {
      for (const page of this.#pages) page.rotated(keyId);
    };
    const volatile = (accountId: string) => this.#volatileOf(accountId);
    const engine = new Engine({ ...this.#options, onRotated, volatile }, message);
    const opening = { message, engine, isOpen: false };
    this.#opening = opening;
    await this.#closing;
    try {
      await engine.open((problem) => {
        engine.session.problem = problem;
        for (const page of this.#pages) page.tell(engine.sessionInfo());
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Closed meanwhile: whoever closed it has told the pages.
      if (this.#opening !== opening) return;
      this.#opening = undefined;
      for (const page of this.#pages) page.fail(error.problem);
      return;
    }
    if (this.#opening !== opening) return;
    engine.session.problem = null;
    opening.isOpen = true;
    // Another one may have been told while it was being opened.
    if ((opening.message.ceiling ?? null) !== (message.ceiling ?? null))
      await engine.setCeiling(opening.message.ceiling);
    for (const page of this.#pages) page.attach(engine);
    this.#activity();
  }

  async #clear(): Promise<void> {
    const current = this.#opening;
    if (current === undefined) throw new AppError("locked", { title: "The cache is locked" });
    await current.engine.clear();
    // Locked meanwhile: it stays locked.
    if (this.#opening !== current) return;
    this.#opening = undefined;
    this.#closing = this.#closing.then(() => current.engine.close());
    await this.#start(current.message);
  }

  #volatileOf(accountId: string): VolatileRecords {
    const records = this.#volatile.get(accountId) ?? new VolatileRecords();
    this.#volatile.set(accountId, records);
    return records;
  }

  #activity(): void {
    if (this.#opening?.isOpen !== true) return;
    this.#opening.engine.network.setAttended(this.#pages.size > 0);
    this.#opening.engine.network.setActive([...this.#pages].some((page) => page.isActive));
  }
}

function cacheIsLocked(): Problem {
  return new AppError("locked", { title: "The cache is locked" }).problem;
}

/** The same account, which has got a new key while it was open. */
function isNextKey(
  { message: before, isOpen }: { message: OpenMessage; isOpen: boolean },
  next: OpenMessage,
): boolean {
  return isOpen && before.accountId === next.accountId && before.keyId === next.previous?.keyId;
}

function isSameProfile(a: OpenMessage, b: OpenMessage): boolean {
  return a.accountId === b.accountId && a.keyId === b.keyId;
}
