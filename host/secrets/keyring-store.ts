import { AsyncEntry, type EntryOptions } from "keytar";
import { z } from "zod";
import type { SecretsStatus } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import type { SecretStore, SystemStore } from "./secret-store.ts";

/**
 * Pinned: left alone the library silently falls back to the kernel's keyring, which forgets everything at log-out.
 * This is why the entry class is used rather than the keytar functions, which cannot be pinned.
 */
const OPTIONS: EntryOptions = { linux: { store: "secret-service" } };

/** The list of all others. */
const NAMES = "names";
const namesSchema = z.array(z.string());

export interface KeyringOptions {
  /** Keeps the secrets of one profile apart from another's. */
  profileId: string;
  /** How long the keyring may take; a locked one waits for a person, for ever if there is no screen. */
  deadlineMs?: number;
}

/** The keyring of the system: Credential Manager, Keychain or the Secret Service. */
export class KeyringStore implements SecretStore {
  readonly #profileId: string;
  readonly #deadlineMs: number;
  #failure: AppError | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ profileId, deadlineMs = 5000 }: KeyringOptions) {
    this.#profileId = profileId;
    this.#deadlineMs = deadlineMs;
  }

  async get(name: string): Promise<string | undefined> {
    return (await this.#ask(name, (entry, signal) => entry.getPassword(signal))) ?? undefined;
  }

  set(name: string, value: string): Promise<void> {
    return this.#inTurn(async () => {
      const names = await this.names();
      // Before the secret itself: what is listed may not be there, what is there is listed.
      if (!names.includes(name)) await this.#keepNames([...names, name]);
      await this.#put(name, value);
    });
  }

  delete(name: string): Promise<void> {
    return this.#inTurn(() => this.#remove(name));
  }

  /** Kept beside them: a keyring cannot be asked everywhere for what belongs to one profile alone. */
  async names(): Promise<string[]> {
    const text = await this.get(NAMES);
    return text === undefined ? [] : namesSchema.parse(JSON.parse(text));
  }

  wipe(): Promise<void> {
    return this.#inTurn(async () => {
      for (const name of await this.names()) await this.#take(name);
      await this.#take(NAMES);
    });
  }

  async status(): Promise<SecretsStatus> {
    const reason = this.#failure?.problem.detail;
    return {
      store: "keyring",
      isLocked: this.#failure !== undefined,
      ...(reason === undefined ? {} : { reason }),
    };
  }

  /** The system asks for its own password: all there is to do here is to try again. */
  async unlock(): Promise<SecretsStatus> {
    await this.check();
    return this.status();
  }

  async lock(): Promise<void> {
    // The system's keyring is locked by the system.
  }

  /** Writes, reads and removes a trial secret: a keyring may be readable and refuse to write. */
  async check(): Promise<void> {
    const trial = `trial-${process.pid}`;
    await this.#put(trial, "trial");
    const read = await this.get(trial);
    await this.#take(trial);
    if (read !== "trial") throw unavailable("It did not give back what was put into it.");
  }

  async #remove(name: string): Promise<void> {
    await this.#take(name);
    const names = await this.names();
    if (names.includes(name)) await this.#keepNames(names.filter((one) => one !== name));
  }

  #keepNames(names: string[]): Promise<void> {
    return names.length === 0 ? this.#take(NAMES) : this.#put(NAMES, JSON.stringify(names));
  }

  async #put(name: string, value: string): Promise<void> {
    await this.#ask(name, (entry, signal) => entry.setPassword(value, signal));
  }

  async #take(name: string): Promise<void> {
    await this.#ask(name, (entry, signal) => entry.deletePassword(signal));
  }

  async #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run, run);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #ask<T>(name: string, run: (entry: AsyncEntry, signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      const answer = await withDeadline(this.#deadlineMs, (signal) =>
        run(new AsyncEntry("Parvis", `${this.#profileId}/${name}`, OPTIONS), signal),
      );
      this.#failure = undefined;
      return answer;
    } catch (error) {
      this.#failure = error instanceof AppError ? error : unavailable(messageOf(error), error);
      throw this.#failure;
    }
  }
}

export function keyringSystem(options: KeyringOptions): SystemStore {
  const store = new KeyringStore(options);
  return {
    kind: "keyring",
    store,
    async whyUnavailable() {
      try {
        await store.check();
        return undefined;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return error.problem.detail ?? error.message;
      }
    },
  };
}

/** The library's own abort only gives up work that has not begun: the deadline does not wait for it. */
async function withDeadline<T>(ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(locked(ms));
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([run(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function locked(ms: number): AppError {
  return new AppError("locked", {
    title: "The keyring is locked",
    detail: `The keyring of the system did not answer within ${ms / 1000} s: it is probably locked. Unlock it and try again.`,
  });
}

function unavailable(why: string, cause?: unknown): AppError {
  if (/locked|prompt.*dismiss/i.test(why)) {
    return new AppError("locked", {
      title: "The keyring is locked",
      detail: `The keyring of the system is locked (${why}). Unlock it and try again.`,
      cause,
    });
  }
  return new AppError("secretsUnavailable", {
    title: "There is no keyring",
    detail: `The keyring of the system cannot be used: ${why}`,
    cause,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
