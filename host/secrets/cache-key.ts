import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { AccountId } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { toIsoTime } from "#contract/time.ts";
import { openGuard, type KeyGuard } from "../lock/key-guard.ts";
import type { SecretStore } from "./secret-store.ts";

export interface CacheKey {
  /** AES-256, base64. */
  key: string;
  /** Tells one key from another without giving it away. */
  keyId: string;
}

export interface CacheKeyPair extends CacheKey {
  /** What is still under it is being written anew under the other. */
  previous?: CacheKey;
}

const entrySchema = z.object({
  current: z.base64(),
  previous: z.base64().optional(),
  madeAt: z.iso.datetime(),
});
type Entry = z.infer<typeof entrySchema>;

export interface CacheKeysOptions {
  secrets: SecretStore;
  /** What seals the keys beyond the store, while a lock code is chosen. */
  guard?: KeyGuard;
  now?: () => number;
}

/** Hands out the key of an account's cache, the same one to every window that asks at once. */
export class CacheKeys {
  readonly #secrets: SecretStore;
  readonly #guard: KeyGuard;
  readonly #now: () => number;
  readonly #turns = new Map<AccountId, Promise<unknown>>();

  constructor({ secrets, guard = openGuard, now = Date.now }: CacheKeysOptions) {
    this.#secrets = secrets;
    this.#guard = guard;
    this.#now = now;
  }

  /**
   * Makes it when there is none.
   * @throws AppError locked
   */
  get(accountId: AccountId): Promise<CacheKeyPair> {
    return this.#inTurn(accountId, async () =>
      asPair((await this.#read(accountId)) ?? (await this.#make(accountId))),
    );
  }

  forget(accountId: AccountId): Promise<void> {
    return this.#inTurn(accountId, () => this.#secrets.delete(secretName(accountId)));
  }

  /**
   * A new key; the one before is kept until nothing is left under it.
   * @throws AppError conflict while the last change is still under way
   */
  rotate(accountId: AccountId): Promise<CacheKeyPair> {
    return this.#inTurn(accountId, async () => {
      const entry = await this.#read(accountId);
      if (entry?.previous !== undefined) {
        throw new AppError("conflict", {
          title: "The cache is still being written under its newest key",
          detail: "Leave Parvis open for a while, then try again.",
        });
      }
      return asPair(await this.#make(accountId, entry?.current));
    });
  }

  /** Nothing is left under the previous key. */
  rotated(accountId: AccountId, keyId: string): Promise<void> {
    return this.#inTurn(accountId, async () => {
      const entry = await this.#read(accountId);
      if (entry?.previous === undefined || keyIdOf(entry.current) !== keyId) return;
      const { previous: _done, ...kept } = entry;
      await this.#write(accountId, kept);
    });
  }

  /** Since when the key is in use; undefined when there is none. */
  async madeAt(accountId: AccountId): Promise<number | undefined> {
    const entry = await this.#inTurn(accountId, () => this.#read(accountId));
    return entry === undefined ? undefined : Date.parse(entry.madeAt);
  }

  /** Writes the keys of these accounts as the guard wants them now. */
  async reseal(accountIds: readonly AccountId[]): Promise<void> {
    for (const id of accountIds) {
      await this.#inTurn(id, async () => {
        const entry = await this.#read(id);
        if (entry !== undefined) await this.#write(id, entry);
      });
    }
  }

  async #make(accountId: AccountId, previous?: string): Promise<Entry> {
    const entry: Entry = {
      current: randomBytes(32).toString("base64"),
      ...(previous === undefined ? {} : { previous }),
      madeAt: toIsoTime(this.#now()),
    };
    await this.#write(accountId, entry);
    return entry;
  }

  async #read(accountId: AccountId): Promise<Entry | undefined> {
    const stored = await this.#secrets.get(secretName(accountId));
    if (stored === undefined) {
      // Locked, none must be made either: it would not be sealed.
      this.#guard.seal("");
      return undefined;
    }
    const text = this.#guard.open(stored);
    // The first profiles kept the key alone.
    if (!text.startsWith("{")) return { current: text, madeAt: toIsoTime(this.#now()) };
    return entrySchema.parse(JSON.parse(text));
  }

  async #write(accountId: AccountId, entry: Entry): Promise<void> {
    await this.#secrets.set(secretName(accountId), this.#guard.seal(JSON.stringify(entry)));
  }

  async #inTurn<T>(accountId: AccountId, run: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(accountId) ?? Promise.resolve()).then(run, run);
    this.#turns.set(
      accountId,
      turn.catch(() => undefined),
    );
    return turn;
  }
}

function asPair({ current, previous }: Entry): CacheKeyPair {
  const pair = { key: current, keyId: keyIdOf(current) };
  return previous === undefined ? pair : { ...pair, previous: { key: previous, keyId: keyIdOf(previous) } };
}

function secretName(accountId: AccountId): string {
  return `cache-key/${accountId}`;
}

function keyIdOf(key: string): string {
  return createHash("sha256").update(`parvis cache key ${key}`).digest("hex").slice(0, 16);
}
