import { isAbsolute } from "node:path";
import type * as Electron from "electron";
import { theBrowser } from "../browser.ts";
import { numberAt } from "../chromium/cdp.ts";
import { createEvent } from "../event.ts";
import { app } from "./app.ts";
import { focusedWindow, setFocusedWindow } from "./focused-window.ts";
import { screen } from "./system.ts";
import { WebContents } from "./web-contents.ts";
import { WindowFrame } from "./window-frame.ts";

/** https://www.electronjs.org/docs/latest/api/browser-window */

const all = new Set<BrowserWindow>();
let lastId = 0;

type Options = Electron.BrowserWindowConstructorOptions;

export class BrowserWindow extends WindowFrame {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  #bounds: Electron.Rectangle;
  #minimum: [number, number];
  #title: string;
  #isVisible: boolean;
  #isMinimized = false;
  #isMaximized = false;
  #isFullScreen = false;
  #isDestroyed = false;
  #isClosing = false;

  constructor(options: Options = {}) {
    super(options);
    // https://www.electronjs.org/docs/latest/api/browser-window: only once the application is ready.
    if (!app.isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
    checkOptions(options);
    const { width = 800, height = 600, x = 100, y = 100 } = options;
    this.#bounds = { x, y, width, height };
    this.#minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.#title = options.title ?? app.getName();
    this.#isVisible = options.show ?? true;
    this.#isFullScreen = options.fullscreen ?? false;
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
    this.assertAlive();
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
    this.assertAlive();
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.#applyState();
    this.emit("show", createEvent());
  }
  hide(): void {
    this.assertAlive();
    if (!this.#isVisible) return;
    this.#isVisible = false;
    this.blur();
    this.#applyState();
    this.emit("hide", createEvent());
  }
  isVisible(): boolean {
    this.assertAlive();
    return this.#isVisible && !this.#isMinimized;
  }
  focus(): void {
    this.assertAlive();
    if (this.#isVisible && !this.#isMinimized) this.#takeFocus();
  }
  #takeFocus(): void {
    if (focusedWindow() === this) return;
    BrowserWindow.getFocusedWindow()?.blur();
    setFocusedWindow(this);
    this.webContents.standIn.isFocused = true;
    this.webContents.standIn.tell("Page.bringToFront");
    this.webContents.standIn.tell("Emulation.setFocusEmulationEnabled", { enabled: true });
    this.emit("focus", createEvent());
    app.emit("browser-window-focus", createEvent(), this);
    this.webContents.emit("focus");
  }
  blur(): void {
    this.assertAlive();
    if (focusedWindow() !== this) return;
    setFocusedWindow(undefined);
    this.webContents.standIn.isFocused = false;
    this.webContents.standIn.tell("Emulation.setFocusEmulationEnabled", { enabled: false });
    this.emit("blur", createEvent());
    app.emit("browser-window-blur", createEvent(), this);
    this.webContents.emit("blur");
  }
  isFocused(): boolean {
    this.assertAlive();
    return focusedWindow() === this;
  }

  minimize(): void {
    this.assertAlive();
    if (this.#isMinimized) return;
    this.blur();
    this.#isMinimized = true;
    this.#applyState();
    this.emit("minimize", createEvent());
  }
  isMinimized(): boolean {
    this.assertAlive();
    return this.#isMinimized;
  }
  restore(): void {
    this.assertAlive();
    if (!this.#isMinimized && !this.#isMaximized) return;
    if (this.#isMinimized) this.#isMinimized = false;
    else this.#isMaximized = false;
    this.#isVisible = true;
    this.#applyState();
    this.emit("restore", createEvent());
    this.#takeFocus();
  }
  maximize(): void {
    this.assertAlive();
    if (this.#isMaximized) return;
    this.#isMaximized = true;
    // Shown as well, without the focus: https://www.electronjs.org/docs/latest/api/browser-window#winmaximize
    this.showInactive();
    this.#applyState();
    this.#applyBounds();
    this.emit("resize", createEvent());
    this.emit("maximize", createEvent());
  }
  unmaximize(): void {
    this.assertAlive();
    if (!this.#isMaximized) return;
    this.#isMaximized = false;
    this.#applyBounds();
    this.emit("resize", createEvent());
    this.emit("unmaximize", createEvent());
  }
  isMaximized(): boolean {
    this.assertAlive();
    return this.#isMaximized;
  }
  isNormal(): boolean {
    return !this.#isMaximized && !this.#isMinimized && !this.#isFullScreen;
  }
  setFullScreen(isFullScreen: boolean): void {
    this.assertAlive();
    if (this.#isFullScreen === isFullScreen) return;
    this.#isFullScreen = isFullScreen;
    this.#applyBounds();
    this.emit("resize", createEvent());
    this.emit(isFullScreen ? "enter-full-screen" : "leave-full-screen", createEvent());
  }
  isFullScreen(): boolean {
    this.assertAlive();
    return this.#isFullScreen;
  }
  isSimpleFullScreen(): boolean {
    return false;
  }

  getBounds(): Electron.Rectangle {
    this.assertAlive();
    return { ...this.#shownBounds() };
  }
  /** Where it goes back to: https://www.electronjs.org/docs/latest/api/browser-window#wingetnormalbounds */
  getNormalBounds(): Electron.Rectangle {
    this.assertAlive();
    return { ...this.#bounds };
  }
  #shownBounds(): Electron.Rectangle {
    const display = screen.getDisplayMatching(this.#bounds);
    if (this.#isFullScreen) return display.bounds;
    return this.#isMaximized ? display.workArea : this.#bounds;
  }
  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.assertAlive();
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
    const { width, height } = this.#bounds;
    const { workArea } = screen.getDisplayMatching(this.#bounds);
    this.setBounds({
      x: Math.round(workArea.x + (workArea.width - width) / 2),
      y: Math.round(workArea.y + (workArea.height - height) / 2),
    });
  }
  setMinimumSize(width: number, height: number): void {
    this.#minimum = [width, height];
  }
  getMinimumSize(): [number, number] {
    return this.#minimum;
  }

  getTitle(): string {
    this.assertAlive();
    return this.#title;
  }
  setTitle(title: string): void {
    this.assertAlive();
    this.#title = title;
  }
  get title(): string {
    return this.getTitle();
  }
  set title(title: string) {
    this.setTitle(title);
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
    if (focusedWindow() === this) this.blur();
    this.#isDestroyed = true;
    all.delete(this);
    this.webContents.destroy();
    this.emit("closed");
    if (all.size === 0 && !app.standIn.isQuitting) {
      // Without a listener the application quits: https://www.electronjs.org/docs/latest/api/app#event-window-all-closed
      if (!app.emit("window-all-closed")) app.quit();
    }
  }
  override isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  #applyBounds(): void {
    const { width, height } = this.#shownBounds();
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

  static getAllWindows(): BrowserWindow[] {
    return [...all];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...all].find((one) => one.isFocused()) ?? null;
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
