import type { OfflineConflict, OfflineStatus } from "#contract/drive-offline.ts";
import type { HostEvents } from "../../events.ts";

export interface TellerOptions {
  events: Pick<HostEvents, "emit" | "listenerCount">;
  /** Pages hear nothing then. */
  isLocked: () => boolean;
  status: () => OfflineStatus;
  conflicts: () => OfflineConflict[];
}

/** Four times a second: more than anybody reads, and no work for the page. */
const EACH_MS = 250;

/** Tells pages how pinned files stand: the first change at once, the next ones together. */
export class Teller {
  readonly #options: TellerOptions;
  #timer: NodeJS.Timeout | undefined;
  #isDue = false;
  #areConflictsDue = false;

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  tell(): void {
    this.#isDue = true;
    this.#timer ??= setTimeout(() => this.#emit(), 0).unref();
  }

  tellConflicts(): void {
    this.#areConflictsDue = true;
    this.tell();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #emit(): void {
    this.#timer = undefined;
    if (!this.#isDue) return;
    const { events, isLocked, status, conflicts } = this.#options;
    const areConflictsDue = this.#areConflictsDue;
    this.#isDue = false;
    this.#areConflictsDue = false;
    this.#timer = setTimeout(() => this.#emit(), EACH_MS).unref();
    if (isLocked() || events.listenerCount === 0) return;
    events.emit({ type: "offlineChanged", status: status() });
    if (areConflictsDue) events.emit({ type: "offlineConflictsChanged", conflicts: conflicts() });
  }
}
