import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#contract/problem.ts";
import type { PolicyValue } from "#contract/policies.ts";
import type { ProfileFile, StoreKind } from "../profile/profile.ts";
import { FallbackStore } from "./fallback-store.ts";
import { moveSecrets } from "./move-secrets.ts";
import { ProfileSecrets, type Destination } from "./profile-secrets.ts";
import type { SecretStore, SystemStore } from "./secret-store.ts";

export interface SecretsOptions {
  /**
   * Each shell has secrets of its own in a profile: neither can read what the system keeps for the other, and the caches that
   * the keys are for are not shared either. Coming from the other one, a person signs in again.
   */
  shell: "browser" | "electron";
  dataDir: string;
  profile: ProfileFile;
  system: SystemStore;
  /** What the organisation wants. */
  policy?: PolicyValue<"CacheKeyStore"> | undefined;
  /** Opens, or begins, the passphrase file: for machines where nobody can be asked. */
  passphrase?: string | undefined;
  onNotice: (message: string) => void;
  cost?: number;
  /** Told before each step of a move; tests end the process there. */
  onStep?: () => void;
}

type Place = StoreKind | "memory";

interface Situation {
  /** Where this shell's secrets are; undefined for a profile that has none. */
  current: StoreKind | undefined;
  wanted: Place;
  /** Why the system's store is not used. */
  reason: string;
}

/**
 * The system's store where there is one; otherwise a file under a passphrase, or memory. What the profile began with stays
 * until everything has been moved: were a locked keyring replaced by memory, a new cache key would be made, and the cache
 * with what waits in it to be sent could not be read again.
 */
export async function openSecrets(options: SecretsOptions): Promise<SecretStore> {
  await finishRetiring(options);
  const situation = await judge(options);
  const { current, wanted } = situation;
  const place = current ?? wanted;
  if (place === options.system.kind) await remember(options, place);
  const secrets = new ProfileSecrets({
    store: place === options.system.kind ? options.system.store : await openFile(options, situation, place),
    destination: place === wanted ? undefined : destinationTo(situation, options),
    onNotice: options.onNotice,
    onOpened: async ({ store }) => {
      if (store === "passphraseFile") await remember(options, store);
    },
  });
  const { passphrase } = options;
  if (passphrase !== undefined && place === "passphraseFile") await openOrKeep(secrets, passphrase, options);
  else await secrets.tryToMove(wanted === "passphraseFile" ? passphrase : undefined);
  return secrets;
}

/** Where no file can be begun, memory has to do. */
async function openOrKeep(secrets: SecretStore, passphrase: string, options: SecretsOptions): Promise<void> {
  try {
    await secrets.unlock(passphrase);
  } catch (error) {
    const isKept = error instanceof AppError && error.kind === "secretsUnavailable";
    if (!isKept || (await secrets.status()).store !== "memory") throw error;
    options.onNotice(error.problem.detail ?? error.problem.title);
  }
}

async function judge({ policy = "any", passphrase, ...options }: SecretsOptions): Promise<Situation> {
  const current = await currentPlace(options);
  if (policy === "memory" || policy === "passphrase") {
    const wanted = policy === "memory" ? policy : "passphraseFile";
    return { current, wanted, reason: "The organisation wants secrets kept like this." };
  }
  if (policy === "any" && passphrase !== undefined) {
    return { current, wanted: "passphraseFile", reason: "A passphrase was chosen for this profile." };
  }
  const why = await options.system.whyUnavailable();
  if (why === undefined) {
    return { current, wanted: options.system.kind, reason: "A passphrase was chosen for this profile." };
  }
  // Under “system” nothing else may be on disk; what is there already stays until it can be moved.
  return { current, wanted: current ?? (policy === "system" ? "memory" : "passphraseFile"), reason: why };
}

type Where = Pick<SecretsOptions, "shell" | "dataDir" | "profile">;

