/** How updates are found, fetched and installed; the Electron shell has electron-updater behind it. */
export interface Updater {
  /**
   * The newer version that there is: null when there is none, undefined where this installation cannot be updated by
   * itself (a folder unpacked by hand, a package of the system).
   */
  check(): Promise<string | null | undefined>;
  /** Fetches what `check` found and checks it: resolves when it may be installed. */
  download(): Promise<void>;
}

export interface UpdateWatchOptions {
  updater: Updater;
  onReady: (version: string) => Promise<void>;
  /** What an administrator reads in the log. */
  log: (message: string) => void;
  random: () => number;
  intervalMs?: number;
}

const INTERVAL_MS = 6 * 3_600_000;

/** Looks for an update at the start and about every six hours, and fetches it. Nothing is installed by itself. */
export class UpdateWatch {
  readonly #options: UpdateWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: UpdateWatchOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    if (this.#isStopped || !(await this.#round())) return;
    const { intervalMs = INTERVAL_MS, random } = this.#options;
    if (this.#isStopped) return;
    // A tenth more or less: machines started together in the morning do not all come together later.
    this.#timer = setTimeout(() => void this.start(), intervalMs * (0.9 + 0.2 * random()));
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** False when there is no sense in another round. */
  async #round(): Promise<boolean> {
    const { updater, onReady, log } = this.#options;
    try {
      const version = await updater.check();
      if (version === undefined) {
        log("Updates are off: this kind of installation is not updated by itself.");
        return false;
      }
      if (version === null || this.#isStopped) return true;
      log(`Parvis ${version} is there and is being fetched.`);
      await updater.download();
      log(`Parvis ${version} is ready to be installed.`);
      if (!this.#isStopped) await onReady(version);
    } catch (error) {
      log(`The update failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    return true;
  }
}
