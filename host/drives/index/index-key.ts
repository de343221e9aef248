import { randomBytes } from "node:crypto";
import type { KeyGuard } from "../../lock/key-guard.ts";
import type { SecretStore } from "../../secrets/secret-store.ts";

const NAME = "drive-index-key";

/** The key of all names: in the secret store, and behind the lock code where one is chosen, as the cache's. */
export class IndexKey {
  readonly #secrets: SecretStore;
  readonly #guard: KeyGuard;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(secrets: SecretStore, guard: KeyGuard) {
    this.#secrets = secrets;
    this.#guard = guard;
  }

  /** Makes it when there is none. @throws AppError locked, secretsUnavailable */
  get(): Promise<Buffer> {
    return this.#inTurn(async () => {
      const stored = await this.#secrets.get(NAME);
      if (stored !== undefined) return Buffer.from(this.#guard.open(stored), "base64");
      const key = randomBytes(32);
      await this.#secrets.set(NAME, this.#guard.seal(key.toString("base64")));
      return key;
    });
  }

  /** Writes it as the guard wants it now. */
  reseal(): Promise<void> {
    return this.#inTurn(async () => {
      const stored = await this.#secrets.get(NAME);
      if (stored !== undefined) await this.#secrets.set(NAME, this.#guard.seal(this.#guard.open(stored)));
    });
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run, run);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