async function currentPlace({ shell, dataDir, profile }: Where): Promise<StoreKind | undefined> {
  const { secretStores, hasUsedKeyring } = await profile.read();
  const known = secretStores[shell];
  if (known !== undefined) return known;
  // Profiles from before this was written down.
  if (existsSync(filePath(shell, dataDir))) return "passphraseFile";
  if (shell === "browser") return hasUsedKeyring ? "keyring" : undefined;
  return existsSync(join(dataDir, SYSTEM_FILE)) ? "safeStorage" : undefined;
}

function openFile(options: SecretsOptions, { reason }: Situation, place: Place): Promise<FallbackStore> {
  const { shell, dataDir, cost } = options;
  return FallbackStore.open({
    path: filePath(shell, dataDir),
    reason,
    isMemoryOnly: place === "memory",
    ...(cost === undefined ? {} : { cost }),
  });
}

function destinationTo(situation: Situation, options: SecretsOptions): Destination {
  const { wanted } = situation;
  return {
    needsPassphrase: wanted === "passphraseFile",
    async move(from, passphrase) {
      const to = await emptied(situation, options, passphrase);
      const old = (await from.status()).store;
      await moveSecrets({
        from,
        to,
        commit: () => remember(options, wanted, old === "memory" ? undefined : old),
        finish: () => forgetRetired(options),
        onStep: options.onStep,
      });
      return to;
    },
  };
}

/** What a move that was cut off left there is not in force: it is copied again. */
async function emptied(
  situation: Situation,
  options: SecretsOptions,
  passphrase: string,
): Promise<SecretStore> {
  const { system, shell, dataDir } = options;
  if (situation.wanted === system.kind) {
    await system.store.wipe();
    return system.store;
  }
  if (situation.wanted === "passphraseFile") await rm(filePath(shell, dataDir), { force: true });
  const store = await openFile(options, situation, situation.wanted);
  if (situation.wanted === "passphraseFile") await store.unlock(passphrase);
  return store;
}

/** Which store is in force, and which one is still to be wiped. */
async function remember({ shell, profile }: Where, place: Place, retiring?: StoreKind): Promise<void> {
  const known = place === "memory" ? undefined : place;
  const now = await profile.read();
  if (now.secretStores[shell] === known && retiring === undefined) return;
  await profile.update((current) => ({
    ...current,
    hasUsedKeyring: shell === "browser" ? known === "keyring" : current.hasUsedKeyring,
    secretStores: { ...current.secretStores, [shell]: known },
    retiringStores: { ...current.retiringStores, [shell]: retiring },
  }));
}

async function forgetRetired({ shell, profile }: Where): Promise<void> {
  await profile.update((current) => ({
    ...current,
    retiringStores: { ...current.retiringStores, [shell]: undefined },
  }));
}

/** A move was cut off after the change over: the old store is wiped now. */
async function finishRetiring(options: SecretsOptions): Promise<void> {
  const { shell, dataDir, profile, system, onNotice } = options;
  const { retiringStores, secretStores } = await profile.read();
  const retiring = retiringStores[shell];
  if (retiring === undefined) return;
  try {
    if (retiring === "passphraseFile") await rm(filePath(shell, dataDir), { force: true });
    else if (retiring === system.kind && secretStores[shell] !== retiring) await system.store.wipe();
    await forgetRetired(options);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    onNotice(`Old secrets could not be deleted yet: ${error.problem.detail ?? error.problem.title}`);
  }
}

const SYSTEM_FILE = "secrets-system.json";

function filePath(shell: SecretsOptions["shell"], dataDir: string): string {
  return join(dataDir, shell === "browser" ? "secrets.json" : "secrets-electron.json");
}

/** Read once, and out of sight of every process that is started from here. */
export function takePassphrase(env: NodeJS.ProcessEnv): string | undefined {
  const passphrase = env["PARVIS_PASSPHRASE"];
  delete env["PARVIS_PASSPHRASE"];
  return passphrase;
}
