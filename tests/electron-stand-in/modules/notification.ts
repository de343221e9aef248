import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import { createEvent } from "../event.ts";
import { app } from "./app.ts";

/** https://www.electronjs.org/docs/latest/api/notification. A test fires `click`, `reply`, `action`, `failed` on it. */
export class Notification extends EventEmitter {
  /** All that were shown, closed ones too. */
  static readonly standInShown: Notification[] = [];
  static standInIsSupported = true;
  static standInActivation: ((details: Electron.ActivationArguments) => void) | undefined;
  readonly standIn: { options: Electron.NotificationConstructorOptions; isShown: boolean };

  static isSupported(): boolean {
    return Notification.standInIsSupported;
  }
  static handleActivation(callback: (details: Electron.ActivationArguments) => void): void {
    Notification.standInActivation = callback;
  }

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error("Cannot create Notification before app is ready");
    this.standIn = { options, isShown: false };
  }
  get title(): string {
    return this.standIn.options.title ?? "";
  }
  get body(): string {
    return this.standIn.options.body ?? "";
  }
  get silent(): boolean {
    return this.standIn.options.silent ?? false;
  }
  get hasReply(): boolean {
    return this.standIn.options.hasReply ?? false;
  }
  get actions(): Electron.NotificationAction[] {
    return this.standIn.options.actions ?? [];
  }
  show(): void {
    if (!Notification.standInShown.includes(this)) Notification.standInShown.push(this);
    this.standIn.isShown = true;
    setImmediate(() => this.emit("show", createEvent()));
  }
  close(): void {
    if (!this.standIn.isShown) return;
    this.standIn.isShown = false;
    setImmediate(() => this.emit("close", createEvent({ reason: "applicationHidden" })));
  }
}
