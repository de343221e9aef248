import { nativeTheme, type BrowserWindow } from "electron";
import type { AccountId } from "#contract/account.ts";
import { hostEventSchema, type HostEvent } from "#contract/bridge.ts";
import type { WindowMemory, WindowPlace } from "#host/desktop/window-memory.ts";
import { ZOOM } from "#host/desktop/window-memory.ts";
import type { Rectangle } from "#host/desktop/window-places.ts";
import type { JsonFile } from "#host/files/json-file.ts";
import type { Attendance } from "#host/notifications/notifier.ts";
import { APP_ORIGIN } from "./origin.ts";
import type { WindowSet } from "./shell-context.ts";
import { createWindow } from "./window.ts";
import { boundsFrom, enlarge, keepPlace } from "./window-place.ts";

export interface WindowsOptions {
  root: string;
  /** Told whether any page is open. */
  pages: Attendance;
  memory: JsonFile<WindowMemory>;
}

/** `main` or `detached`, before its page is loaded. */
type OpenListener = (window: BrowserWindow, kind: "main" | "detached") => void;

interface Detached {
  accountId: AccountId;
  link: string;
}

/** A page that says nothing for so long has crashed or hangs. */
const RELEASE_LIMIT_MS = 10_000;
const DETACHED_SIZE = { width: 720, height: 760 };

