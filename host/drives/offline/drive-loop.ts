import type { OfflineConflict } from "#contract/drive-offline.ts";
import type { DriveId, DrivePath } from "#contract/drives.ts";
import { stackOf } from "../../log/crash-log.ts";
import type { Log } from "../../log/log.ts";
import { DriveError } from "../drive-error.ts";
import { askForNews } from "./drive-news.ts";
import type { Journal, PinRow } from "./journal.ts";
import { LocalWatch } from "./local-watch.ts";
import { folderOf, isWithin } from "./model.ts";
import type { OfflineDrive } from "./offline-drive.ts";
import { PassProgress } from "./pass-progress.ts";
import { isUp } from "./run-step.ts";
import { SyncDrive, type PassOptions, type PassOutcome, type SyncParts } from "./sync-drive.ts";

export interface LoopTimes {
  /** How long a file has to stay as it is before it is read. */
  settleMs: number;
  /** Between two looks at a drive, or longer where looking takes long. */
  lookMs: number;
  /** After a failure; it doubles up to `lastRetryMs`. */
  retryMs: number;
  lastRetryMs: number;
}

export const LOOP_TIMES: LoopTimes = { settleMs: 2000, lookMs: 120_000, retryMs: 5000, lastRetryMs: 300_000 };

export interface LoopParts {
  driveId: DriveId;
  drive: () => OfflineDrive;
  journal: Journal;
  sync: Omit<
    SyncParts,
    "open" | "onBytes" | "onConflict" | "onPlan" | "onStep" | "settleMs" | "driveId" | "journal"
  >;
  /** Waits where the line is paid by volume. */
  throttle: (bytes: number) => Promise<void> | undefined;
  /** Looks at drives this much less often. */
  patience: () => number;
  /** Before each round: whether the pinned files are where they were, and may be there. */
  isReady: () => Promise<boolean>;
  onChange: () => void;
  onConflict: (conflict: OfflineConflict) => void;
  /** What was changed on the drive. */
  onFolders: (folders: readonly DrivePath[]) => void;
  log: Log;
  now: () => number;
  times: LoopTimes;
  platform: NodeJS.Platform;
}

/** Rounds at once are given up for later ones when they do not come to an end. */
const AT_ONCE_MOST = 8;
/** Folders of the drive that pages are told of after a round: none shows more. */
const MOST_TOLD = 50;
/** A look that takes long is taken less often: at most this part of the time. */
const LOOK_SHARE = 20;

/** Decides when the pins of one drive are looked at, and does one thing with them at a time. */
export class DriveLoop {
  readonly sync: SyncDrive;
  readonly progress: PassProgress;
  readonly #parts: LoopParts;
  readonly #watch: LocalWatch;
  outcome: PassOutcome | undefined;
  error: DriveError | undefined;
  isRunning = false;
  isReady = true;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #isFreshDue = true;
  #ending = new AbortController();
  #current: Promise<void> = Promise.resolve();
  #restore: { path: DrivePath; where: "here" | "drive" }[] = [];
  #isPaused = false;
  #isStopped = false;
  #failures = 0;
  #rounds = 0;
  readonly #changed = new Set<DrivePath>();

