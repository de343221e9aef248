import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "#contract/problem.ts";
import { FallbackStore } from "./fallback-store.ts";
import { KeyringStore } from "./keyring-store.ts";
import type { SecretStore } from "./secret-store.ts";

export interface ChooseOptions {
  dataDir: string;
  profileId: string;
  /** Whether this profile's secrets were put into the keyring before. */
  hasUsedKeyring: boolean;
  /** Opens, or begins, the passphrase file: for machines where nobody can be asked. */
  passphrase?: string | undefined;
  deadlineMs?: number;
  cost?: number;
}

export interface ChosenStore {
  store: SecretStore;
  isKeyring: boolean;
}

/**
 * The keyring where there is one; otherwise a file under a passphrase, or memory. A profile stays with what it began
 * with: were a locked keyring replaced by memory, a new cache key would be made and the cache, with what waits in it to
 * be sent, could not be read again.
 */
export async function chooseSecretStore(options: ChooseOptions): Promise<ChosenStore> {
  const path = join(options.dataDir, "secrets.json");
  if (existsSync(path) || options.passphrase !== undefined) {
    const store = await openFallback(options, path, "A passphrase was chosen for this profile.");
    return { store, isKeyring: false };
  }
  const keyring = new KeyringStore(options);
  const failure = await tryKeyring(keyring);
  if (failure === undefined || options.hasUsedKeyring) return { store: keyring, isKeyring: true };
  const reason = failure.problem.detail ?? failure.message;
  return { store: await openFallback(options, path, reason), isKeyring: false };
}

async function openFallback(options: ChooseOptions, path: string, reason: string): Promise<SecretStore> {
  const { cost, passphrase } = options;
  const store = await FallbackStore.open({ path, reason, ...(cost === undefined ? {} : { cost }) });
  if (passphrase !== undefined) await store.unlock(passphrase);
  return store;
}

async function tryKeyring(keyring: KeyringStore): Promise<AppError | undefined> {
  try {
    await keyring.check();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
