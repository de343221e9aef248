import { randomUUID } from "node:crypto";
import type * as Electron from "electron";
import { theBrowser } from "./browser.ts";
import { outward } from "./chromium/addresses.ts";
import { isRecord, numberAt, recordAt, textAt, type CdpSession, type Params } from "./chromium/cdp.ts";
import { createEvent } from "./event.ts";
import { app } from "./modules/app.ts";
import { receive } from "./modules/ipc-main.ts";
import { nativeTheme } from "./modules/system.ts";
import { WebFrameMain } from "./modules/web-frame-main.ts";
import type { ContentsOptions, WebContents } from "./modules/web-contents.ts";
import { Navigation } from "./navigation.ts";
import { askPermission } from "./permissions.ts";
import { isolatedWorldScript, ISOLATED_WORLD, mainWorldScript, RECEIVE, SEND } from "./page/scripts.ts";

/** What stands behind a WebContents: a page of the real Chromium, and the way to the preload in it. */
export class ContentsPage {
  mainFrame = new WebFrameMain("", null);
  title = "";
  isLoading = false;
  isCrashed = false;
  isFocused = false;
  historyIndex = 0;
  targetId = "";
  readonly #contents: WebContents;
  readonly #options: ContentsOptions;
  readonly #session = Promise.withResolvers<CdpSession>();
  readonly #frames = new Map<string, WebFrameMain>();
  /** Worlds of preloads, by their frames. */
  readonly #worlds = new Map<string, number>();
  readonly #navigation: Navigation;
  #zoom = 1;
  #find = { text: "", active: 0 };

