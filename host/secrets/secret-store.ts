import type { SecretsStatus } from "#contract/bridge.ts";

/**
 * Where tokens and cache keys are kept. A name is a path such as `tokens/ID`; a value is short text.
 * Every call may fail with `locked` (a person must unlock it) or `secretsUnavailable`.
 */
export interface SecretStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  /** Does nothing when there is no such secret. */
  delete(name: string): Promise<void>;
  /** Of everything that is kept, so that moving and wiping leave nothing out. */
  names(): Promise<string[]>;
  /** Leaves nothing; also what only a person could open, where that can be deleted unopened. */
  wipe(): Promise<void>;
  status(): Promise<SecretsStatus>;
  unlock(passphrase: string): Promise<SecretsStatus>;
  /** Forgets what opens it, where a person can open it again by a passphrase; elsewhere the system locks. */
  lock(): Promise<void>;
  /**
   * Only where a passphrase opens it.
   * @throws AppError locked when `current` is not the passphrase
   */
  changePassphrase?(current: string, next: string): Promise<void>;
}

/** A store of the system: this shell's way to it. */
export interface SystemStore {
  kind: "keyring" | "safeStorage";
  store: SecretStore;
  /** Undefined: it can be used now. */
  whyUnavailable(): Promise<string | undefined>;
}
