import { randomBytes } from "node:crypto";
import type { SecretStore } from "../secrets/secret-store.ts";

const SECRET = "notices/key";

/** The key under which is kept what was typed into notifications. */
export class NoticeKey {
  readonly #secrets: Pick<SecretStore, "get" | "set">;
  #key: Promise<{ key: Buffer; isNew: boolean }> | undefined;

  constructor(secrets: Pick<SecretStore, "get" | "set">) {
    this.#secrets = secrets;
  }

  /**
   * `isNew`: what was sealed before this run cannot be opened any more.
   * @throws AppError locked, secretsUnavailable: it may be open at the next try
   */
  open(): Promise<{ key: Buffer; isNew: boolean }> {
    this.#key ??= this.#read().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }

  async #read(): Promise<{ key: Buffer; isNew: boolean }> {
    const known = await this.#secrets.get(SECRET);
    if (known !== undefined) return { key: Buffer.from(known, "base64"), isNew: false };
    const key = randomBytes(32);
    await this.#secrets.set(SECRET, key.toString("base64"));
    return { key, isNew: true };
  }
}
