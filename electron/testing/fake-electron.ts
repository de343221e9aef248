import { EventEmitter } from "node:events";
import type * as Electron from "electron";

/**
 * A hand-held fake of the Electron modules that the shell uses, put in their place by the test runner's alias. It keeps
 * what it is told and lets a test play Chromium's part; `satisfies` holds it to the real types.
 */

// oxlint-disable-next-line oxc/no-barrel-file -- It stands in the place of a package whose one entry has all modules.
export { asked, clipboard, copied, dialog, screen } from "./fake-screen.ts";
export { Menu, nativeImage, powerMonitor, Tray } from "./fake-desktop.ts";

type Handler = (event: unknown, ...args: unknown[]) => unknown;

export class FakeContents extends EventEmitter {
  windowOpenHandler: ((details: { url: string }) => unknown) | undefined;
  readonly sent: unknown[][] = [];
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.windowOpenHandler = handler;
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
  zoomLevel = 0;
  setZoomLevel(level: number): void {
    this.zoomLevel = level;
  }
  isDestroyed(): boolean {
    return false;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all;
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.all.find((window) => window.isFocused) ?? null;
  }
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents();
  url = "";
  isShown = false;
  isFocused = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit("web-contents-created", {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    this.url = url;
    this.emit("ready-to-show");
  }
  show(): void {
    this.isShown = true;
  }
  isVisible(): boolean {
    return this.isShown;
  }
  flashFrame(): void {}
  hide(): void {
    this.isShown = false;
  }
  bounds = { x: 0, y: 0, width: 1280, height: 820 };
  getNormalBounds() {
    return this.bounds;
  }
  isMaximized(): boolean {
    return false;
  }
  isFullScreen(): boolean {
    return false;
  }
  setProgressBar(): void {}
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return false;
  }
  focus(): void {
    this.isFocused = true;
    app.emit("browser-window-focus", {}, this);
  }
  blur(): void {
    this.isFocused = false;
    app.emit("browser-window-blur", {}, this);
  }
}

/** Keeps what is shown; a test clicks and closes by `emit`. */
export class Notification extends EventEmitter {
  static isThere = true;
  static readonly shown: Notification[] = [];
  /** Of an earlier run, taken out of the system's list. */
  static readonly removed: string[] = [];
  /** Windows tells of what was done with a notice. */
  static activate: (details: Electron.ActivationArguments) => void = () => undefined;
  static remove(id: string | string[]): void {
    Notification.removed.push(...[id].flat());
  }
  static handleActivation(callback: (details: Electron.ActivationArguments) => void): void {
    Notification.activate = callback;
  }
  static isSupported(): boolean {
    return Notification.isThere;
  }
  readonly options: Electron.NotificationConstructorOptions;
  isClosed = false;

  constructor(options: Electron.NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    Notification.shown.push(this);
  }
  close(): void {
    this.isClosed = true;
    this.emit("close", {});
  }
}

class FakeApp extends EventEmitter {
  appPath = "";
  /** What it was asked to do, in order. */
  readonly asked: string[] = [];
  releaseSingleInstanceLock(): void {
    this.asked.push("release the lock");
  }
  relaunch(): void {
    this.asked.push("relaunch");
  }
  quit(): void {
    this.asked.push("quit");
  }
  exit(): void {
    this.asked.push("exit");
  }
  getAppPath(): string {
    return this.appPath;
  }
  getVersion(): string {
    return "0.0.0";
  }
  getLocale(): string {
    return "fr";
  }
  badge = 0;
  setBadgeCount(count: number): boolean {
    this.badge = count;
    return true;
  }
  readonly isPackaged = true;
}
export const app = new FakeApp();

class FakeIpcMain {
  readonly handlers = new Map<string, Handler>();
  handle(channel: string, handler: Handler): void {
    this.handlers.set(channel, handler);
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}
export const ipcMain = new FakeIpcMain();

type Answer = (isGranted: boolean) => void;
interface Asked {
  isMainFrame?: boolean;
  requestingUrl?: string;
  securityOrigin?: string;
  mediaType?: string;
  mediaTypes?: readonly string[];
}

export class FakeSession extends EventEmitter {
  onPermissionRequest:
    | ((contents: unknown, permission: string, callback: Answer, details: Asked) => void)
    | undefined;
  onPermissionCheck:
    | ((contents: unknown, permission: string, origin: string, details: Asked) => boolean)
    | undefined;
  onDevice: (() => boolean) | undefined;
  readonly served = new Map<string, (request: Request) => Response | Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void => {
      this.served.set(scheme, handler);
    },
  } satisfies Pick<Electron.Protocol, "handle">;
  spelling = { isOn: true, languages: [] as string[] };
  readonly availableSpellCheckerLanguages = ["en-GB", "fr"];
  setSpellCheckerEnabled(isOn: boolean): void {
    this.spelling.isOn = isOn;
  }
  setSpellCheckerLanguages(languages: string[]): void {
    this.spelling.languages = languages;
  }
  proxy: Electron.ProxyConfig = {};
  /** What Chromium says it would do; a test changes it. */
  resolved = "DIRECT";
  onVerify: Parameters<Electron.Session["setCertificateVerifyProc"]>[0] = null;
  setProxy(config: Electron.ProxyConfig): Promise<void> {
    this.proxy = config;
    return Promise.resolve();
  }
  resolveProxy(): Promise<string> {
    return Promise.resolve(this.resolved);
  }
  closeAllConnections(): Promise<void> {
    return Promise.resolve();
  }
  setCertificateVerifyProc(handler: FakeSession["onVerify"]): void {
    this.onVerify = handler;
  }
  setPermissionRequestHandler(handler: FakeSession["onPermissionRequest"]): void {
    this.onPermissionRequest = handler;
  }
  setPermissionCheckHandler(handler: FakeSession["onPermissionCheck"]): void {
    this.onPermissionCheck = handler;
  }
  setDevicePermissionHandler(handler: FakeSession["onDevice"]): void {
    this.onDevice = handler;
  }
}
const partitions = new Map<string, FakeSession>();
export const session = {
  defaultSession: new FakeSession(),
  fromPartition(name: string): FakeSession {
    const known = partitions.get(name) ?? new FakeSession();
    partitions.set(name, known);
    return known;
  },
};

