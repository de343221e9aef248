import { randomBytes } from "node:crypto";
import type { LockStatus } from "#contract/desktop/lock.ts";
import { AppError } from "#contract/problem.ts";
import { toIsoTime } from "#contract/time.ts";
import type { HostEvents } from "../events.ts";
import { createKdf, DEFAULT_COST, deriveKey, seal, unseal, type Vault } from "../secrets/passphrase-vault.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import { isSealed, openText, sealText, type KeyGuard } from "./key-guard.ts";
import { openLockFile, type LockFile } from "./lock-file.ts";

export interface LockOptions {
  dataDir: string;
  secrets: SecretStore;
  events: HostEvents;
  onDamaged: (message: string) => void;
  now: () => number;
  /** The organisation wants Parvis to lock. */
  isLockWanted?: () => boolean;
  /** scrypt cost of a new code. */
  cost?: number;
}

type Reason = NonNullable<LockStatus["reason"]>;

/** So many wrong codes cost nothing; then each doubles the time until the next. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * Whether Parvis shows anything. With a code the cache keys are sealed under it, so that locking is more than a curtain:
 * the key that opens them is forgotten. Where the secrets are under a passphrase, that passphrase is the code. The tokens
 * stay usable by the host: notifications go on, without content.
 */
export class LockService implements KeyGuard {
  readonly #options: LockOptions;
  readonly #file: LockFile;
  #vault: Vault | null = null;
  #key: Buffer | undefined;
  /** While the code is being taken away: what is opened is not sealed again. */
  #isUnsealing = false;
  #isPassphrase = false;
  #reason: Reason | null = null;
  #blockedUntilMs = 0;
  #failures = 0;
  #untilLocked = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: LockOptions) {
    this.#options = options;
    this.#file = openLockFile(options.dataDir, options.onDamaged);
  }

  static async open(options: LockOptions): Promise<LockService> {
    const service = new LockService(options);
    const { vault, failures, blockedUntil } = await service.#file.read();
    service.#vault = vault;
    service.#failures = failures;
    service.#blockedUntilMs = blockedUntil === null ? 0 : Date.parse(blockedUntil);
    await service.#look();
    if (vault !== null) service.#close("start");
    return service;
  }

  status(): LockStatus {
    const waitMs = Math.max(0, this.#blockedUntilMs - this.#options.now());
    const method = this.#vault !== null ? "code" : this.#isPassphrase ? "passphrase" : "none";
    const status = { isLocked: this.isLocked, reason: this.#reason, method } as const;
    const isCodeRequired = method === "none" && this.#options.isLockWanted?.() === true;
    return {
      ...status,
      retryAfter: Math.ceil(waitMs / 1000),
      ...(isCodeRequired ? { isCodeRequired } : {}),
    };
  }

  get isLocked(): boolean {
    return this.#reason !== null;
  }

  /** Aborted when Parvis locks: whatever a page has under way ends with it. */
  get untilLocked(): AbortSignal {
    return this.#untilLocked.signal;
  }

  seal(text: string): string {
    this.assertOpen();
    return this.#key === undefined || this.#isUnsealing ? text : sealText(text, this.#key);
  }

  open(stored: string): string {
    this.assertOpen();
    if (!isSealed(stored)) return stored;
    if (this.#key === undefined) throw lostCode();
    return openText(stored, this.#key);
  }

  /** @throws AppError locked */
  assertOpen(): void {
    if (this.isLocked) throw new AppError("locked", { title: "Parvis is locked", detail: "Give the code." });
  }

  /**
   * Also while the organisation wants Parvis to lock and nothing was chosen yet that could.
   * @throws AppError locked
   */
  assertGuarded(): void {
    this.assertOpen();
    if (this.status().isCodeRequired !== true) return;
    throw new AppError("locked", {
      title: "A lock code has to be chosen first",
      detail: "The organisation wants Parvis to lock on this machine: choose a code in its window.",
    });
  }

  /** @throws AppError unsupported while there is nothing that could open it again */
  async lock(reason: Reason): Promise<LockStatus> {
    if (this.isLocked) return this.status();
    if (this.#vault === null && !(await this.#lockPassphrase())) {
      throw new AppError("unsupported", {
        title: "There is no code to lock with",
        detail: "Choose one in Settings, Security.",
      });
    }
    this.#close(reason);
    return this.#tell();
  }

  /** @throws AppError signInFailed for a wrong code, rateLimited while none is tried */
  unlock(code: string): Promise<LockStatus> {
    return this.#inTurn(async () => {
      if (!this.isLocked) return this.status();
      if (this.#vault === null) await this.#unlockPassphrase(code);
      else this.#key = await this.#openVault(this.#vault, code);
      // Opened, the secrets may have moved to where no passphrase is needed.
      await this.#look();
      return this.#open();
    });
  }

  /** The secrets may be elsewhere now: whether a passphrase locks them is another matter then. */
  async storeChanged(): Promise<void> {
    const before = this.#isPassphrase;
    await this.#look();
    if (before !== this.#isPassphrase) this.#tell();
  }

  #open(): LockStatus {
    if (!this.isLocked) return this.status();
    this.#reason = null;
    this.#untilLocked = new AbortController();
    return this.#tell();
  }

  /** `reseal` writes every cache key anew: called once the new code is on disk. */
  setCode(code: string, current: string | undefined, reseal: () => Promise<void>): Promise<LockStatus> {
    return this.#inTurn(async () => {
      this.assertOpen();
      const key = this.#vault === null ? randomBytes(32) : await this.#openVault(this.#vault, current ?? "");
      const kdf = createKdf(this.#options.cost ?? DEFAULT_COST);
      const vault = seal({ key: key.toString("base64") }, await deriveKey(code, kdf), kdf);
      await this.#file.update((file) => ({ ...file, vault }));
      this.#vault = vault;
      // Locked meanwhile: the key stays forgotten, and is the same under the new code.
      this.assertOpen();
      this.#key = key;
      // Keys that are not sealed yet are read as they are: cut off here, it goes on with the next start.
      await reseal();
      return this.#tell();
    });
  }

  /** Wrong ones are counted as wrong codes are: whoever sits down here must not try passphrases at leisure. */
  changePassphrase(current: string, next: string): Promise<void> {
    return this.#inTurn(async () => {
      this.assertOpen();
      const { secrets } = this.#options;
      if (secrets.changePassphrase === undefined) throw new AppError("unsupported");
      await this.#tried(async () => secrets.changePassphrase?.(current, next));
    });
  }

  removeCode(current: string, reseal: () => Promise<void>): Promise<LockStatus> {
    return this.#inTurn(async () => {
      this.assertOpen();
      if (this.#vault === null) return this.status();
      await this.#openVault(this.#vault, current);
      this.#isUnsealing = true;
      try {
        await reseal();
      } finally {
        this.#isUnsealing = false;
      }
      this.#key = undefined;
      await this.#file.update((file) => ({ ...file, vault: null, failures: 0, blockedUntil: null }));
      this.#vault = null;
      // Locked meanwhile, with what is no more: nothing could open it again.
      if (this.isLocked) return this.#open();
      return this.#tell();
    });
  }

  /** Forgets the code and what it sealed; for whoever has forgotten it. */
  forgetCode(): Promise<LockStatus> {
    return this.#inTurn(async () => {
      await this.#file.update((file) => ({ ...file, vault: null, failures: 0, blockedUntil: null }));
      this.#vault = null;
      this.#key = undefined;
      this.#failures = 0;
      this.#blockedUntilMs = 0;
      this.#reason = null;
      this.#untilLocked = new AbortController();
      await this.#look();
      return this.#tell();
    });
  }

  async #look(): Promise<void> {
    this.#isPassphrase = (await this.#options.secrets.status()).store === "passphraseFile";
  }

  #close(reason: Reason): void {
    this.#reason = reason;
    this.#key = undefined;
    this.#untilLocked.abort(new AppError("locked", { title: "Parvis was locked" }));
  }

  async #lockPassphrase(): Promise<boolean> {
    const { secrets, events } = this.#options;
    await this.#look();
    if (!this.#isPassphrase) return false;
    await secrets.lock();
    events.emit({ type: "secretsChanged", status: await secrets.status() });
    return true;
  }

  /** Pages that were told of locked secrets ask for nothing more. */
  async #unlockPassphrase(passphrase: string): Promise<void> {
    const { secrets, events } = this.#options;
    const status = await this.#tried(() => secrets.unlock(passphrase));
    events.emit({ type: "secretsChanged", status });
  }

  async #openVault(vault: Vault, code: string): Promise<Buffer> {
    const { key = "" } = await this.#tried(async () => unseal(vault, await deriveKey(code, vault.kdf)));
    return Buffer.from(key, "base64");
  }

  /** Counted before it is tried. */
  async #tried<T>(run: () => Promise<T>): Promise<T> {
    const { retryAfter } = this.status();
    if (retryAfter > 0) {
      throw new AppError("rateLimited", {
        title: "Too many wrong codes",
        detail: `The next one is tried in ${retryAfter} s.`,
        retryAfter,
      });
    }
    await this.#count(this.#failures + 1);
    try {
      const value = await run();
      await this.#count(0);
      return value;
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "locked") throw error;
      throw new AppError("signInFailed", { title: "This code is not the right one", cause: error });
    }
  }

  async #count(failures: number): Promise<void> {
    const excess = failures - FREE_TRIES;
    const waitMs = excess < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** excess);
    this.#failures = failures;
    this.#blockedUntilMs = waitMs === 0 ? 0 : this.#options.now() + waitMs;
    const blockedUntil = waitMs === 0 ? null : toIsoTime(this.#blockedUntilMs);
    await this.#file.update((file) => ({ ...file, failures, blockedUntil }));
  }

  #tell(): LockStatus {
    const status = this.status();
    this.#options.events.emit({ type: "lockChanged", status });
    return status;
  }

  async #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run, run);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function lostCode(): AppError {
  return new AppError("secretsUnavailable", {
    title: "The file with the lock is gone",
    detail:
      "The cache key was sealed under a code that is no longer known here. Sign in again: the cache is fetched anew.",
  });
}
