import { basename, dirname, join } from "node:path";
import type { Download, DownloadAction } from "#contract/desktop/downloads.ts";
import { AppError } from "#contract/problem.ts";
import { isRiskyFile, numberedName, safeFileName } from "./safe-file-name.ts";

/** Above this, a connection that is paid by volume is not used unasked. */
export const LARGE_BYTES = 20 * 1024 * 1024;
const MOST_KEPT = 50;
const MOST_NAMES = 1000;

/** What is used of the shell's own download. */
export interface DownloadSource {
  getFilename(): string;
  getURL(): string;
  getTotalBytes(): number;
  getReceivedBytes(): number;
  getSavePath(): string;
  setSavePath(path: string): void;
  setSaveDialogOptions(options: { defaultPath: string }): void;
  isPaused(): boolean;
  canResume(): boolean;
  pause(): void;
  resume(): void;
  cancel(): void;
  on(name: "updated", listener: (event: unknown, state: "progressing" | "interrupted") => void): unknown;
  once(
    name: "done",
    listener: (event: unknown, state: "completed" | "cancelled" | "interrupted") => void,
  ): unknown;
}

export interface DownloadShelfOptions {
  folder: () => string;
  isPlaceAsked: () => boolean;
  exists: (path: string) => boolean;
  /** Undefined: not known. */
  freeBytes: (folder: string) => Promise<number | undefined>;
  openPath: (path: string) => Promise<string>;
  showInFolder: (path: string) => void;
  /** Begins it anew. */
  restart: (url: string) => void;
  createId: () => string;
  onChange: (downloads: Download[]) => void;
  /** Of all together, 0–1; `null`: not known how much; undefined: nothing is under way. */
  onProgress: (progress: number | null | undefined) => void;
  onDone?: (path: string) => void;
}

interface Entry {
  id: string;
  source: DownloadSource;
  path: string;
  state: Download["state"];
  reason: Download["reason"];
  /** The person wants it although it is large, or the disk nearly full. */
  isInsisted: boolean;
  /** Chromium is done with it. */
  isOver: boolean;
}

/** The downloads of this run, newest first. */
export class DownloadShelf {
  readonly #options: DownloadShelfOptions;
  #entries: Entry[] = [];
  #isMetered = false;

  constructor(options: DownloadShelfOptions) {
    this.#options = options;
  }

  list(): Download[] {
    return this.#entries.map(describe);
  }

  /** To be called while the shell announces it: the place must be said at once. */
  begin(source: DownloadSource): void {
    const { folder, isPlaceAsked, createId } = this.#options;
    const path = this.#freePath(folder(), safeFileName(source.getFilename()));
    if (isPlaceAsked()) source.setSaveDialogOptions({ defaultPath: path });
    else source.setSavePath(path);
    const entry: Entry = {
      id: createId(),
      source,
      path,
      state: "progressing",
      reason: undefined,
      isInsisted: false,
      isOver: false,
    };
    this.#entries = [entry, ...this.#entries].slice(0, MOST_KEPT);
    source.on("updated", (_event, state) => this.#onUpdated(entry, state));
    source.once("done", (_event, state) => this.#onDone(entry, state));
    this.#holdWhenDear(entry);
    void this.#holdWhenFull(entry);
    this.#tell();
  }

  async act(id: string, action: DownloadAction): Promise<void> {
    const entry = this.#entries.find((one) => one.id === id);
    if (entry === undefined) throw new AppError("notFound", { title: "This download is no longer listed" });
    if (action === "pause") this.#pause(entry, undefined);
    if (action === "resume") this.#resume(entry);
    if (action === "cancel") entry.source.cancel();
    if (action === "open") await this.#open(entry);
    if (action === "show") this.#show(entry);
    if (action === "forget" && entry.state !== "progressing") this.#drop(entry);
    this.#tell();
  }

  /** Large ones wait while the connection is paid by volume, and go on by themselves when it is not. */
  setMetered(isMetered: boolean): void {
    this.#isMetered = isMetered;
    for (const entry of this.#entries) {
      if (isMetered) this.#holdWhenDear(entry);
      else if (entry.reason === "metered") this.#resume(entry);
    }
    this.#tell();
  }

  #freePath(folder: string, name: string): string {
    const taken = new Set(this.#entries.map(({ path }) => path.toLowerCase()));
    for (let attempt = 1; attempt < MOST_NAMES; attempt += 1) {
      const path = join(folder, numberedName(name, attempt));
      if (!taken.has(path.toLowerCase()) && !this.#options.exists(path)) return path;
    }
    return join(folder, numberedName(name, Date.now()));
  }

  #onUpdated(entry: Entry, state: "progressing" | "interrupted"): void {
    // Where it lies is known once the person has said so.
    entry.path = entry.source.getSavePath() || entry.path;
    if (state === "interrupted") {
      entry.state = "interrupted";
      entry.reason = "network";
    } else if (entry.source.isPaused()) entry.state = "paused";
    else {
      entry.state = "progressing";
      entry.reason = undefined;
      this.#holdWhenDear(entry);
    }
    this.#tell();
  }

  #onDone(entry: Entry, state: "completed" | "cancelled" | "interrupted"): void {
    entry.path = entry.source.getSavePath() || entry.path;
    entry.isOver = true;
    entry.state = state;
    entry.reason = state === "interrupted" ? (entry.reason ?? "network") : undefined;
    if (state === "completed") this.#options.onDone?.(entry.path);
    // Somebody who took it back does not want to read about it.
    if (state === "cancelled") this.#drop(entry);
    this.#tell();
  }

  #holdWhenDear(entry: Entry): void {
    if (!this.#isMetered || entry.isInsisted || entry.state !== "progressing") return;
    const bytes = Math.max(entry.source.getTotalBytes(), entry.source.getReceivedBytes());
    if (bytes > LARGE_BYTES) this.#pause(entry, "metered");
  }

  async #holdWhenFull(entry: Entry): Promise<void> {
    const total = entry.source.getTotalBytes();
    if (total <= 0) return;
    const free = await this.#options.freeBytes(dirname(entry.path));
    if (free === undefined || free > total || entry.state !== "progressing") return;
    this.#pause(entry, "disk");
    this.#tell();
  }

