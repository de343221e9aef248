import { inward, outward } from "./chromium/addresses.ts";
import { recordAt, textAt, type CdpSession, type Params } from "./chromium/cdp.ts";
import type { ContentsPage } from "./contents-page.ts";
import { createEvent } from "./event.ts";
import { applyChecks, request } from "./permissions.ts";
import { shell } from "./modules/shell.ts";
import { WebFrameMain } from "./modules/web-frame-main.ts";
import type { WebContents } from "./modules/web-contents.ts";

/**
 * Where a page goes, and whether it may: each document is held until the shell's handlers have been asked.
 * https://www.electronjs.org/docs/latest/api/web-contents#event-will-navigate
 */
export class Navigation {
  readonly #contents: WebContents;
  readonly #page: ContentsPage;
  /** What the shell itself asked for: no handler is asked. */
  #own: string | undefined;
  #loading: PromiseWithResolvers<void> | undefined;

  constructor(contents: WebContents, page: ContentsPage) {
    this.#contents = contents;
    this.#page = page;
  }

  listen(session: CdpSession): void {
    session.on("Fetch.requestPaused", (params: Params) => this.#decide(session, params));
    session.on("Page.frameNavigated", (params) => this.#navigated(recordAt(params, "frame")));
    session.on("Page.navigatedWithinDocument", (params) => {
      const frame = this.#page.frameOf(textAt(params, "frameId"));
      if (frame === undefined) return;
      frame.chromiumUrl = textAt(params, "url");
      this.#contents.emit(
        "did-navigate-in-page",
        createEvent(),
        frame.url,
        frame.parent === null,
        1,
        frame.routingId,
      );
    });
    session.on("Page.domContentEventFired", () => this.#contents.emit("dom-ready", createEvent()));
    session.on("Page.loadEventFired", () => this.#loaded());
    session.on("Page.frameRequestedNavigation", (params) => this.#askForForeign(params));
  }

  async load(url: string): Promise<void> {
    const session = await this.#page.whenReady();
    const loading = this.#begin(inward(url));
    const { errorText } = await session.send("Page.navigate", { url: inward(url) });
    if (typeof errorText === "string" && errorText !== "") this.#fail(url, errorText);
    await loading;
  }

  async reload(): Promise<void> {
    const session = await this.#page.whenReady();
    const loading = this.#begin(this.#page.mainFrame.chromiumUrl);
    loading.catch(() => undefined);
    await session.send("Page.reload");
  }

  #begin(url: string): Promise<void> {
    this.#own = url;
    this.#loading?.reject(new Error(`ERR_ABORTED (-3) loading '${outward(url)}'`));
    this.#loading = Promise.withResolvers<void>();
    this.#page.isLoading = true;
    this.#contents.emit("did-start-loading", createEvent());
    return this.#loading.promise;
  }

  #fail(url: string, text: string): void {
    this.#page.isLoading = false;
    const name = text.replace(/^net::/, "");
    const code = name === "ERR_ABORTED" ? -3 : -2;
    this.#contents.emit("did-fail-load", createEvent(), code, name, url, true);
    this.#loading?.reject(
      Object.assign(new Error(`${name} (${code}) loading '${url}'`), { code: name, errno: code, url }),
    );
    this.#loading = undefined;
  }

  #loaded(): void {
    if (this.#contents.isDestroyed()) return;
    this.#page.isLoading = false;
    this.#page.afterLoad();
    this.#contents.emit("did-finish-load", createEvent());
    this.#contents.emit("did-stop-loading", createEvent());
    this.#loading?.resolve();
    this.#loading = undefined;
  }

  #navigated(frame: Params): void {
    const id = textAt(frame, "id");
    const known =
      this.#page.frameOf(id) ?? (textAt(frame, "parentId") === "" ? this.#page.mainFrame : undefined);
    if (known === undefined) return;
    known.chromiumUrl = textAt(frame, "url") + textAt(frame, "urlFragment");
    known.name = textAt(frame, "name");
    if (known.parent !== null) {
      this.#contents.emit(
        "did-frame-navigate",
        createEvent(),
        known.url,
        200,
        "OK",
        false,
        1,
        known.routingId,
      );
      return;
    }
    this.#page.historyIndex += 1;
    void applyChecks(this.#contents, known);
    this.#contents.emit("did-navigate", createEvent(), known.url, 200, "OK");
  }

  /** Held: nothing has been asked of any server yet. */
  #decide(session: CdpSession, params: Params): void {
    const requestId = textAt(params, "requestId");
    const address = textAt(params["request"], "url");
    const frame = this.#page.frameOf(textAt(params, "frameId")) ?? new WebFrameMain("", this.#page.mainFrame);
    const isRedirect = textAt(params, "redirectedRequestId") !== "";
    if (!isRedirect && frame.parent === null && withoutHash(address) === withoutHash(this.#own ?? "")) {
      this.#own = undefined;
      session.tell("Fetch.continueRequest", { requestId });
      return;
    }
    const names = isRedirect
      ? ["will-redirect"]
      : ["will-frame-navigate", ...(frame.parent === null ? ["will-navigate"] : [])];
    if (names.every((name) => this.#mayGo(name, outward(address), frame)))
      session.tell("Fetch.continueRequest", { requestId });
    else session.tell("Fetch.failRequest", { requestId, errorReason: "Aborted" });
  }

  #mayGo(name: string, url: string, frame: WebFrameMain): boolean {
    const details = {
      url,
      isSameDocument: false,
      isMainFrame: frame.parent === null,
      frame,
      initiator: frame,
      isInPlace: false,
    };
    const event = createEvent(details);
    this.#contents.emit(name, event, url, false, details.isMainFrame, 1, frame.routingId);
    return !event.defaultPrevented;
  }

  /** Of addresses that no request is made for (`mailto:`, `file:`…): they are told, and lead nowhere here. */
  #askForForeign(params: unknown): void {
    const url = textAt(params, "url");
    if (/^(https?|about|blob|javascript):/.test(url)) return;
    const frame = this.#page.frameOf(textAt(params, "frameId"));
    if (frame === undefined) return;
    const isAllowed =
      this.#mayGo("will-frame-navigate", url, frame) &&
      (frame.parent !== null || this.#mayGo("will-navigate", url, frame));
    if (!isAllowed || /^(file|data|chrome|devtools):/.test(url)) return;
    // Left to the system, when the handler lets it: https://www.electronjs.org/docs/latest/api/session#sessetpermissionrequesthandlerhandler
    void request(this.#contents, frame, "openExternal", [], url).then((isGranted) =>
      isGranted ? shell.openExternal(url) : undefined,
    );
  }
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/, "");
}