  constructor(parts: LoopParts) {
    this.#parts = parts;
    const { driveId, journal, sync, times, throttle, onChange, onConflict } = parts;
    this.progress = new PassProgress(() => this.pins(), onChange);
    this.#watch = new LocalWatch({
      folder: sync.files.places.folder,
      platform: parts.platform,
      onChange: () => this.request(times.settleMs, false),
    });
    this.sync = new SyncDrive({
      ...sync,
      driveId,
      journal,
      settleMs: times.settleMs,
      open: () => parts.drive(),
      onBytes: (path, count) => {
        this.progress.bytes(path, count);
        return throttle(count);
      },
      onConflict,
      onPlan: (steps) => this.progress.begin(steps),
      onStep: (step) => {
        this.progress.done(step);
        if (isUp(step)) this.#changed.add(folderOf(step.path));
      },
    });
  }

  pins(): PinRow[] {
    return this.#parts.journal
      .pins()
      .filter(({ driveId, removing }) => driveId === this.#parts.driveId && removing === null);
  }

  /** A round after so long, or earlier if one is due earlier. `isFresh`: the drive is looked at, too. */
  request(ms: number, isFresh: boolean): void {
    this.#isFreshDue ||= isFresh;
    if (this.#isStopped || this.#isPaused) return;
    const at = performance.now() + ms;
    if (at >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => void this.#begin(), ms).unref();
  }

  /** What was deleted comes back with the next round. */
  restore(path: DrivePath, where: "here" | "drive"): void {
    this.#restore.push({ path, where });
    this.request(0, true);
  }

  /** Stops what is under way, does this, and goes on. */
  async interrupt<T>(run: () => Promise<T>): Promise<T> {
    const waiting = this.#current.then(async () => {
      this.#ending = new AbortController();
      return run();
    });
    this.#ending.abort();
    this.#current = waiting.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await waiting;
    } finally {
      this.request(0, true);
    }
  }

  async pause(): Promise<void> {
    this.#isPaused = true;
    this.#unschedule();
    this.#ending.abort();
    await this.#current;
    this.#ending = new AbortController();
  }

  resume(): void {
    this.#isPaused = false;
    this.request(0, true);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unschedule();
    this.#watch.stop();
    this.#ending.abort();
    await this.#current;
  }

  #unschedule(): void {
    clearTimeout(this.#timer);
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  async #begin(): Promise<void> {
    this.#unschedule();
    const before = this.#current;
    this.#current = before.then(() => this.#round());
    await this.#current;
  }

  async #round(): Promise<void> {
    const pins = this.pins();
    if (this.#isStopped || this.#isPaused || pins.length === 0) return;
    const startedAt = performance.now();
    const isFresh = this.#isFreshDue;
    this.#isFreshDue = false;
    this.isRunning = true;
    this.#parts.onChange();
    try {
      this.isReady = await this.#parts.isReady();
      if (this.isReady)
        await this.#pass({ pins, isFresh, signal: this.#ending.signal, restore: this.#restore });
      else this.request(this.#parts.times.retryMs * 4, true);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.isRunning = false;
      this.#parts.onFolders([...this.#changed].slice(0, MOST_TOLD));
      this.#changed.clear();
      this.progress.end();
      this.#parts.onChange();
    }
    const { lookMs } = this.#parts.times;
    this.request(
      Math.max(lookMs, LOOK_SHARE * (performance.now() - startedAt)) * this.#parts.patience(),
      true,
    );
  }

  async #pass(options: PassOptions): Promise<void> {
    const { journal, driveId, now, times } = this.#parts;
    const news = options.isFresh ? await this.#askForNews(options) : undefined;
    this.outcome = await this.sync.pass({ ...options, isFresh: news?.isNew ?? options.isFresh });
    this.#restore = this.#restore.filter((one) => !(options.restore ?? []).includes(one));
    this.error = undefined;
    this.#failures = 0;
    const { isAgain, isBusy, failures, unknown, asked } = this.outcome;
    // What this round left open is looked at anew whatever the drive tells, and so is everything after a start.
    if (news !== undefined) journal.setCursor(driveId, news.cursor);
    for (const pin of this.pins()) {
      const isWhole = ![...failures.keys(), ...unknown.keys()].some((path) => isWithin(path, pin.path));
      if (isWhole && !isAgain && !isBusy && !asked.has(pin.path)) journal.putPin({ ...pin, syncedAt: now() });
    }
    this.#watch.follow(this.#folders());
    this.#rounds = isAgain ? this.#rounds + 1 : 0;
    if (isAgain) this.request(this.#rounds < AT_ONCE_MOST ? 0 : times.retryMs * this.#rounds, true);
    else if (isBusy) this.request(times.settleMs, false);
    else if (failures.size > 0) this.request(times.retryMs * 6, true);
    if (!isAgain) await this.sync.settle(options.signal);
  }

  /** Null: it cannot be asked, and is looked at. */
  async #askForNews({ pins, signal, restore }: PassOptions): ReturnType<typeof askForNews> {
    const { journal, driveId } = this.#parts;
    const drive = this.#parts.drive();
    if (!(await drive.capabilities({ signal })).canTellChanges) return { isNew: true, cursor: null };
    const cursor = journal.drives().find((one) => one.driveId === driveId)?.cursor ?? null;
    const isPinned = (path: DrivePath): boolean =>
      pins.some((pin) => isWithin(path, pin.path) || isWithin(pin.path, path));
    const news = await askForNews(drive, cursor, isPinned, { signal });
    const last = this.outcome;
    const isOpen =
      last === undefined ||
      last.isAgain ||
      last.failures.size > 0 ||
      last.unknown.size > 0 ||
      (restore ?? []).length > 0;
    return { ...news, isNew: news.isNew || isOpen };
  }

  #folders(): Set<DrivePath> {
    const folders = new Set<DrivePath>();
    for (const pin of this.pins()) folders.add(pin.kind === "folder" ? pin.path : folderOf(pin.path));
    for (const { path, kind } of this.sync.base.values()) if (kind === "folder") folders.add(path);
    return folders;
  }

  #failed(error: unknown): void {
    if (this.#ending.signal.aborted) return;
    const { log, driveId, times } = this.#parts;
    this.sync.forgetThere();
    this.#failures += 1;
    this.request(Math.min(times.lastRetryMs, times.retryMs * 2 ** this.#failures), true);
    if (error instanceof DriveError) {
      this.error = error;
      return;
    }
    log.write("error", "pinned files could not be synchronised", { drive: driveId, stack: stackOf(error) });
    this.error = new DriveError("damaged", {
      title: "Pinned files could not be synchronised",
      detail: "What is here stays. It is tried again; the log says more.",
      cause: error,
    });
  }
}