export const registered: Electron.CustomScheme[] = [];
export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    registered.push(...schemes);
  },
} satisfies Pick<Electron.Protocol, "registerSchemesAsPrivileged">;

/** What Chromium's network fails with, while it does. */
export const fetching: { failure: Error | undefined } = { failure: undefined };

/** Plain fetch in Chromium's place; keeps what it was called with. */
export const fetched: { url: string; bypass: boolean | undefined }[] = [];

/** A request without `fetch`: a test plays the proxy that asks and the answer that comes. */
export class FakeRequest extends EventEmitter {
  readonly options: { method?: string; url?: string };
  constructor(options: { method?: string; url?: string }) {
    super();
    this.options = options;
  }
  end(): void {
    queueMicrotask(() => requests.onRequest(this));
  }
}
export const requests = {
  onRequest: (request: FakeRequest): void => void request.emit("error", new Error("net::ERR_FAILED")),
};

export const net = {
  isOnline: () => true,
  request: (options: { method?: string; url?: string }): FakeRequest => new FakeRequest(options),
  fetch(
    input: string | Request,
    init?: RequestInit & { bypassCustomProtocolHandlers?: boolean },
  ): Promise<Response> {
    if (fetching.failure !== undefined) return Promise.reject(fetching.failure);
    fetched.push({ url: new Request(input).url, bypass: init?.bypassCustomProtocolHandlers });
    return fetch(input, init);
  },
} satisfies Pick<Electron.Net, "fetch" | "isOnline"> & { request: unknown };

/** Reverses the text: enough to see that nothing is kept in clear. */
export const vault = { isAvailable: true, backend: "gnome_libsecret", isRotated: false };
function reversed(text: string): string {
  return Array.from(text).toReversed().join("");
}

export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(vault.isAvailable),
  getSelectedStorageBackend: () =>
    vault.backend === "basic_text" ? ("basic_text" as const) : ("gnome_libsecret" as const),
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`sealed:${reversed(text)}`)),
  decryptStringAsync(sealed: Buffer) {
    const text = sealed.toString("utf8");
    if (!text.startsWith("sealed:"))
      return Promise.reject(new Error("Error while decrypting the ciphertext"));
    return Promise.resolve({
      shouldReEncrypt: vault.isRotated,
      result: reversed(text.slice("sealed:".length)),
    });
  },
} satisfies Pick<
  Electron.SafeStorage,
  "isAsyncEncryptionAvailable" | "getSelectedStorageBackend" | "encryptStringAsync" | "decryptStringAsync"
>;

export const opened: string[] = [];
export const shell = {
  openExternal(url: string): Promise<void> {
    opened.push(url);
    return Promise.resolve();
  },
} satisfies Pick<Electron.Shell, "openExternal">;

export const nativeTheme = Object.assign(new EventEmitter(), {
  shouldUseDarkColors: true,
  shouldUseDarkColorsForSystemIntegratedUI: true,
}) satisfies Pick<Electron.NativeTheme, "shouldUseDarkColors" | "shouldUseDarkColorsForSystemIntegratedUI">;

/** `utilityProcess.fork` without Electron: a child that a test makes speak and end. */
export class FakeChild extends EventEmitter {
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  kill(): boolean {
    this.emit("exit", 0);
    return true;
  }
}
export const forked: { script: string; args: string[]; child: FakeChild }[] = [];
export const utilityProcess = {
  fork(script: string, args: string[] = []): FakeChild {
    const child = new FakeChild();
    forked.push({ script, args, child });
    return child;
  },
};

/** The page's side of the preload. */
export const exposed: Record<string, unknown> = {};
export const contextBridge = {
  exposeInMainWorld(name: string, api: unknown): void {
    exposed[name] = api;
  },
} satisfies Pick<Electron.ContextBridge, "exposeInMainWorld">;

class FakeIpcRenderer extends EventEmitter {
  readonly invoked: unknown[][] = [];
  invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    this.invoked.push([channel, ...args]);
    return Promise.resolve({ ok: true, value: null });
  }
}
export const ipcRenderer = new FakeIpcRenderer();
