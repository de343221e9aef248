import { createHash, randomBytes } from "node:crypto";
import type { AccountId } from "#contract/bridge.ts";
import type { SecretStore } from "./secret-store.ts";

export interface CacheKey {
  /** AES-256, base64. */
  key: string;
  /** Tells one key from another without giving it away. */
  keyId: string;
}

/** Hands out the key of an account's cache, the same one to every window that asks at once. */
export class CacheKeys {
  readonly #secrets: SecretStore;
  readonly #asked = new Map<AccountId, Promise<CacheKey>>();

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  /** Makes it when there is none. */
  async get(accountId: AccountId): Promise<CacheKey> {
    const asked = this.#asked.get(accountId) ?? this.#load(accountId);
    this.#asked.set(accountId, asked);
    try {
      return await asked;
    } finally {
      this.#asked.delete(accountId);
    }
  }

  async forget(accountId: AccountId): Promise<void> {
    await this.#secrets.delete(secretName(accountId));
  }

  async #load(accountId: AccountId): Promise<CacheKey> {
    const name = secretName(accountId);
    const known = await this.#secrets.get(name);
    if (known !== undefined) return { key: known, keyId: keyIdOf(known) };
    const key = randomBytes(32).toString("base64");
    await this.#secrets.set(name, key);
    return { key, keyId: keyIdOf(key) };
  }
}

function secretName(accountId: AccountId): string {
  return `cache-key/${accountId}`;
}

function keyIdOf(key: string): string {
  return createHash("sha256").update(`parvis cache key ${key}`).digest("hex").slice(0, 16);
}
