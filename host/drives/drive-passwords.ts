import type { DriveId } from "#contract/drives.ts";
import type { Scrubber } from "../log/scrub.ts";
import type { SecretStore } from "../secrets/secret-store.ts";

/** Passwords of drives: in the secret store, and known to the log so that it never writes them. */
export class DrivePasswords {
  readonly #secrets: SecretStore;
  readonly #scrubber: Pick<Scrubber, "learn">;

  constructor({ secrets, scrubber }: { secrets: SecretStore; scrubber: Pick<Scrubber, "learn"> }) {
    this.#secrets = secrets;
    this.#scrubber = scrubber;
  }

  /** @throws AppError locked, secretsUnavailable */
  async get(id: DriveId): Promise<string | null> {
    const password = (await this.#secrets.get(nameOf(id))) ?? null;
    this.learn(password);
    return password;
  }

  async keep(id: DriveId, password: string | null): Promise<void> {
    if (password === null) return;
    this.learn(password);
    await this.#secrets.set(nameOf(id), password);
  }

  forget(id: DriveId): Promise<void> {
    return this.#secrets.delete(nameOf(id));
  }

  learn(password: string | null): void {
    if (password !== null) this.#scrubber.learn(password);
  }
}

function nameOf(id: DriveId): string {
  return `drive-password/${id}`;
}