  constructor(contents: WebContents, options: ContentsOptions) {
    this.#contents = contents;
    this.#options = options;
    this.#navigation = new Navigation(contents, this);
    this.#session.promise.catch(() => undefined);
    this.#open().catch((error: unknown) => {
      this.#session.reject(error instanceof Error ? error : new Error(String(error)));
    });
  }

  whenReady(): Promise<CdpSession> {
    return this.#session.promise;
  }

  /** In its turn, and whatever becomes of it. */
  tell(method: string, params: Params = {}): void {
    this.whenReady()
      .then((session) => session.send(method, params))
      .catch(() => undefined);
  }

  load(url: string): Promise<void> {
    return this.#navigation.load(url);
  }
  reload(): Promise<void> {
    return this.#navigation.reload();
  }

  deliver(message: Params): void {
    const world = this.#worlds.get(this.mainFrame.standInId);
    if (world !== undefined) this.#deliverTo(world, message);
  }

  setZoomFactor(factor: number): void {
    this.#zoom = factor;
    this.tell("Emulation.setPageScaleFactor", { pageScaleFactor: 1 });
    void this.#contents
      .executeJavaScript(`document.documentElement.style.zoom = "${factor}"`)
      .catch(() => undefined);
  }

  /** Counted in what the page shows; `window.find` walks through it. */
  async find(
    text: string,
    { forward = true, matchCase = false }: Electron.FindInPageOptions,
  ): Promise<{ matches: number; activeMatchOrdinal: number; selectionArea: Electron.Rectangle }> {
    const wanted = JSON.stringify(text);
    const count: unknown = await this.#contents.executeJavaScript(
      `(() => { const fold = (text) => ${matchCase ? "text" : "text.toLocaleLowerCase()"};
        const found = fold(document.body.innerText).split(fold(${wanted})).length - 1;
        window.find(${wanted}, ${matchCase}, ${!forward}, true);
        return found; })()`,
    );
    const matches = typeof count === "number" ? count : 0;
    const isSame = this.#find.text === text;
    const step = forward ? 1 : -1;
    const active = isSame ? this.#find.active + step : forward ? 1 : matches;
    this.#find = { text, active: matches === 0 ? 0 : ((active - 1 + matches) % matches) + 1 };
    return {
      matches,
      activeMatchOrdinal: this.#find.active,
      selectionArea: { x: 0, y: 0, width: 0, height: 0 },
    };
  }
  stopFind(action: string): void {
    this.#find = { text: "", active: 0 };
    if (action === "clearSelection")
      void this.#contents.executeJavaScript("getSelection().removeAllRanges()").catch(() => undefined);
  }

  close(): void {
    nativeTheme.off("updated", this.#applyTheme);
    this.whenReady()
      .then(() => theBrowser().cdp.browser.send("Target.closeTarget", { targetId: this.targetId }))
      .catch(() => undefined);
  }

  frameOf(id: string): WebFrameMain | undefined {
    return this.#frames.get(id);
  }

  async #open(): Promise<void> {
    const { cdp } = theBrowser();
    const { width, height } = this.#options;
    const created = await cdp.browser.send("Target.createTarget", {
      url: "about:blank",
      newWindow: true,
      width,
      height,
    });
    this.targetId = textAt(created, "targetId");
    const attached = await cdp.browser.send("Target.attachToTarget", {
      targetId: this.targetId,
      flatten: true,
    });
    const session = cdp.session(textAt(attached, "sessionId"));
    this.mainFrame = new WebFrameMain(this.targetId, null);
    this.#frames.set(this.targetId, this.mainFrame);
    this.#listen(session);
    cdp.browser.on("Target.targetDestroyed", (params) => {
      if (textAt(params, "targetId") === this.targetId) this.#contents.emit("stand-in-gone");
    });
    await Promise.all([
      session.send("Page.enable"),
      session.send("Runtime.addBinding", { name: SEND, executionContextName: ISOLATED_WORLD }),
      session.send("Runtime.enable"),
      session.send("Inspector.enable"),
      session.send("Fetch.enable", { patterns: [{ resourceType: "Document", requestStage: "Request" }] }),
      this.#inject(session),
    ]);
    nativeTheme.on("updated", this.#applyTheme);
    this.#session.resolve(session);
    this.#applyTheme();
  }

  /** Pages are as dark as the shell: https://www.electronjs.org/docs/latest/api/native-theme#nativethemethemesource */
  readonly #applyTheme = (): void => {
    const value = nativeTheme.shouldUseDarkColors ? "dark" : "light";
    this.tell("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  };

  async #inject(session: CdpSession): Promise<void> {
    const options = {
      secret: randomUUID(),
      preload: this.#options.preferences.preload,
      process: {
        type: "renderer",
        sandboxed: true,
        contextIsolated: true,
        platform: process.platform,
        arch: process.arch,
        env: {},
        versions: {
          electron: process.versions["electron"],
          chrome: process.versions["chrome"],
          node: process.versions.node,
        },
      },
    };
    await session.send("Page.addScriptToEvaluateOnNewDocument", { source: mainWorldScript(options) });
    await session.send("Page.addScriptToEvaluateOnNewDocument", {
      source: isolatedWorldScript(options),
      worldName: ISOLATED_WORLD,
    });
  }

  #listen(session: CdpSession): void {
    session.on("Runtime.executionContextCreated", (params) => {
      const context = recordAt(params, "context");
      if (textAt(context, "name") !== ISOLATED_WORLD) return;
      this.#worlds.set(textAt(context["auxData"], "frameId"), numberAt(context, "id"));
    });
    session.on("Runtime.executionContextDestroyed", (params) => {
      const id = numberAt(params, "executionContextId");
      for (const [frame, world] of this.#worlds) if (world === id) this.#worlds.delete(frame);
    });
    session.on("Runtime.executionContextsCleared", () => this.#worlds.clear());
    session.on("Runtime.bindingCalled", (params) => this.#takeMessage(params));
    session.on("Runtime.consoleAPICalled", (params) => this.#takeConsole(params));
    session.on("Page.windowOpen", (params) =>
      this.#openWindow(textAt(params, "url"), textAt(params, "windowName")),
    );
    session.on("Page.frameAttached", (params) => {
      const parent = this.#frames.get(textAt(params, "parentFrameId")) ?? this.mainFrame;
      const id = textAt(params, "frameId");
      this.#frames.set(id, new WebFrameMain(id, parent));
    });
    session.on("Page.frameDetached", (params) => {
      if (textAt(params, "reason") === "swap") return;
      const frame = this.#frames.get(textAt(params, "frameId"));
      if (frame !== undefined) frame.isGone = true;
      this.#frames.delete(textAt(params, "frameId"));
    });
    session.on("Inspector.targetCrashed", () => {
      this.isCrashed = true;
      this.#contents.emit("render-process-gone", createEvent(), { reason: "crashed", exitCode: 5 });
    });
    this.#navigation.listen(session);
  }

  #takeMessage(params: unknown): void {
    if (textAt(params, "name") !== SEND) return;
    const world = numberAt(params, "executionContextId");
    const frameId = [...this.#worlds].find(([, one]) => one === world)?.[0];
    const frame = frameId === undefined ? null : (this.#frames.get(frameId) ?? null);
    const message: unknown = JSON.parse(textAt(params, "payload"));
    const kind = textAt(message, "kind");
    if (kind === "preload-error") this.#tellPreloadError(message);
    else if (kind === "title") this.#takeTitle(textAt(message, "title"));
    else if (kind === "window-open") this.#openWindow(textAt(message, "url"), textAt(message, "name"));
    else if (kind === "context-menu") this.#tellContextMenu(message, frame);
    else if (kind === "permission" && frame !== null) void this.#answerPermission(message, frame, world);
    else {
      const answer = (given: Params): void => this.#deliverTo(world, given);
      void receive(message, { contents: this.#contents, frame, answer });
    }
  }

  async #answerPermission(message: unknown, frame: WebFrameMain, world: number): Promise<void> {
    const value = await askPermission(this.#contents, frame, message);
    this.#deliverTo(world, { kind: "done", id: numberAt(message, "id"), value });
  }

  #deliverTo(contextId: number, message: Params): void {
    const expression = `${RECEIVE}(${JSON.stringify(JSON.stringify(message))})`;
    this.tell("Runtime.evaluate", { expression, contextId });
  }

  #tellPreloadError(message: unknown): void {
    const path = textAt(message, "path");
    const error = new Error(textAt(message, "message"));
    error.name = textAt(message, "name");
    process.stderr.write(`Unable to load preload script: ${path}\n${error.name}: ${error.message}\n`);
    this.#contents.emit("preload-error", createEvent(), path, error);
  }

  #tellContextMenu(message: unknown, frame: WebFrameMain | null): void {
    const asked = isRecord(message) ? message : {};
    this.#contents.emit("context-menu", createEvent(), {
      ...asked,
      linkURL: outward(textAt(asked, "linkURL")),
      srcURL: outward(textAt(asked, "srcURL")),
      pageURL: this.#contents.getURL(),
      frame,
      frameURL: "",
      misspelledWord: "",
      dictionarySuggestions: [],
      editFlags: editFlags(asked["isEditable"] === true, textAt(asked, "selectionText") !== ""),
      menuSourceType: "mouse",
      mediaFlags: {},
    });
  }

  #takeConsole(params: unknown): void {
    const args = isRecord(params) && Array.isArray(params["args"]) ? params["args"] : [];
    const message = args.map((one: unknown) => describe(one)).join(" ");
    const type = textAt(params, "type");
    const level = type === "error" ? "error" : type === "warning" ? "warning" : "info";
    this.#contents.emit(
      "console-message",
      createEvent({ level, message, lineNumber: 0, sourceId: "", frame: this.mainFrame }),
    );
  }

  #takeTitle(title: string): void {
    if (title === this.title || title === "" || this.#contents.isDestroyed()) return;
    this.title = title;
    this.#contents.emit("page-title-updated", createEvent(), title, true);
  }

  /** What the page wanted to open has been closed, or never was; what the handler says is followed from here. */
  #openWindow(address: string, frameName: string): void {
    const url = outward(address);
    const details = {
      url,
      frameName,
      features: "",
      disposition: "foreground-tab" as const,
      referrer: { url: this.#contents.getURL(), policy: "strict-origin-when-cross-origin" as const },
    };
    const answer = this.#contents.windowOpenHandler?.(details) ?? { action: "allow" };
    if (answer.action === "allow") this.#contents.emit("stand-in-open", url, answer);
  }

  afterLoad(): void {
    if (this.#zoom !== 1) this.setZoomFactor(this.#zoom);
    if (app.standIn.isQuitting) return;
    this.isCrashed = false;
  }
}

function editFlags(isEditable: boolean, hasSelection: boolean): Electron.EditFlags {
  return {
    canUndo: isEditable,
    canRedo: isEditable,
    canCut: isEditable && hasSelection,
    canCopy: hasSelection,
    canPaste: isEditable,
    canDelete: isEditable && hasSelection,
    canSelectAll: true,
    canEditRichly: false,
  };
}

function describe(value: unknown): string {
  const plain = isRecord(value) ? value["value"] : undefined;
  return typeof plain === "string" ? plain : (JSON.stringify(plain) ?? textAt(value, "description"));
}