/** The main window, and those that show one object each. */
export class Windows implements WindowSet {
  readonly #options: WindowsOptions;
  readonly #listeners = new Set<() => void>();
  readonly #openListeners = new Set<OpenListener>();
  readonly #savers = new Map<BrowserWindow, () => void>();
  readonly #detached = new Map<BrowserWindow, Detached>();
  #main: BrowserWindow | undefined;
  #opening: Promise<BrowserWindow> | undefined;
  #saving: Promise<unknown> = Promise.resolve();
  /** What the main window showed when it was given back (`#/…`). */
  #place = "";
  /** Until then a page that is asked to be let go may keep what was written in it. */
  #releasing: NodeJS.Timeout | undefined;
  /** All of them are closing: what was open is remembered as open. */
  #isEnding = false;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  get main(): BrowserWindow | undefined {
    return this.#main;
  }

  all(): readonly BrowserWindow[] {
    return [...(this.#main === undefined ? [] : [this.#main]), ...this.#detached.keys()];
  }

  async show(): Promise<BrowserWindow> {
    const window = this.#main ?? (await this.#openMain());
    bringForward(window);
    return window;
  }

  hide(): void {
    this.#main?.hide();
  }

  /** Its page keeps what was written in it and then asks to be let go; one that does not answer is let go without. */
  release(): void {
    const window = this.#main;
    if (window === undefined || this.#releasing !== undefined) return;
    this.#releasing = setTimeout(() => this.letGo(), RELEASE_LIMIT_MS);
    this.tell(window, { type: "releasing" });
  }

  /** Opened again, it shows the same place. Nothing happens to a window that was shown in the meantime. */
  letGo(): void {
    if (this.#releasing === undefined) return;
    this.#keepMain();
    const url = this.#main?.webContents.getURL() ?? "";
    this.#place = URL.canParse(url) ? new URL(url).hash : "";
    this.#main?.destroy();
  }

  #keepMain(): void {
    clearTimeout(this.#releasing);
    this.#releasing = undefined;
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

  /** Called with every window before its page is loaded. */
  onOpened(listener: OpenListener): void {
    this.#openListeners.add(listener);
  }

  /** A window for one object: asked for again, the same comes forward. */
  async detach(wanted: Detached): Promise<void> {
    const open = [...this.#detached].find(
      ([, { accountId, link }]) => accountId === wanted.accountId && link === wanted.link,
    );
    if (open !== undefined) {
      bringForward(open[0]);
      return;
    }
    await this.#openDetached(wanted, undefined);
  }

  /** Those that were open when Parvis ended, as far as their accounts are signed in. */
  async restore(isSignedIn: (id: AccountId) => boolean): Promise<void> {
    const { detached } = await this.#options.memory.read();
    await Promise.all(
      detached
        .filter(({ accountId }) => isSignedIn(accountId))
        .map(({ place, ...wanted }) => this.#openDetached(wanted, place)),
    );
  }

  /** Windows of accounts that are signed out show nothing any more. */
  closeDetachedOf(isSignedIn: (id: AccountId) => boolean): void {
    // It may have been a place of theirs.
    this.#place = "";
    for (const [window, { accountId }] of this.#detached) if (!isSignedIn(accountId)) window.destroy();
  }

  async zoomLevel(): Promise<number> {
    return (await this.#options.memory.read()).zoom;
  }

  /** The same in all windows, also the next time. `null`: as it comes. */
  async zoomBy(steps: number | null): Promise<void> {
    const next = (zoom: number): number =>
      steps === null ? 0 : Math.min(ZOOM.max, Math.max(ZOOM.min, zoom + steps * ZOOM.step));
    const { zoom } = await this.#options.memory.update((memory) => ({ ...memory, zoom: next(memory.zoom) }));
    for (const window of this.all()) window.webContents.setZoomLevel(zoom);
  }

  /** Nothing that closes from now on is forgotten; resolves when all is on disk. */
  async end(): Promise<void> {
    this.#isEnding = true;
    for (const save of this.#savers.values()) save();
    await this.#saving;
  }

  get isEnding(): boolean {
    return this.#isEnding;
  }

  async #openMain(): Promise<BrowserWindow> {
    this.#opening ??= this.#createMain().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #createMain(): Promise<BrowserWindow> {
    const { main: was } = await this.#options.memory.read();
    const window = this.#create("main", boundsFrom(was), was);
    this.#main = window;
    window.on("show", () => this.#keepMain());
    const remember = (main: WindowPlace): void => this.#save((memory) => ({ ...memory, main }));
    this.#savers.set(window, keepPlace(window, remember));
    window.on("closed", () => {
      if (this.#main === window) this.#main = undefined;
      this.#keepMain();
      this.#tell();
    });
    this.#tell();
    const place = this.#place;
    this.#place = "";
    await window.loadURL(`${APP_ORIGIN}/${place}`);
    return window;
  }

  async #openDetached(wanted: Detached, place: WindowPlace | undefined): Promise<void> {
    const window = this.#create("detached", { ...DETACHED_SIZE, ...boundsFrom(place) }, place);
    this.#detached.set(window, wanted);
    const isSame = (one: Detached) => one.accountId === wanted.accountId && one.link === wanted.link;
    const remember = (newPlace: WindowPlace | undefined): void =>
      this.#save((memory) => ({
        ...memory,
        detached: [
          ...memory.detached.filter((one) => !isSame(one)),
          { ...wanted, ...(newPlace === undefined ? {} : { place: newPlace }) },
        ].slice(-20),
      }));
    remember(place);
    this.#savers.set(window, keepPlace(window, remember));
    window.on("closed", () => {
      this.#detached.delete(window);
      if (!this.#isEnding)
        this.#save((memory) => ({ ...memory, detached: memory.detached.filter((one) => !isSame(one)) }));
      this.#tell();
    });
    this.#tell();
    await window.loadURL(
      `${APP_ORIGIN}/?${new URLSearchParams({ window: "detached", ...wanted }).toString()}`,
    );
  }

  #create(
    kind: "main" | "detached",
    bounds: Partial<Rectangle>,
    place: WindowPlace | undefined,
  ): BrowserWindow {
    const { root } = this.#options;
    const window = createWindow({
      root,
      isDark: nativeTheme.shouldUseDarkColors,
      bounds,
    });
    const tell = (): void => this.#tell();
    window.on("show", tell).on("hide", tell);
    window.once("ready-to-show", () => {
      window.show();
      enlarge(window, place);
    });
    window.on("closed", () => this.#savers.delete(window));
    for (const listener of this.#openListeners) listener(window, kind);
    return window;
  }

  #save(change: (memory: WindowMemory) => WindowMemory): void {
    this.#saving = this.#options.memory.update(change).catch(() => undefined);
  }

  #tell(): void {
    this.#options.pages.set(this.all().length > 0);
    for (const listener of this.#listeners) listener();
  }
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
