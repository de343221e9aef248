import { join } from "node:path";
import { safeStorage } from "electron";
import { z } from "zod";
import type { SecretsStatus } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { JsonFile } from "#host/files/json-file.ts";
import type { SecretStore, SystemStore } from "#host/secrets/secret-store.ts";

/** Ciphertexts by name: only this account of this machine's system can decrypt them. */
const fileSchema = z.object({ version: z.literal(1), entries: z.record(z.string(), z.base64()) });

export interface SafeStorageOptions {
  dataDir: string;
  platform: NodeJS.Platform;
  onDamaged: (message: string) => void;
}

/** The system's own encryption, where it is real. */
export function safeStorageSystem(options: SafeStorageOptions): SystemStore {
  return {
    kind: "safeStorage",
    store: new SafeStorageStore(options),
    whyUnavailable: () => whyUnavailable(options.platform),
  };
}

async function whyUnavailable(platform: NodeJS.Platform): Promise<string | undefined> {
  if (!(await safeStorage.isAsyncEncryptionAvailable()))
    return "The system offers no encryption for secrets.";
  if (platform !== "linux") return undefined;
  const backend = safeStorage.getSelectedStorageBackend();
  if (backend !== "basic_text" && backend !== "unknown") return undefined;
  // Its key is a constant of Chromium's source: not a secret.
  return "There is no keyring: the system would only hide secrets, not protect them.";
}

class SafeStorageStore implements SecretStore {
  readonly #file: JsonFile<z.infer<typeof fileSchema>>;

  constructor({ dataDir, onDamaged }: SafeStorageOptions) {
    this.#file = new JsonFile({
      path: join(dataDir, "secrets-system.json"),
      schema: fileSchema,
      empty: () => ({ version: 1, entries: {} }),
      onDamaged,
    });
  }

  async get(name: string): Promise<string | undefined> {
    const sealed = (await this.#file.read()).entries[name];
    if (sealed === undefined) return undefined;
    const { result, shouldReEncrypt } = await decrypt(sealed);
    if (shouldReEncrypt) await this.set(name, result);
    return result;
  }

  async set(name: string, value: string): Promise<void> {
    const sealed = (await safeStorage.encryptStringAsync(value)).toString("base64");
    await this.#file.update((file) => ({ ...file, entries: { ...file.entries, [name]: sealed } }));
  }

  async delete(name: string): Promise<void> {
    await this.#file.update((file) => ({
      ...file,
      entries: Object.fromEntries(Object.entries(file.entries).filter(([key]) => key !== name)),
    }));
  }

  async names(): Promise<string[]> {
    return Object.keys((await this.#file.read()).entries);
  }

  async wipe(): Promise<void> {
    await this.#file.update((file) => ({ ...file, entries: {} }));
  }

  async status(): Promise<SecretsStatus> {
    return { store: "safeStorage", isLocked: false };
  }

  async lock(): Promise<void> {
    // It is the system's to lock.
  }

  /** Open as long as the person is logged on to the system. */
  async unlock(): Promise<SecretsStatus> {
    return this.status();
  }
}

async function decrypt(sealed: string): Promise<Electron.DecryptStringAsyncReturnValue> {
  try {
    return await safeStorage.decryptStringAsync(Buffer.from(sealed, "base64"));
  } catch (cause) {
    throw new AppError("secretsUnavailable", {
      title: "A secret of this profile cannot be decrypted",
      detail:
        "It was kept by another account of this machine, or the system's own key has changed. Sign in again.",
      cause,
    });
  }
}
