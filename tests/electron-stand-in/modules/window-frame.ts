import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { Menu } from "./menu.ts";

/** What a window is told about its surroundings: kept for tests to look at, and nothing more. */
export class WindowFrame extends EventEmitter {
  readonly standIn;
  #isAlwaysOnTop: boolean;
  #isMenuBarVisible: boolean;
  #isEnabled = true;
  #opacity = 1;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.setMaxListeners(0);
    this.standIn = {
      options,
      overlay: undefined as { image: Electron.NativeImage | null; description: string } | undefined,
      progress: -1,
      progressMode: "normal" as string | undefined,
      isFlashing: false,
      isContentProtected: false,
      menu: undefined as Menu | null | undefined,
      isSkippingTaskbar: false,
      thumbarButtons: [] as Electron.ThumbarButton[],
      backgroundColor: options.backgroundColor ?? "#FFF",
      appDetails: {} as Partial<Electron.AppDetailsOptions>,
      icon: options.icon,
    };
    this.#isAlwaysOnTop = options.alwaysOnTop ?? false;
    this.#isMenuBarVisible = !(options.autoHideMenuBar ?? false);
  }

  isDestroyed(): boolean {
    return false;
  }
  protected assertAlive(): void {
    // https://www.electronjs.org/docs/latest/api/browser-window#winisdestroyed
    if (this.isDestroyed()) throw new TypeError("Object has been destroyed");
  }

  setProgressBar(progress: number, options: Electron.ProgressBarOptions = { mode: "normal" }): void {
    this.assertAlive();
    this.standIn.progress = progress;
    this.standIn.progressMode = options.mode;
  }
  flashFrame(flag: boolean): void {
    this.assertAlive();
    this.standIn.isFlashing = flag;
  }
  setOverlayIcon(image: Electron.NativeImage | null, description: string): void {
    this.assertAlive();
    this.standIn.overlay = { image, description };
  }
  setContentProtection(isEnabled: boolean): void {
    this.assertAlive();
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
  setIcon(icon: Electron.NativeImage | string): void {
    this.standIn.icon = icon;
  }
  setBackgroundColor(color: string): void {
    this.assertAlive();
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
  setOpacity(opacity: number): void {
    this.#opacity = opacity;
  }
  getOpacity(): number {
    return this.#opacity;
  }
  moveTop(): void {}
  setVisibleOnAllWorkspaces(): void {}
  setDocumentEdited(): void {}
  setTitleBarOverlay(): void {}
  invalidateShadow(): void {}
  getNativeWindowHandle(): Buffer {
    return Buffer.alloc(8);
  }
  getParentWindow(): null {
    return null;
  }
  getChildWindows(): never[] {
    return [];
  }
  isModal(): boolean {
    return false;
  }
  isClosable(): boolean {
    return this.standIn.options.closable ?? true;
  }
  isResizable(): boolean {
    return this.standIn.options.resizable ?? true;
  }
}
