import { readFile, rm } from "node:fs/promises";
import type { SecretsStatus } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { errorCode, writeFileAtomic } from "../files/atomic-file.ts";
import { isReadOnly } from "../files/json-file.ts";
import {
  createKdf,
  DEFAULT_COST,
  deriveKey,
  seal,
  unseal,
  vaultSchema,
  type Entries,
  type Kdf,
  type Vault,
} from "./passphrase-vault.ts";
import type { SecretStore } from "./secret-store.ts";

export interface FallbackOptions {
  /** Of the encrypted file. */
  path: string;
  /** Why the system's keyring is not used. */
  reason: string;
  /** scrypt cost of a new file. */
  cost?: number;
  /** Nothing may be written, not even under a passphrase. */
  isMemoryOnly?: boolean;
}

interface Opened {
  key: Buffer;
  kdf: Kdf;
}

/**
 * For machines without a keyring: an encrypted file under a passphrase once the person has chosen one, until then
 * memory only. Nothing is ever written in clear.
 */
export class FallbackStore implements SecretStore {
  readonly #options: FallbackOptions;
  /** What is on disk and not open. */
  #sealed: Vault | undefined;
  #opened: Opened | undefined;
  #entries: Entries = {};
  #turn: Promise<void> = Promise.resolve();

  private constructor(options: FallbackOptions, vault: Vault | undefined) {
    this.#options = options;
    this.#sealed = vault;
  }

  /** @throws AppError secretsUnavailable when the file exists and is not one of ours. */
  static async open(options: FallbackOptions): Promise<FallbackStore> {
    const isFile = options.isMemoryOnly !== true;
    return new FallbackStore(options, isFile ? await readVault(options.path) : undefined);
  }

  async get(name: string): Promise<string | undefined> {
    this.#assertOpen();
    return this.#entries[name];
  }

  async set(name: string, value: string): Promise<void> {
    await this.#change((entries) => ({ ...entries, [name]: value }));
  }

  async delete(name: string): Promise<void> {
    await this.#change((entries) =>
      Object.fromEntries(Object.entries(entries).filter(([key]) => key !== name)),
    );
  }

  async names(): Promise<string[]> {
    this.#assertOpen();
    return Object.keys(this.#entries);
  }

  /** The file needs not be open for that. Afterwards it is memory, until a passphrase is chosen anew. */
  async wipe(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#options.isMemoryOnly !== true) await rm(this.#options.path, { force: true });
      this.#sealed = undefined;
      this.#opened = undefined;
      this.#entries = {};
    });
  }

  /** @throws AppError locked when `current` is not the passphrase */
  async changePassphrase(current: string, next: string): Promise<void> {
    await this.#inTurn(async () => {
      const vault = await readVault(this.#options.path);
      if (this.#opened === undefined || vault === undefined) throw lockedFile();
      unseal(vault, await deriveKey(current, vault.kdf));
      await this.#begin(next);
    });
  }

  async status(): Promise<SecretsStatus> {
    const isFile = this.#sealed !== undefined || this.#opened !== undefined;
    return {
      store: isFile ? "passphraseFile" : "memory",
      isLocked: this.#sealed !== undefined,
      reason: this.#options.reason,
    };
  }

  /** Opens the file; without one, begins it under this passphrase with what memory holds. */
  async unlock(passphrase: string): Promise<SecretsStatus> {
    await this.#inTurn(async () => {
      if (this.#sealed !== undefined) await this.#unseal(this.#sealed, passphrase);
      else if (this.#opened === undefined && this.#options.isMemoryOnly !== true)
        await this.#begin(passphrase);
    });
    return this.status();
  }

  /** Forgets the key and everything it opened. Memory alone has nothing to open it again with: it stays. */
  async lock(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#opened === undefined) return;
      this.#sealed = await readVault(this.#options.path);
      this.#opened = undefined;
      this.#entries = {};
    });
  }

  async #unseal(vault: Vault, passphrase: string): Promise<void> {
    const key = await deriveKey(passphrase, vault.kdf);
    this.#entries = unseal(vault, key);
    this.#opened = { key, kdf: vault.kdf };
    this.#sealed = undefined;
  }

  async #begin(passphrase: string): Promise<void> {
    const kdf = createKdf(this.#options.cost ?? DEFAULT_COST);
    const opened = { key: await deriveKey(passphrase, kdf), kdf };
    await this.#save(this.#entries, opened);
    this.#opened = opened;
  }

  async #change(change: (entries: Entries) => Entries): Promise<void> {
    await this.#inTurn(async () => {
      this.#assertOpen();
      const entries = change(this.#entries);
      if (this.#opened !== undefined) await this.#save(entries, this.#opened);
      this.#entries = entries;
    });
  }

  async #save(entries: Entries, { key, kdf }: Opened): Promise<void> {
    const { path } = this.#options;
    try {
      await writeFileAtomic(path, `${JSON.stringify(seal(entries, key, kdf))}\n`);
    } catch (error) {
      if (!isReadOnly(error)) throw error;
      throw new AppError("secretsUnavailable", {
        title: "The file of secrets cannot be written",
        detail: `${path} is in a folder that cannot be written to: secrets are kept until Parvis closes, and then forgotten.`,
        cause: error,
      });
    }
  }

  #assertOpen(): void {
    if (this.#sealed !== undefined) throw lockedFile();
  }

  async #inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => undefined);
    await turn;
  }
}

function lockedFile(): AppError {
  return new AppError("locked", {
    title: "The secrets of this profile are locked",
    detail: "Give the passphrase chosen on this machine to unlock them.",
  });
}

async function readVault(path: string): Promise<Vault | undefined> {
  try {
    return vaultSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return undefined;
    throw new AppError("secretsUnavailable", {
      title: "The file of secrets cannot be read",
      detail: `${path} is damaged or was made by a newer version. Put it aside to begin a new one: every account then has to sign in again.`,
      cause: error,
    });
  }
}
