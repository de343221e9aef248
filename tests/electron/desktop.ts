import type { ChildProcess } from "node:child_process";
import type * as Electron from "electron";
import { test, type Page } from "playwright/test";
import type * as StandInModules from "#tests/electron-stand-in/electron.ts";
import type { PreloadApi } from "#contract/bridge.ts";
import { openReal } from "./real-electron.ts";
import { openStandIn } from "./stand-in-desktop.ts";

declare global {
  interface Window {
    /** As the preload puts it there. */
    parvis?: PreloadApi;
  }
}

export type StandIn = typeof StandInModules;

export interface DesktopOptions {
  /** Of this profile: given as `--data`. */
  dataDir: string;
  /** Behind `--data`. */
  args?: string[];
  env?: NodeJS.ProcessEnv;
  /** Another application than Parvis: a folder with a package.json whose `main` is started. */
  root?: string;
}

/** The running application, the same for the stand-in and for a real binary. */
export interface Desktop {
  readonly isReal: boolean;
  windows: () => Page[];
  /** The first one, as soon as it is there. */
  firstWindow: () => Promise<Page>;
  waitForWindow: () => Promise<Page>;
  /**
   * Runs in the main process, with Electron's modules. As Playwright's: the function sees nothing of its surroundings, its
   * argument and result are JSON.
   */
  evaluate: <R, A = undefined>(
    act: (electron: typeof Electron, arg: A) => R | Promise<R>,
    ...arg: A extends undefined ? [] : [A]
  ) => Promise<R>;
  /** The same with what only the stand-in knows. */
  evaluateStandIn: <R, A = undefined>(
    act: (electron: StandIn, arg: A) => R | Promise<R>,
    ...arg: A extends undefined ? [] : [A]
  ) => Promise<R>;
  process: () => ChildProcess;
  /** All that it printed. */
  output: () => string;
  /** A second start with the same profile, waited for to its end. */
  startAgain: (args?: string[]) => Promise<{ code: number | null; output: string }>;
  /** Quits it as its menu does. */
  close: () => Promise<void>;
  /** SIGKILL, as a crash. */
  kill: () => Promise<void>;
  /** Waits until it has ended by itself; its exit code. */
  ended: () => Promise<number | null>;
}

export async function openDesktop(options: DesktopOptions): Promise<Desktop> {
  return test.info().project.name === "electron" ? openReal(options) : openStandIn(options);
}
