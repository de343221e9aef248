import { BrowserWindow, nativeTheme } from "electron";
import { hostEventSchema, type HostEvent } from "#contract/bridge.ts";
import type { Attendance } from "#host/notifications/notifier.ts";
import type { WindowSet } from "./shell-context.ts";
import { openWindow } from "./window.ts";

export interface WindowsOptions {
  root: string;
  /** Told whether any page is open. */
  pages: Attendance;
}

/** The main window and whatever else shows a page of Parvis. */
export class Windows implements WindowSet {
  readonly #options: WindowsOptions;
  readonly #listeners = new Set<() => void>();
  #main: BrowserWindow | undefined;
  #opening: Promise<BrowserWindow> | undefined;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  get main(): BrowserWindow | undefined {
    return this.#main;
  }

  all(): readonly BrowserWindow[] {
    return this.#main === undefined ? [] : [this.#main];
  }

  async show(): Promise<BrowserWindow> {
    const window = this.#main ?? (await this.#open());
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  }

  hide(): void {
    this.#main?.hide();
  }

  release(): void {
    this.#main?.destroy();
  }

  tell(window: BrowserWindow, event: HostEvent): void {
    if (!window.isDestroyed()) window.webContents.send("host-event", hostEventSchema.parse(event));
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async #open(): Promise<BrowserWindow> {
    const { root } = this.#options;
    this.#opening ??= openWindow({
      root,
      isDark: nativeTheme.shouldUseDarkColors,
      onOpened: (window) => this.#adopt(window),
    }).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  #adopt(window: BrowserWindow): void {
    this.#main = window;
    const tell = (): void => this.#tell();
    window.on("show", tell).on("hide", tell);
    window.on("closed", () => {
      if (this.#main === window) this.#main = undefined;
      this.#tell();
    });
    this.#tell();
  }

  #tell(): void {
    this.#options.pages.set(this.all().length > 0);
    for (const listener of this.#listeners) listener();
  }
}
