import { EventEmitter } from "node:events";
import { isAbsolute } from "node:path";
import type * as Electron from "electron";
import { theBrowser } from "../browser.ts";
import { numberAt } from "../chromium/cdp.ts";
import { createEvent } from "../event.ts";
import { app } from "./app.ts";
import { setFocusedWindow } from "./focused-window.ts";
import type { Menu } from "./menu.ts";
import { WebContents } from "./web-contents.ts";

/** https://www.electronjs.org/docs/latest/api/browser-window */

const all = new Set<BrowserWindow>();
let focused: BrowserWindow | undefined;
let lastId = 0;

type Options = Electron.BrowserWindowConstructorOptions;

export class BrowserWindow extends EventEmitter {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  /** What it was made with and told since, for tests to look at. */
  readonly standIn = {
    options: {} as Options,
    overlay: undefined as { image: Electron.NativeImage | null; description: string } | undefined,
    progress: -1,
    progressMode: "normal" as string | undefined,
    isFlashing: false,
    isContentProtected: false,
    menu: undefined as Menu | null | undefined,
    isSkippingTaskbar: false,
    thumbarButtons: [] as Electron.ThumbarButton[],
    backgroundColor: "",
    appDetails: {} as Partial<Electron.AppDetailsOptions>,
  };
  #bounds: Electron.Rectangle;
  #minimum: [number, number];
  #title: string;
  #isVisible: boolean;
  #isMinimized = false;
  #isMaximized = false;
  #isFullScreen = false;
  #isDestroyed = false;
  #isClosing = false;
  #isAlwaysOnTop: boolean;
  #isMenuBarVisible: boolean;
  #isEnabled = true;

