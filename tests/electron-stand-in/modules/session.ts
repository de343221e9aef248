import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import { app } from "./app.ts";
import { resolveProxy } from "../network/proxy.ts";
import type { Way } from "../network/request.ts";
import { fetchAsChromium } from "./net-fetch.ts";
import { sessionProtocol } from "./protocol.ts";

/** https://www.electronjs.org/docs/latest/api/session */

type CheckHandler = Parameters<Electron.Session["setPermissionCheckHandler"]>[0];
type RequestHandler = Parameters<Electron.Session["setPermissionRequestHandler"]>[0];
type DeviceHandler = Parameters<Electron.Session["setDevicePermissionHandler"]>[0];
type VerifyProc = Parameters<Electron.Session["setCertificateVerifyProc"]>[0];

export class Session extends EventEmitter {
  readonly protocol = sessionProtocol;
  /** What it was told, for tests to look at. */
  readonly standIn = {
    partition: "",
    permissionCheck: null as CheckHandler,
    permissionRequest: null as RequestHandler,
    devicePermission: null as DeviceHandler,
    certificateVerify: null as VerifyProc,
    proxy: {} as Electron.ProxyConfig,
    spellCheckerLanguages: [] as string[],
    spellCheckerDictionaryUrl: "",
    dictionary: [] as string[],
    downloadPath: "",
    closedConnections: 0,
    clearedStorage: [] as (Electron.ClearStorageDataOptions | undefined)[],
    sslConfig: {} as Electron.Config,
  };
  /** How its requests go. */
  readonly way: Way = {
    resolveProxy: (url) => this.resolveProxy(url),
    verify: () => this.standIn.certificateVerify,
    credentials: new Map(),
  };
  #isSpellChecking = true;

  constructor(partition = "") {
    super();
    this.standIn.partition = partition;
  }

  get spellCheckerEnabled(): boolean {
    return this.#isSpellChecking;
  }
  set spellCheckerEnabled(isEnabled: boolean) {
    this.#isSpellChecking = isEnabled;
  }
  get availableSpellCheckerLanguages(): string[] {
    return ["en-GB", "en-US", "fr"];
  }
  get storagePath(): string {
    return app.getPath("sessionData");
  }
  isPersistent(): boolean {
    return this.standIn.partition === "" || this.standIn.partition.startsWith("persist:");
  }
  setPermissionRequestHandler(handler: RequestHandler): void {
    this.standIn.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.standIn.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.standIn.devicePermission = handler;
  }
  setUSBProtectedClassesHandler(): void {}
  setBluetoothPairingHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setCertificateVerifyProc(proc: VerifyProc): void {
    this.standIn.certificateVerify = proc;
  }
  setSSLConfig(config: Electron.Config): void {
    this.standIn.sslConfig = config;
  }
  async setProxy(config: Electron.ProxyConfig): Promise<void> {
    this.standIn.proxy = config;
  }
  async forceReloadProxyConfig(): Promise<void> {}
  async resolveProxy(url: string): Promise<string> {
    return resolveProxy(this.standIn.proxy, url);
  }
  async resolveHost(): Promise<Electron.ResolvedHost> {
    return { endpoints: [] };
  }
  setSpellCheckerLanguages(languages: string[]): void {
    // https://www.electronjs.org/docs/latest/api/session#sessetspellcheckerlanguageslanguages
    for (const language of languages) {
      if (!this.availableSpellCheckerLanguages.includes(language))
        throw new Error(`Invalid language code provided: "${language}" is not a valid language code`);
    }
    this.standIn.spellCheckerLanguages = languages;
  }
  getSpellCheckerLanguages(): string[] {
    return this.standIn.spellCheckerLanguages;
  }
  setSpellCheckerDictionaryDownloadURL(url: string): void {
    this.standIn.spellCheckerDictionaryUrl = url;
  }
  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.#isSpellChecking = isEnabled;
  }
  isSpellCheckerEnabled(): boolean {
    return this.#isSpellChecking;
  }
  addWordToSpellCheckerDictionary(word: string): boolean {
    this.standIn.dictionary.push(word);
    return true;
  }
  removeWordFromSpellCheckerDictionary(word: string): boolean {
    this.standIn.dictionary = this.standIn.dictionary.filter((one) => one !== word);
    return true;
  }
  async listWordsInSpellCheckerDictionary(): Promise<string[]> {
    return this.standIn.dictionary;
  }
  setDownloadPath(path: string): void {
    this.standIn.downloadPath = path;
  }
  async clearStorageData(options?: Electron.ClearStorageDataOptions): Promise<void> {
    this.standIn.clearedStorage.push(options);
  }
  async clearCache(): Promise<void> {}
  async clearAuthCache(): Promise<void> {
    this.way.credentials.clear();
  }
  async clearHostResolverCache(): Promise<void> {}
  async clearCodeCaches(): Promise<void> {}
  async clearData(): Promise<void> {}
  async closeAllConnections(): Promise<void> {
    this.standIn.closedConnections += 1;
  }
  async getCacheSize(): Promise<number> {
    return 0;
  }
  flushStorageData(): void {}
  setUserAgent(): void {}
  getUserAgent(): string {
    return `Parvis Electron/${process.versions["electron"] ?? ""}`;
  }
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    return fetchAsChromium(input, init ?? {}, this.way);
  }
}

const partitions = new Map<string, Session>();

export const defaultSession: Session = new Session();

export const session = {
  get defaultSession(): Session {
    // https://www.electronjs.org/docs/latest/api/session#sessiondefaultsession: once the application is ready.
    if (!app.isReady()) throw new Error("Session can only be received when app is ready");
    return defaultSession;
  },
  fromPartition(partition: string): Session {
    if (!app.isReady()) throw new Error("Session can only be received when app is ready");
    if (partition === "") return defaultSession;
    const found = partitions.get(partition) ?? new Session(partition);
    partitions.set(partition, found);
    return found;
  },
} satisfies Record<"defaultSession" | "fromPartition", unknown>;
