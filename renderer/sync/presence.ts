import { createId } from "#contract/ids.ts";
import type { PresenceState } from "#contract/entities/presence.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Clock } from "#renderer/db/clock.ts";
import type { Api } from "./api.ts";

/** Nobody at any window for this long: away. */
const AWAY_AFTER_MS = 5 * 60_000;

export interface PresenceOptions {
  api: Api;
  clock: Clock;
  signal: AbortSignal;
  onBug: (error: unknown) => void;
}

/** Tells the server whether the person is at one of their windows. Never kept: an old presence is worth nothing. */
export class Presence {
  readonly #options: PresenceOptions;
  #isOnline = false;
  #isActive = false;
  #wanted: Extract<PresenceState, "active" | "away"> | undefined;
  #told: PresenceState | undefined;
  #timer: number | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  setActive(isActive: boolean): void {
    if (isActive === this.#isActive) return;
    this.#isActive = isActive;
    this.#clear();
    if (isActive) {
      this.#wanted = "active";
      this.#tell();
      return;
    }
    this.#timer = this.#options.clock.setTimeout(() => {
      this.#wanted = "away";
      this.#tell();
    }, AWAY_AFTER_MS);
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    // The server forgets who has gone: it is told anew.
    this.#told = undefined;
    if (isOnline) this.#tell();
  }

  #tell(): void {
    const state = this.#wanted;
    if (!this.#isOnline || state === undefined || state === this.#told) return;
    this.#told = state;
    this.#send(state).catch((error: unknown) => {
      this.#told = undefined;
      if (!(error instanceof AppError)) this.#options.onBug(error);
    });
  }

  async #send(state: PresenceState): Promise<void> {
    const { api, clock, signal } = this.#options;
    const madeAt = toIsoTime(clock.now());
    const mutation = { id: createId(), name: "presence.set", scope: DIRECTORY, args: { state }, madeAt };
    await api.json("/v1/mutations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ mutations: [mutation] }),
      signal,
    });
  }

  #clear(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