  constructor(options: Options = {}) {
    super();
    this.setMaxListeners(0);
    // https://www.electronjs.org/docs/latest/api/browser-window: only once the application is ready.
    if (!app.isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
    checkOptions(options);
    const { width = 800, height = 600, x = 100, y = 100 } = options;
    this.standIn.options = options;
    this.standIn.backgroundColor = options.backgroundColor ?? "#FFF";
    this.#bounds = { x, y, width, height };
    this.#minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.#title = options.title ?? app.getName();
    this.#isVisible = options.show ?? true;
    this.#isAlwaysOnTop = options.alwaysOnTop ?? false;
    this.#isFullScreen = options.fullscreen ?? false;
    this.#isMenuBarVisible = !(options.autoHideMenuBar ?? false);
    all.add(this);
    this.webContents = new WebContents({ width, height, preferences: options.webPreferences ?? {} });
    this.#listen();
    app.emit("browser-window-created", createEvent(), this);
    this.#applyBounds();
    if (this.#isVisible) this.#takeFocus();
  }

  #listen(): void {
    this.webContents.once("did-finish-load", () => {
      // The first paint comes with the load, or just after it.
      if (!this.#isDestroyed) this.emit("ready-to-show", createEvent());
    });
    this.webContents.on("page-title-updated", (_event: unknown, title: string, isExplicit: boolean) => {
      const event = createEvent();
      this.emit("page-title-updated", event, title, isExplicit);
      if (!event.defaultPrevented) this.#title = title;
    });
    this.webContents.on("stand-in-close", () => this.close());
    this.webContents.on("stand-in-gone", () => this.destroy());
    this.webContents.on(
      "stand-in-open",
      (url: string, answer: { overrideBrowserWindowOptions?: Options }) => {
        const child = new BrowserWindow(answer.overrideBrowserWindowOptions);
        this.webContents.emit("did-create-window", child, { url });
        void child.loadURL(url).catch(() => undefined);
      },
    );
  }

  loadURL(url: string): Promise<void> {
    this.#assertAlive();
    return this.webContents.loadURL(url);
  }
  reload(): void {
    this.webContents.reload();
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    this.#assertAlive();
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.#applyState();
    this.emit("show", createEvent());
  }
  hide(): void {
    this.#assertAlive();
    if (!this.#isVisible) return;
    this.#isVisible = false;
    this.blur();
    this.#applyState();
    this.emit("hide", createEvent());
  }
  isVisible(): boolean {
    this.#assertAlive();
    return this.#isVisible && !this.#isMinimized;
  }
  focus(): void {
    this.#assertAlive();
    if (this.#isVisible && !this.#isMinimized) this.#takeFocus();
  }
  #takeFocus(): void {
    if (focused === this) return;
    focused?.blur();
    focused = this;
    setFocusedWindow(this);
    this.webContents.standIn.isFocused = true;
    this.webContents.standIn.tell("Page.bringToFront");
    this.webContents.standIn.tell("Emulation.setFocusEmulationEnabled", { enabled: true });
    this.emit("focus", createEvent());
    app.emit("browser-window-focus", createEvent(), this);
    this.webContents.emit("focus");
  }
  blur(): void {
    this.#assertAlive();
    if (focused !== this) return;
    focused = undefined;
    setFocusedWindow(undefined);
    this.webContents.standIn.isFocused = false;
    this.webContents.standIn.tell("Emulation.setFocusEmulationEnabled", { enabled: false });
    this.emit("blur", createEvent());
    app.emit("browser-window-blur", createEvent(), this);
    this.webContents.emit("blur");
  }
  isFocused(): boolean {
    this.#assertAlive();
    return focused === this;
  }

  minimize(): void {
    this.#assertAlive();
    if (this.#isMinimized) return;
    this.blur();
    this.#isMinimized = true;
    this.#applyState();
    this.emit("minimize", createEvent());
  }
  isMinimized(): boolean {
    this.#assertAlive();
    return this.#isMinimized;
  }
  restore(): void {
    this.#assertAlive();
    if (!this.#isMinimized && !this.#isMaximized) return;
    if (this.#isMinimized) this.#isMinimized = false;
    else this.#isMaximized = false;
    this.#isVisible = true;
    this.#applyState();
    this.emit("restore", createEvent());
    this.#takeFocus();
  }
  maximize(): void {
    this.#assertAlive();
    if (this.#isMaximized) return;
    this.#isMaximized = true;
    // Shown as well, without the focus: https://www.electronjs.org/docs/latest/api/browser-window#winmaximize
    this.showInactive();
    this.#applyState();
    this.emit("maximize", createEvent());
  }
  unmaximize(): void {
    this.#assertAlive();
    if (!this.#isMaximized) return;
    this.#isMaximized = false;
    this.#applyState();
    this.emit("unmaximize", createEvent());
  }
  isMaximized(): boolean {
    this.#assertAlive();
    return this.#isMaximized;
  }
  isNormal(): boolean {
    return !this.#isMaximized && !this.#isMinimized && !this.#isFullScreen;
  }
  setFullScreen(isFullScreen: boolean): void {
    this.#assertAlive();
    if (this.#isFullScreen === isFullScreen) return;
    this.#isFullScreen = isFullScreen;
    this.emit(isFullScreen ? "enter-full-screen" : "leave-full-screen", createEvent());
  }
  isFullScreen(): boolean {
    this.#assertAlive();
    return this.#isFullScreen;
  }
  isSimpleFullScreen(): boolean {
    return false;
  }

  getBounds(): Electron.Rectangle {
    this.#assertAlive();
    return { ...this.#bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }
  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#assertAlive();
    const before = this.#bounds;
    const [minWidth, minHeight] = this.#minimum;
    const next = { ...before, ...bounds };
    this.#bounds = {
      ...next,
      width: Math.max(next.width, minWidth),
      height: Math.max(next.height, minHeight),
    };
    const { x, y, width, height } = this.#bounds;
    if (width !== before.width || height !== before.height) {
      this.#applyBounds();
      this.emit("resize", createEvent());
      this.emit("resized", createEvent());
    }
    if (x !== before.x || y !== before.y) {
      this.emit("move", createEvent());
      this.emit("moved", createEvent());
    }
  }
  setContentBounds(bounds: Electron.Rectangle): void {
    this.setBounds(bounds);
  }
  getSize(): [number, number] {
    const { width, height } = this.getBounds();
    return [width, height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getContentSize(): [number, number] {
    return this.getSize();
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): [number, number] {
    const { x, y } = this.getBounds();
    return [x, y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {
    this.setBounds({ x: 0, y: 0 });
  }
  setMinimumSize(width: number, height: number): void {
    this.#minimum = [width, height];
  }
  getMinimumSize(): [number, number] {
    return this.#minimum;
  }

  getTitle(): string {
    this.#assertAlive();
    return this.#title;
  }
  setTitle(title: string): void {
    this.#assertAlive();
    this.#title = title;
  }
  get title(): string {
    return this.getTitle();
  }
  set title(title: string) {
    this.setTitle(title);
  }

  setProgressBar(progress: number, options: Electron.ProgressBarOptions = { mode: "normal" }): void {
    this.#assertAlive();
    this.standIn.progress = progress;
    this.standIn.progressMode = options.mode;
  }
  flashFrame(flag: boolean): void {
    this.#assertAlive();
    this.standIn.isFlashing = flag;
  }
  setOverlayIcon(image: Electron.NativeImage | null, description: string): void {
    this.#assertAlive();
    this.standIn.overlay = { image, description };
  }
  setContentProtection(isEnabled: boolean): void {
    this.standIn.isContentProtected = isEnabled;
  }
  setSkipTaskbar(isSkipped: boolean): void {
    this.standIn.isSkippingTaskbar = isSkipped;
  }
  setThumbarButtons(buttons: Electron.ThumbarButton[]): boolean {
    this.standIn.thumbarButtons = buttons;
    return true;
  }
  setAppDetails(details: Electron.AppDetailsOptions): void {
    this.standIn.appDetails = details;
  }
  setIcon(): void {}
  setBackgroundColor(color: string): void {
    this.standIn.backgroundColor = color;
  }
  getBackgroundColor(): string {
    return this.standIn.backgroundColor;
  }
  setMenu(menu: Menu | null): void {
    this.standIn.menu = menu;
  }
  removeMenu(): void {
    this.standIn.menu = null;
  }
  setMenuBarVisibility(isVisible: boolean): void {
    this.#isMenuBarVisible = isVisible;
  }
  isMenuBarVisible(): boolean {
    return this.#isMenuBarVisible;
  }
  setAutoHideMenuBar(isHidden: boolean): void {
    this.#isMenuBarVisible = !isHidden;
  }
  setAlwaysOnTop(flag: boolean): void {
    this.#isAlwaysOnTop = flag;
  }
  isAlwaysOnTop(): boolean {
    return this.#isAlwaysOnTop;
  }
  setEnabled(isEnabled: boolean): void {
    this.#isEnabled = isEnabled;
  }
  isEnabled(): boolean {
    return this.#isEnabled;
  }
  moveTop(): void {}
  setVisibleOnAllWorkspaces(): void {}
  setDocumentEdited(): void {}
  setAccessibleTitle(): void {}
  getNativeWindowHandle(): Buffer {
    return Buffer.alloc(8);
  }
  getMediaSourceId(): string {
    return `window:${this.id}:0`;
  }
  getParentWindow(): null {
    return null;
  }
  getChildWindows(): BrowserWindow[] {
    return [];
  }
  isModal(): boolean {
    return false;
  }

  /** Asked first: https://www.electronjs.org/docs/latest/api/browser-window#event-close */
  close(): void {
    if (this.#isDestroyed || this.#isClosing) return;
    const event = createEvent();
    this.#isClosing = true;
    this.emit("close", event);
    this.#isClosing = false;
    if (event.defaultPrevented) {
      app.standIn.isQuitting = false;
      return;
    }
    this.destroy();
  }
  /** Without `close`, with `closed`: https://www.electronjs.org/docs/latest/api/browser-window#windestroy */
  destroy(): void {
    if (this.#isDestroyed) return;
    if (focused === this) this.blur();
    this.#isDestroyed = true;
    all.delete(this);
    this.webContents.destroy();
    this.emit("closed");
    if (all.size === 0 && !app.standIn.isQuitting) {
      // Without a listener the application quits: https://www.electronjs.org/docs/latest/api/app#event-window-all-closed
      if (!app.emit("window-all-closed")) app.quit();
    }
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  #applyBounds(): void {
    const { width, height } = this.#bounds;
    void this.#withWindow((windowId) =>
      theBrowser().cdp.browser.send("Browser.setContentsSize", { windowId, width, height }),
    );
  }
  #applyState(): void {
    const windowState = this.#isVisible && !this.#isMinimized ? "normal" : "minimized";
    void this.#withWindow((windowId) =>
      theBrowser().cdp.browser.send("Browser.setWindowBounds", { windowId, bounds: { windowState } }),
    );
  }
  async #withWindow(act: (windowId: number) => Promise<unknown>): Promise<void> {
    try {
      await this.webContents.standIn.whenReady();
      const { targetId } = this.webContents.standIn;
      await act(
        numberAt(await theBrowser().cdp.browser.send("Browser.getWindowForTarget", { targetId }), "windowId"),
      );
    } catch {
      // It was closed in the meantime.
    }
  }

  #assertAlive(): void {
    // https://www.electronjs.org/docs/latest/api/browser-window#winisdestroyed
    if (this.#isDestroyed) throw new TypeError("Object has been destroyed");
  }

  static getAllWindows(): BrowserWindow[] {
    return [...all];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return [...all].find((one) => one.id === id) ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...all].find((one) => one.webContents === contents) ?? null;
  }
}

function checkOptions({ webPreferences }: Options): void {
  const preload = webPreferences?.preload;
  // https://www.electronjs.org/docs/latest/api/structures/web-preferences: "The value should be the absolute file path".
  if (preload !== undefined && !isAbsolute(preload))
    throw new Error(`preload script must have absolute path: ${preload}`);
  if (webPreferences?.sandbox === false && !app.standIn.isSandboxed)
    throw new Error("The stand-in has sandboxed pages only.");
}

/** For quitting: false when a window stays. */
export async function closeAllWindows(): Promise<boolean> {
  for (const window of all) window.close();
  return all.size === 0;
}
