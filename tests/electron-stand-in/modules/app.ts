import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, isAbsolute, join } from "node:path";
import type * as Electron from "electron";
import { isRecord, textAt } from "../chromium/cdp.ts";
import { InstanceLock } from "../instance-lock.ts";
import { createEvent } from "../event.ts";

/** https://www.electronjs.org/docs/latest/api/app */

interface Quitting {
  closeAllWindows: () => Promise<boolean>;
  end: () => Promise<void>;
}

type PathName = Parameters<Electron.App["getPath"]>[0];

class App extends EventEmitter {
  isPackaged = false;
  badgeCount = 0;
  /** Set by the start of the stand-in. */
  readonly standIn = {
    root: "",
    locale: "en",
    isReady: false,
    isSandboxed: false,
    isQuitting: false,
    isGpuDisabled: false,
    userModelId: "",
    toastActivator: "",
    loginItem: { openAtLogin: false } as Electron.Settings,
    protocols: new Set<string>(),
    recentDocuments: [] as string[],
    relaunched: [] as Electron.RelaunchOptions[],
    jumpList: undefined as Electron.JumpListCategory[] | null | undefined,
    userTasks: [] as Electron.Task[],
    quitting: undefined as Quitting | undefined,
  };
  readonly #paths = new Map<string, string>();
  readonly #switches = new Map<string, string>();
  readonly #lock = new InstanceLock((argv, cwd, data) =>
    this.emit("second-instance", createEvent(), argv, cwd, data),
  );
  #name: string | undefined;
  #whenReady = Promise.withResolvers<void>();

  readonly commandLine = {
    appendSwitch: (name: string, value = ""): void => {
      this.#switches.set(name, value);
    },
    hasSwitch: (name: string): boolean => this.#switches.has(name),
    getSwitchValue: (name: string): string => this.#switches.get(name) ?? "",
    removeSwitch: (name: string): void => {
      this.#switches.delete(name);
    },
    appendArgument: (): void => undefined,
  } satisfies Electron.CommandLine;

  isReady(): boolean {
    return this.standIn.isReady;
  }
  whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }
  becomeReady(): void {
    this.standIn.isReady = true;
    this.#whenReady.resolve();
    this.emit("will-finish-launching");
    this.emit("ready", createEvent(), {});
  }
  getAppPath(): string {
    return this.standIn.root;
  }
  getVersion(): string {
    return textAt(this.#package(), "version");
  }
  getName(): string {
    const named = this.#package();
    return this.#name ?? (textAt(named, "productName") || textAt(named, "name"));
  }
  setName(name: string): void {
    this.#name = name;
  }
  get name(): string {
    return this.getName();
  }
  set name(name: string) {
    this.#name = name;
  }
  #package(): unknown {
    return JSON.parse(readFileSync(join(this.standIn.root, "package.json"), "utf8"));
  }
  getLocale(): string {
    // https://www.electronjs.org/docs/latest/api/app#appgetlocale: empty before ready.
    return this.standIn.isReady ? this.standIn.locale : "";
  }
  getSystemLocale(): string {
    if (!this.standIn.isReady) throw new Error("app.getSystemLocale() can only be called after app is ready");
    return this.standIn.locale;
  }
  getPreferredSystemLanguages(): string[] {
    return [this.standIn.locale];
  }
  getLocaleCountryCode(): string {
    return this.standIn.locale.split("-")[1] ?? "";
  }

  getPath(name: PathName): string {
    const found = this.#paths.get(name) ?? this.#defaultPath(name);
    if (found === undefined) throw new Error(`Failed to get '${name}' path`);
    return found;
  }
  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error("Path must be absolute");
    if (this.#defaultPath(name) === undefined) throw new Error("Failed to set path");
    this.#paths.set(name, path);
  }
  setAppLogsPath(path?: string): void {
    this.#paths.set("logs", path ?? join(this.getPath("userData"), "logs"));
  }
  #defaultPath(name: string): string | undefined {
    const home = homedir();
    const appData = process.env["XDG_CONFIG_HOME"] ?? join(home, ".config");
    const userData = (): string => this.#paths.get("userData") ?? join(appData, this.getName());
    const folders: Record<string, () => string> = {
      home: () => home,
      appData: () => appData,
      userData,
      sessionData: userData,
      logs: () => join(userData(), "logs"),
      crashDumps: () => join(userData(), "Crashpad"),
      temp: () => tmpdir(),
      exe: () => process.execPath,
      module: () => process.execPath,
      assets: () => this.standIn.root,
      desktop: () => join(home, "Desktop"),
      documents: () => join(home, "Documents"),
      downloads: () => join(home, "Downloads"),
      music: () => join(home, "Music"),
      pictures: () => join(home, "Pictures"),
      videos: () => join(home, "Videos"),
    };
    return folders[name]?.();
  }

  /** https://www.electronjs.org/docs/latest/api/app#appenablesandbox */
  enableSandbox(): void {
    this.#onlyBeforeReady("app.enableSandbox()");
    this.standIn.isSandboxed = true;
  }
  disableHardwareAcceleration(): void {
    this.#onlyBeforeReady("app.disableHardwareAcceleration()");
    this.standIn.isGpuDisabled = true;
  }
  #onlyBeforeReady(what: string): void {
    if (this.standIn.isReady) throw new Error(`${what} can only be called before app is ready`);
  }

  /** https://www.electronjs.org/docs/latest/api/app#apprequestsingleinstancelockadditionaldata */
  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    try {
      mkdirSync(this.getPath("userData"), { recursive: true });
    } catch {
      // Said by whoever needs the folder; the lock does not.
    }
    return this.#lock.request(this.getPath("userData"), additionalData);
  }
  hasSingleInstanceLock(): boolean {
    return this.#lock.isHeld;
  }
  releaseSingleInstanceLock(): void {
    this.#lock.release();
  }

  /** before-quit → every window is closed → will-quit → quit: https://www.electronjs.org/docs/latest/api/app#appquit */
  quit(): void {
    if (this.standIn.isQuitting) return;
    const event = createEvent();
    this.emit("before-quit", event);
    if (event.defaultPrevented) return;
    this.standIn.isQuitting = true;
    void this.#closeAndQuit();
  }
  async #closeAndQuit(): Promise<void> {
    const areClosed = (await this.standIn.quitting?.closeAllWindows()) ?? true;
    const event = createEvent();
    if (areClosed) this.emit("will-quit", event);
    if (!areClosed || event.defaultPrevented) {
      this.standIn.isQuitting = false;
      return;
    }
    this.emit("quit", createEvent(), 0);
    await this.#end(0);
  }
  /** At once, without before-quit and will-quit: https://www.electronjs.org/docs/latest/api/app#appexitexitcode */
  exit(code = 0): void {
    this.emit("quit", createEvent(), code);
    void this.#end(code);
  }
  async #end(code: number): Promise<void> {
    this.#lock.release();
    await this.standIn.quitting?.end();
    for (const { args, execPath } of this.standIn.relaunched) {
      const [program = process.execPath, ...rest] = process.argv;
      spawn(execPath ?? program, [...process.execArgv, ...(args ?? rest)], {
        detached: true,
        stdio: "ignore",
      }).unref();
    }
    process.exit(code);
  }
  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.standIn.relaunched.push(options);
  }

  focus(): void {
    this.emit("activate", createEvent(), true);
  }
  hide(): void {}
  show(): void {}
  isHidden(): boolean {
    return false;
  }
  setAppUserModelId(id: string): void {
    this.standIn.userModelId = id;
  }
  setToastActivatorCLSID(id: string): void {
    if (!/^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(id))
      throw new Error("Invalid CLSID format");
    this.standIn.toastActivator = id;
  }
  setBadgeCount(count = 0): boolean {
    this.badgeCount = count;
    return true;
  }
  getBadgeCount(): number {
    return this.badgeCount;
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    this.standIn.loginItem = settings;
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    const openAtLogin = this.standIn.loginItem.openAtLogin ?? false;
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? "enabled" : "not-registered",
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    };
  }
  setAsDefaultProtocolClient(protocol: string): boolean {
    this.standIn.protocols.add(protocol);
    return true;
  }
  removeAsDefaultProtocolClient(protocol: string): boolean {
    return this.standIn.protocols.delete(protocol);
  }
  isDefaultProtocolClient(protocol: string): boolean {
    return this.standIn.protocols.has(protocol);
  }
  setUserTasks(tasks: Electron.Task[]): boolean {
    this.standIn.userTasks = tasks;
    return true;
  }
  setJumpList(categories: Electron.JumpListCategory[] | null): "ok" {
    this.standIn.jumpList = categories;
    return "ok";
  }
  addRecentDocument(path: string): void {
    this.standIn.recentDocuments.push(basename(path));
  }
  clearRecentDocuments(): void {
    this.standIn.recentDocuments.length = 0;
  }
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  isAccessibilitySupportEnabled(): boolean {
    return false;
  }
  getAppMetrics(): Electron.ProcessMetric[] {
    return [];
  }
  async getGPUInfo(): Promise<unknown> {
    return {};
  }
}

export const app = new App() satisfies Partial<Record<keyof Electron.App, unknown>>;

/** The command line's switches, as Chromium would have taken them. */
export function takeSwitches(args: readonly string[]): void {
  for (const argument of args) {
    const [, name, value] = /^--([a-z][a-z0-9-]*)(?:=(.*))?$/.exec(argument) ?? [];
    if (name !== undefined) app.commandLine.appendSwitch(name, value ?? "");
  }
  if (isRecord(process.env)) app.standIn.locale = app.commandLine.getSwitchValue("lang") || systemLocale();
}

function systemLocale(): string {
  const [language = "en"] = (
    process.env["LANGUAGE"] ||
    process.env["LC_ALL"] ||
    process.env["LANG"] ||
    "en"
  ).split(".");
  return /^[a-z]{2}/.test(language) ? language.replace("_", "-") : "en";
}
