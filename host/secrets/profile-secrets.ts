import type { SecretsStatus } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import type { SecretStore } from "./secret-store.ts";

/** Another store that these secrets are to be in. */
export interface Destination {
  /** It is the person's to choose a passphrase for it first. */
  needsPassphrase: boolean;
  /** Moves everything out of `from` and answers the store that is in force from then on. */
  move(from: SecretStore, passphrase: string): Promise<SecretStore>;
}

export interface ProfileSecretsOptions {
  store: SecretStore;
  destination: Destination | undefined;
  onNotice: (message: string) => void;
  /** A person has opened the store. */
  onOpened: (status: SecretsStatus) => Promise<void>;
}

/**
 * The secrets of a profile, wherever they are now. They move as soon as both stores are open, at the start or when the person
 * unlocks; until then, and whenever moving fails, they stay where they are.
 */
export class ProfileSecrets implements SecretStore {
  readonly #options: ProfileSecretsOptions;
  #store: SecretStore;
  #destination: Destination | undefined;
  #moving: Promise<unknown> | undefined;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: ProfileSecretsOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#destination = options.destination;
  }

  get(name: string): Promise<string | undefined> {
    return this.#use((store) => store.get(name));
  }

  set(name: string, value: string): Promise<void> {
    return this.#use((store) => store.set(name, value));
  }

  delete(name: string): Promise<void> {
    return this.#use((store) => store.delete(name));
  }

  names(): Promise<string[]> {
    return this.#use((store) => store.names());
  }

  wipe(): Promise<void> {
    return this.#use((store) => store.wipe());
  }

  lock(): Promise<void> {
    return this.#use((store) => store.lock());
  }

  changePassphrase(current: string, next: string): Promise<void> {
    return this.#use(async (store) => {
      if ((await store.status()).store !== "passphraseFile" || store.changePassphrase === undefined) {
        throw new AppError("unsupported", {
          title: "There is no passphrase to change",
          detail: "The secrets of this profile are kept elsewhere.",
        });
      }
      await store.changePassphrase(current, next);
    });
  }

  async status(): Promise<SecretsStatus> {
    const status = await this.#use((store) => store.status());
    return this.#destination?.needsPassphrase === true ? { ...status, isPassphraseWanted: true } : status;
  }

  /** Where a passphrase is wanted for another store, this is the one. */
  async unlock(passphrase: string): Promise<SecretsStatus> {
    const isForNext = this.#destination?.needsPassphrase === true;
    await this.#use((store) => store.unlock(passphrase));
    if (isForNext) await this.#move(passphrase);
    else await this.tryToMove();
    const status = await this.status();
    await this.#options.onOpened(status);
    return status;
  }

  /** Now, if nobody has to be asked first. What keeps it from moving is told, and is no failure. */
  async tryToMove(passphrase?: string): Promise<void> {
    if (this.#destination === undefined) return;
    if (this.#destination.needsPassphrase && passphrase === undefined) return;
    if ((await this.#store.status()).isLocked) return;
    try {
      await this.#move(passphrase ?? "");
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#options.onNotice(`Secrets stay where they are: ${error.problem.detail ?? error.problem.title}`);
    }
  }

  async #move(passphrase: string): Promise<void> {
    const destination = this.#destination;
    if (destination === undefined || this.#moving !== undefined) return;
    const moving = (async () => {
      await Promise.allSettled(this.#running);
      this.#store = await destination.move(this.#store, passphrase);
      this.#destination = undefined;
    })();
    this.#moving = moving.catch(() => undefined);
    try {
      await moving;
    } finally {
      this.#moving = undefined;
    }
  }

  /** Nothing is read or written while everything moves. */
  async #use<T>(run: (store: SecretStore) => Promise<T>): Promise<T> {
    while (this.#moving !== undefined) await this.#moving;
    const work = run(this.#store);
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }
}
