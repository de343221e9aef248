import type { UpdateStatus } from "#contract/desktop/updates.ts";
import type { UpdateMemory } from "./update-memory.ts";

export interface ReminderOptions {
  memory: UpdateMemory;
  tell: (version: string) => void;
  now: () => number;
}

const DAY_MS = 86_400_000;

/** Says that an update is ready: at most once a day, over restarts too, and not before the time it was put off to. */
export class UpdateReminder {
  readonly #options: ReminderOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ReminderOptions) {
    this.#options = options;
  }

  async consider(status: UpdateStatus): Promise<void> {
    clearTimeout(this.#timer);
    if (status.state !== "ready" || status.version === undefined) return;
    const { memory, tell, now } = this.#options;
    const wait = earliest(await memory.read()) - now();
    if (wait > 0) {
      // Checked again at least daily: a machine that slept has other clocks than its timers.
      this.#timer = setTimeout(() => void this.consider(status), Math.min(wait, DAY_MS));
      return;
    }
    let isOurs = false;
    await memory.update((value) => {
      // Decided where writes stand in line: two at once do not both tell.
      isOurs = earliest(value) <= now();
      return isOurs ? { ...value, lastToldAt: new Date(now()).toISOString() } : value;
    });
    if (isOurs) tell(status.version);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

interface Told {
  lastToldAt?: string | undefined;
  deferredUntil?: string | undefined;
}

function earliest({ lastToldAt, deferredUntil }: Told): number {
  return Math.max(
    lastToldAt === undefined ? 0 : Date.parse(lastToldAt) + DAY_MS,
    deferredUntil === undefined ? 0 : Date.parse(deferredUntil),
  );
}
