import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import { inward, outward } from "../chromium/addresses.ts";
import { recordAt, textAt } from "../chromium/cdp.ts";
import { ContentsPage } from "../contents-page.ts";
import { createEvent } from "../event.ts";
import { encode } from "../page/wire.ts";
import { app } from "./app.ts";
import { IpcMain } from "./ipc-main.ts";
import { defaultSession, type Session } from "./session.ts";
import type { WebFrameMain } from "./web-frame-main.ts";

/** https://www.electronjs.org/docs/latest/api/web-contents */

type WindowOpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;

export interface ContentsOptions {
  width: number;
  height: number;
  preferences: Electron.WebPreferences;
}

const all = new Map<number, WebContents>();
let lastId = 0;

export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly ipc = new IpcMain();
  readonly session: Session = defaultSession;
  readonly standIn: ContentsPage;
  readonly preferences: Electron.WebPreferences;
  windowOpenHandler: WindowOpenHandler | undefined;
  #isDestroyed = false;
  #zoomLevel = 0;
  #isMuted = false;
  #lastFind = 0;

  constructor(options: ContentsOptions) {
    super();
    this.setMaxListeners(0);
    this.preferences = options.preferences;
    this.standIn = new ContentsPage(this, options);
    all.set(this.id, this);
    app.emit("web-contents-created", createEvent(), this);
  }

  get mainFrame(): WebFrameMain {
    return this.standIn.mainFrame;
  }
  get hostWebContents(): null {
    return null;
  }
  get navigationHistory(): { canGoBack: () => boolean; goBack: () => void; clear: () => void } {
    return {
      canGoBack: () => this.standIn.historyIndex > 0,
      goBack: () => this.standIn.tell("Runtime.evaluate", { expression: "history.back()" }),
      clear: () => this.standIn.tell("Page.resetNavigationHistory"),
    };
  }

  /** https://www.electronjs.org/docs/latest/api/web-contents#contentsloadurlurl-options */
  async loadURL(url: string): Promise<void> {
    this.#assertAlive();
    await this.standIn.load(url);
  }
  getURL(): string {
    this.#assertAlive();
    const { chromiumUrl } = this.mainFrame;
    return chromiumUrl === "about:blank" ? "" : outward(chromiumUrl);
  }
  getTitle(): string {
    this.#assertAlive();
    return this.standIn.title;
  }
  isLoading(): boolean {
    return this.standIn.isLoading;
  }
  isLoadingMainFrame(): boolean {
    return this.standIn.isLoading;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  isCrashed(): boolean {
    return this.standIn.isCrashed;
  }
  isFocused(): boolean {
    return this.standIn.isFocused;
  }
  focus(): void {
    this.standIn.tell("Page.bringToFront");
  }
  reload(): void {
    this.#assertAlive();
    void this.standIn.reload();
  }
  reloadIgnoringCache(): void {
    this.reload();
  }
  stop(): void {
    this.standIn.tell("Page.stopLoading");
  }
  getOSProcessId(): number {
    return this.standIn.isCrashed ? 0 : 1;
  }
  getProcessId(): number {
    return 1;
  }
  forcefullyCrashRenderer(): void {
    this.standIn.tell("Page.crash");
  }
  setBackgroundThrottling(): void {}
  setIgnoreMenuShortcuts(): void {}
  async setVisualZoomLevelLimits(): Promise<void> {}

  /** https://www.electronjs.org/docs/latest/api/web-contents#contentssendchannel-args */
  send(channel: string, ...args: unknown[]): void {
    this.#assertAlive();
    if (typeof channel !== "string") throw new TypeError("Missing required channel argument");
    this.standIn.deliver({ kind: "event", channel, args: encode(args) });
  }
  postMessage(channel: string, message: unknown): void {
    this.send(channel, message);
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }
  async executeJavaScript(code: string, isUserGesture = false): Promise<unknown> {
    const page = await this.standIn.whenReady();
    const result = await page.send("Runtime.evaluate", {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture: isUserGesture,
    });
    if (result["exceptionDetails"] !== undefined)
      throw new Error(textAt(recordAt(result["exceptionDetails"], "exception"), "description"));
    return recordAt(result, "result")["value"];
  }

  get zoomLevel(): number {
    return this.getZoomLevel();
  }
  set zoomLevel(level: number) {
    this.setZoomLevel(level);
  }
  get zoomFactor(): number {
    return this.getZoomFactor();
  }
  set zoomFactor(factor: number) {
    this.setZoomFactor(factor);
  }
  getZoomLevel(): number {
    return this.#zoomLevel;
  }
  /** Each level is 20 % of the one before: https://www.electronjs.org/docs/latest/api/web-contents#contentssetzoomlevellevel */
  setZoomLevel(level: number): void {
    this.#assertAlive();
    this.#zoomLevel = level;
    this.standIn.setZoomFactor(1.2 ** level);
  }
  getZoomFactor(): number {
    return 1.2 ** this.#zoomLevel;
  }
  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.setZoomLevel(Math.log(factor) / Math.log(1.2));
  }

  /** https://www.electronjs.org/docs/latest/api/web-contents#contentsfindinpagetext-options */
  findInPage(text: string, options: Electron.FindInPageOptions = {}): number {
    this.#assertAlive();
    if (text === "") throw new Error("Must provide a non-empty search content");
    const requestId = ++this.#lastFind;
    void this.standIn.find(text, options).then((found) => {
      if (!this.#isDestroyed)
        this.emit("found-in-page", createEvent(), { requestId, ...found, finalUpdate: true });
    });
    return requestId;
  }
  stopFindInPage(action: "clearSelection" | "keepSelection" | "activateSelection"): void {
    this.standIn.stopFind(action);
  }

  undo(): void {
    this.#edit("undo");
  }
  redo(): void {
    this.#edit("redo");
  }
  cut(): void {
    this.#edit("cut");
  }
  copy(): void {
    this.#edit("copy");
  }
  paste(): void {
    this.#edit("paste");
  }
  pasteAndMatchStyle(): void {
    this.#edit("paste");
  }
  delete(): void {
    this.#edit("delete");
  }
  selectAll(): void {
    this.#edit("selectAll");
  }
  async insertText(text: string): Promise<void> {
    await (await this.standIn.whenReady()).send("Input.insertText", { text });
  }
  replace(text: string): void {
    void this.insertText(text);
  }
  /** The misspelled word is what the caret stands in. */
  replaceMisspelling(text: string): void {
    void this.executeJavaScript(SELECT_WORD).then(() => this.insertText(text));
  }
  #edit(command: string): void {
    this.#assertAlive();
    void this.executeJavaScript(`document.execCommand(${JSON.stringify(command)})`, true);
  }

  /** Where the images were that were to be copied. */
  readonly copiedImages: Electron.Point[] = [];
  copyImageAt(x: number, y: number): void {
    this.#assertAlive();
    this.copiedImages.push({ x, y });
  }

  setAudioMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
  }
  isAudioMuted(): boolean {
    return this.#isMuted;
  }
  isDevToolsOpened(): boolean {
    return false;
  }
  openDevTools(): void {}
  closeDevTools(): void {}
  toggleDevTools(): void {}
  getType(): "window" {
    return "window";
  }
  getUserAgent(): string {
    return `Parvis Electron/${process.versions["electron"] ?? ""}`;
  }
  downloadURL(url: string): void {
    const address = JSON.stringify(inward(url));
    void this.executeJavaScript(
      `Object.assign(document.createElement("a"), { href: ${address}, download: "" }).click()`,
      true,
    );
  }
  async capturePage(): Promise<unknown> {
    const { NativeImage } = await import("./native-image.ts");
    const page = await this.standIn.whenReady();
    const { data } = await page.send("Page.captureScreenshot");
    return NativeImage.of(Buffer.from(typeof data === "string" ? data : "", "base64"));
  }
  /** As the page's window.close() and Playwright's page.close() do. */
  close(): void {
    this.emit("stand-in-close");
  }

  /** Called by its window. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    all.delete(this.id);
    this.standIn.close();
    this.emit("destroyed", createEvent());
  }

  #assertAlive(): void {
    // https://www.electronjs.org/docs/latest/api/web-contents#contentsisdestroyed
    if (this.#isDestroyed) throw new TypeError("Object has been destroyed");
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }
  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }
  static getFocusedWebContents(): WebContents | null {
    return [...all.values()].find((one) => one.isFocused()) ?? null;
  }
}

const SELECT_WORD = `(() => {
  const field = document.activeElement;
  if (!("selectionStart" in field)) return;
  const end = field.value.slice(field.selectionEnd).search(/[^\\p{L}\\p{N}'’-]|$/u) + field.selectionEnd;
  const start = field.value.slice(0, field.selectionStart).search(/[\\p{L}\\p{N}'’-]*$/u);
  field.setSelectionRange(start, end);
})()`;