  #pause(entry: Entry, reason: Entry["reason"]): void {
    if (entry.isOver || entry.source.isPaused()) return;
    entry.source.pause();
    entry.state = "paused";
    entry.reason = reason;
  }

  #resume(entry: Entry): void {
    if (entry.reason !== undefined) entry.isInsisted = true;
    if (entry.isOver) {
      if (entry.state !== "interrupted") return;
      this.#drop(entry);
      this.#options.restart(entry.source.getURL());
      return;
    }
    entry.source.resume();
    entry.state = "progressing";
    entry.reason = undefined;
  }

  async #open(entry: Entry): Promise<void> {
    this.#assertThere(entry);
    if (isRiskyFile(basename(entry.path))) {
      throw new AppError("forbidden", {
        title: "This kind of file is not opened from Parvis",
        detail: "It could run on this machine. It can be shown in its folder.",
      });
    }
    const failure = await this.#options.openPath(entry.path);
    if (failure !== "") {
      throw new AppError("unavailable", { title: "No program could open this file", detail: failure });
    }
  }

  #show(entry: Entry): void {
    this.#assertThere(entry);
    this.#options.showInFolder(entry.path);
  }

  #assertThere(entry: Entry): void {
    if (entry.state === "completed" && this.#options.exists(entry.path)) return;
    if (entry.state === "completed") entry.reason = "missing";
    this.#tell();
    throw new AppError("notFound", {
      title: "The file is not there",
      detail: "It was moved, renamed or deleted since it was downloaded.",
    });
  }

  #drop(entry: Entry): void {
    this.#entries = this.#entries.filter((one) => one !== entry);
  }

  #tell(): void {
    this.#options.onChange(this.list());
    this.#options.onProgress(progressOf(this.#entries));
  }
}

function describe({ id, source, path, state, reason, isOver }: Entry): Download {
  const total = source.getTotalBytes();
  return {
    id: id.slice(0, 64),
    name: basename(path),
    receivedBytes: Math.max(0, Math.round(source.getReceivedBytes())),
    totalBytes: total > 0 ? Math.round(total) : null,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(isOver && state === "completed" ? { folder: basename(dirname(path)) } : {}),
    isRisky: isRiskyFile(basename(path)),
  };
}

function progressOf(entries: readonly Entry[]): number | null | undefined {
  const running = entries.filter(({ state }) => state === "progressing");
  if (running.length === 0) return undefined;
  if (running.some(({ source }) => source.getTotalBytes() <= 0)) return null;
  const sum = (of: (entry: Entry) => number) => running.reduce((all, entry) => all + of(entry), 0);
  return sum(({ source }) => source.getReceivedBytes()) / sum(({ source }) => source.getTotalBytes());
}
