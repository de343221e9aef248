import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import { createEvent } from "../event.ts";
import { app } from "./app.ts";

/** Small modules about the machine. Tests emit their events on the very objects: `powerMonitor.emit("resume")`. */

/** https://www.electronjs.org/docs/latest/api/power-monitor */
class PowerMonitor extends EventEmitter {
  readonly standIn = {
    idleSeconds: 0,
    idleState: "active" as "active" | "idle" | "locked" | "unknown",
    thermal: "nominal",
  };
  onBatteryPower = false;
  getSystemIdleState(): "active" | "idle" | "locked" | "unknown" {
    return this.standIn.idleState;
  }
  getSystemIdleTime(): number {
    return this.standIn.idleSeconds;
  }
  getCurrentThermalState(): "nominal" {
    return "nominal";
  }
  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
}
export const powerMonitor = new PowerMonitor() satisfies Pick<
  Electron.PowerMonitor,
  | "getSystemIdleState"
  | "getSystemIdleTime"
  | "getCurrentThermalState"
  | "isOnBatteryPower"
  | "onBatteryPower"
>;

const blockers = new Set<number>();
let lastBlocker = 0;
/** https://www.electronjs.org/docs/latest/api/power-save-blocker */
export const powerSaveBlocker = {
  start(): number {
    blockers.add(++lastBlocker);
    return lastBlocker;
  },
  stop: (id: number) => blockers.delete(id),
  isStarted: (id: number) => blockers.has(id),
} satisfies Electron.PowerSaveBlocker;

/** https://www.electronjs.org/docs/latest/api/native-theme. `standIn.isSystemDark` is the system's side. */
class NativeTheme extends EventEmitter {
  readonly standIn = {
    isSystemDark: false,
    /** As the system's own switch. */
    setSystemDark: (isDark: boolean): void => this.#change(() => (this.standIn.isSystemDark = isDark)),
  };
  #source: "system" | "light" | "dark" = "system";
  shouldUseHighContrastColors = false;
  shouldUseInvertedColorScheme = false;
  shouldUseDarkColorsForSystemIntegratedUI = false;
  inForcedColorsMode = false;
  prefersReducedTransparency = false;
  get shouldUseDarkColors(): boolean {
    return this.#source === "system" ? this.standIn.isSystemDark : this.#source === "dark";
  }
  get themeSource(): "system" | "light" | "dark" {
    return this.#source;
  }
  set themeSource(source: "system" | "light" | "dark") {
    this.#change(() => (this.#source = source));
  }
  #change(act: () => void): void {
    const before = this.shouldUseDarkColors;
    act();
    if (before !== this.shouldUseDarkColors) this.emit("updated", createEvent());
  }
}
export const nativeTheme = new NativeTheme() satisfies Pick<
  Electron.NativeTheme,
  "shouldUseDarkColors" | "themeSource" | "shouldUseHighContrastColors" | "inForcedColorsMode"
>;

const MAIN_SCREEN = { x: 0, y: 0, width: 1920, height: 1080 };
const BAR = 40;

function displayOf(id: number, bounds: Electron.Rectangle, scaleFactor = 1): Electron.Display {
  return {
    id,
    bounds,
    workArea: { ...bounds, height: bounds.height - BAR },
    size: { width: bounds.width, height: bounds.height },
    workAreaSize: { width: bounds.width, height: bounds.height - BAR },
    scaleFactor,
    rotation: 0,
    internal: id === 1,
    label: `Display ${id}`,
    nativeOrigin: { x: bounds.x, y: bounds.y },
    accelerometerSupport: "unknown",
    touchSupport: "unknown",
    colorDepth: 24,
    colorSpace: "",
    depthPerComponent: 8,
    detected: true,
    displayFrequency: 60,
    maximumCursorSize: { width: 64, height: 64 },
    monochrome: false,
  };
}

/** https://www.electronjs.org/docs/latest/api/screen. A test sets `standIn.displays` and emits `display-removed`. */
class Screen extends EventEmitter {
  readonly standIn = { displays: [displayOf(1, MAIN_SCREEN)], displayOf };
  getAllDisplays() {
    this.#onlyWhenReady();
    return [...this.standIn.displays];
  }
  getPrimaryDisplay() {
    this.#onlyWhenReady();
    return this.standIn.displays[0] ?? displayOf(1, MAIN_SCREEN);
  }
  getDisplayNearestPoint({ x, y }: Electron.Point) {
    return this.getDisplayMatching({ x, y, width: 1, height: 1 });
  }
  getDisplayMatching(wanted: Electron.Rectangle) {
    this.#onlyWhenReady();
    const shared = this.standIn.displays.map((display) => ({
      display,
      area: overlap(display.bounds, wanted),
    }));
    shared.sort((one, other) => other.area - one.area);
    return shared[0]?.display ?? this.getPrimaryDisplay();
  }
  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
  #onlyWhenReady(): void {
    // https://www.electronjs.org/docs/latest/api/screen
    if (!app.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event");
  }
}
function overlap(one: Electron.Rectangle, other: Electron.Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}
export const screen = new Screen();

/** https://www.electronjs.org/docs/latest/api/system-preferences */
class SystemPreferences extends EventEmitter {
  getAccentColor(): string {
    return "0a59c1ff";
  }
  getColor(): string {
    return "#ffffff";
  }
  getUserDefault(): string {
    return "";
  }
  getMediaAccessStatus(): "granted" {
    return "granted";
  }
  async askForMediaAccess(): Promise<boolean> {
    return true;
  }
  getAnimationSettings() {
    return {
      shouldRenderRichAnimation: true,
      scrollAnimationsEnabledBySystem: true,
      prefersReducedMotion: false,
    };
  }
}
export const systemPreferences = new SystemPreferences() satisfies Pick<
  Electron.SystemPreferences,
  "getAccentColor" | "getMediaAccessStatus" | "askForMediaAccess" | "getAnimationSettings"
>;

const shortcuts = new Map<string, () => void>();
/** https://www.electronjs.org/docs/latest/api/global-shortcut */
export const globalShortcut = {
  standIn: shortcuts,
  register(accelerator: string, callback: () => void): boolean {
    if (!app.isReady()) throw new Error("globalShortcut cannot be used before the app is ready");
    if (shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  isRegistered: (accelerator: string) => shortcuts.has(accelerator),
  unregister(accelerator: string): void {
    shortcuts.delete(accelerator);
  },
  unregisterAll(): void {
    shortcuts.clear();
  },
} satisfies Pick<Electron.GlobalShortcut, "register" | "isRegistered" | "unregister" | "unregisterAll"> & {
  standIn: unknown;
};

const crashes = { options: undefined as Electron.CrashReporterStartOptions | undefined };
/** https://www.electronjs.org/docs/latest/api/crash-reporter */
export const crashReporter = {
  standIn: crashes,
  start(options: Electron.CrashReporterStartOptions): void {
    if (options.uploadToServer !== false && options.submitURL === undefined)
      throw new Error("submitURL must be specified when uploadToServer is true");
    crashes.options = options;
  },
  getUploadToServer: () => false,
  getUploadedReports: () => [],
  addExtraParameter: () => undefined,
} satisfies Pick<
  Electron.CrashReporter,
  "start" | "getUploadToServer" | "getUploadedReports" | "addExtraParameter"
> & {
  standIn: unknown;
};

/** https://www.electronjs.org/docs/latest/api/auto-updater: Squirrel's, which electron-updater uses on macOS. */
export const autoUpdater = new EventEmitter();
