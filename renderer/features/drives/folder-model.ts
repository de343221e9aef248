import type { DriveEntry, DriveId, DrivePath } from "#contract/drives.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import { readFolder } from "./folder-reader.ts";

/** Bunches are shown together: a folder of 100,000 entries is not drawn a thousand times. */
const SHOW_EVERY_MS = 250;

export interface FolderState {
  entries: readonly DriveEntry[];
  isLoading: boolean;
  /** What is shown is not all, or not new. */
  problem: Problem | null;
}

/** A folder of a drive as it was when it was last read; read while somebody looks. */
export class FolderModel {
  readonly #driveId: DriveId;
  readonly #path: DrivePath;
  readonly #listeners = new Set<() => void>();
  #state: FolderState = { entries: [], isLoading: true, problem: null };
  #reading: AbortController | undefined;

  constructor(driveId: DriveId, path: DrivePath) {
    this.#driveId = driveId;
    this.#path = path;
  }

  readonly snapshot = (): FolderState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.reload();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#reading?.abort();
    };
  };

  /** What is shown stays until the new list is whole: nothing jumps while one looks. */
  reload(): void {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#set({ ...this.#state, isLoading: true });
    this.#read(reading.signal).catch((error: unknown) => {
      if (reading.signal.aborted) return;
      if (!(error instanceof AppError)) throw error;
      this.#set({ ...this.#state, isLoading: false, problem: error.problem });
    });
  }

  async #read(signal: AbortSignal): Promise<void> {
    const isFirst = this.#state.entries.length === 0;
    const found: DriveEntry[] = [];
    let shownAt = 0;
    for await (const bunch of readFolder(this.#driveId, this.#path, signal)) {
      for (const entry of bunch) found.push(entry);
      const now = performance.now();
      if (!isFirst || now - shownAt < SHOW_EVERY_MS) continue;
      shownAt = now;
      this.#set({ entries: [...found], isLoading: true, problem: null });
    }
    signal.throwIfAborted();
    this.#set({ entries: found, isLoading: false, problem: null });
  }

  #set(state: FolderState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
