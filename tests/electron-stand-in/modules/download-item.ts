import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import { outward } from "../chromium/addresses.ts";

/** https://www.electronjs.org/docs/latest/api/download-item */

type State = "progressing" | "completed" | "cancelled" | "interrupted";

export interface DownloadStart {
  url: string;
  fileName: string;
  /** To Chromium. */
  cancel: () => void;
  /** Of what comes over a custom scheme, where the stand-in holds the bytes. */
  hold: (isHeld: boolean) => void;
}

export class DownloadItem extends EventEmitter {
  readonly #start: DownloadStart;
  readonly #startedAt = Date.now() / 1000;
  #endedAt = 0;
  #savePath = "";
  #dialog: Electron.SaveDialogOptions = {};
  #received = 0;
  #total = 0;
  #state: State = "progressing";
  #isPaused = false;

  constructor(start: DownloadStart) {
    super();
    this.#start = start;
  }
  /** What Chromium tells. */
  readonly standIn = {
    progress: (received: number, total: number): void => {
      this.#received = received;
      this.#total = total;
      if (this.#state === "progressing")
        this.emit("updated", { preventDefault: () => undefined }, "progressing");
    },
    end: (state: Exclude<State, "progressing">): void => {
      this.#state = state;
      this.#endedAt = Date.now() / 1000;
      this.emit("done", { preventDefault: () => undefined }, state);
    },
  };

  setSavePath(path: string): void {
    this.#savePath = path;
  }
  getSavePath(): string {
    return this.#savePath;
  }
  get savePath(): string {
    return this.#savePath;
  }
  set savePath(path: string) {
    this.#savePath = path;
  }
  setSaveDialogOptions(options: Electron.SaveDialogOptions): void {
    this.#dialog = options;
  }
  getSaveDialogOptions(): Electron.SaveDialogOptions {
    return this.#dialog;
  }
  pause(): void {
    this.#isPaused = true;
    this.#start.hold(true);
  }
  isPaused(): boolean {
    return this.#isPaused;
  }
  resume(): void {
    this.#isPaused = false;
    this.#start.hold(false);
  }
  canResume(): boolean {
    return this.#isPaused;
  }
  cancel(): void {
    if (this.#state !== "progressing") return;
    this.#state = "cancelled";
    this.#start.hold(false);
    this.#start.cancel();
  }
  getURL(): string {
    return outward(this.#start.url);
  }
  getURLChain(): string[] {
    return [this.getURL()];
  }
  getFilename(): string {
    return this.#start.fileName;
  }
  getMimeType(): string {
    return "application/octet-stream";
  }
  getContentDisposition(): string {
    return "";
  }
  hasUserGesture(): boolean {
    return true;
  }
  getState(): State {
    return this.#state;
  }
  getTotalBytes(): number {
    return this.#total;
  }
  getReceivedBytes(): number {
    return this.#received;
  }
  getPercentComplete(): number {
    return this.#total === 0 ? 0 : Math.round((this.#received / this.#total) * 100);
  }
  getCurrentBytesPerSecond(): number {
    return Math.round(
      this.#received / Math.max(0.001, (this.#endedAt || Date.now() / 1000) - this.#startedAt),
    );
  }
  getStartTime(): number {
    return this.#startedAt;
  }
  getEndTime(): number {
    return this.#endedAt;
  }
  getETag(): string {
    return "";
  }
  getLastModifiedTime(): string {
    return "";
  }
}
