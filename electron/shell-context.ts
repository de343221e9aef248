import type { BrowserWindow } from "electron";
import type { HostEvent, OpenTarget } from "#contract/bridge.ts";
import type { Host, HostServices } from "#host/host.ts";
import type { Log } from "#host/log/log.ts";
import type { Routes } from "#host/routes.ts";
import type { ElectronNotifier } from "./notifications.ts";

/** Ends what a part has begun. */
export type Dispose = () => void | Promise<void>;

/**
 * One part of the desktop shell: tray, menus, notifications… It begins when the host is ready and no window is open yet,
 * and all are listed in shell.ts. They are ended in the opposite order.
 */
export type ShellPart = (shell: ShellContext) => Dispose | Promise<Dispose>;

/**
 * Why Parvis ends. `person`: asks first when something still waits to be sent. `update`: the same, and whoever asked goes on
 * to install. `signal` and `sessionEnd`: nobody is there to answer.
 */
export type QuitReason = "person" | "signal" | "update" | "sessionEnd";

/** What the parts share. */
export interface ShellContext {
  dataDir: string;
  /** Folder of the built application. */
  root: string;
  platform: NodeJS.Platform;
  /** BCP 47 tag of the system. */
  locale: string;
  /** Started at login: no window until somebody wants one. */
  isHiddenAtStart: boolean;
  host: Host;
  services: HostServices;
  windows: WindowSet;
  notifier: ElectronNotifier;
  log: Log;
  /** For whoever started Parvis from a terminal. */
  say: (text: string) => void;
  /** What a person should know. */
  complain: (text: string) => void;
  /** Adds what this part answers to pages; a channel has one part. */
  answer: (routes: Routes) => void;
  /** Brings the main window before the person, opening it when it is gone; with a target, shows that. */
  open: (target?: OpenTarget) => Promise<void>;
  /** The one way to end. False: the person stays. */
  quit: (reason: QuitReason) => Promise<boolean>;
  /** Whether a hidden window can be had back by a tray icon; the tray says so. */
  hasTray: boolean;
}

/** The windows. The main one may be absent: hidden long enough, it is released. */
export interface WindowSet {
  readonly main: BrowserWindow | undefined;
  /** Every window with a page of Parvis, the main one first. */
  all(): readonly BrowserWindow[];
  /** The main window, shown and in front. */
  show(): Promise<BrowserWindow>;
  hide(): void;
  /** Throws the hidden main window and its memory away, once its page has kept what was written in it. */
  release(): void;
  /** Tells one window alone; an event for all goes through the host. */
  tell(window: BrowserWindow, event: HostEvent): void;
  /** Told when a window was opened, shown, hidden or closed; returns its dispose. */
  subscribe(listener: () => void): () => void;
}
