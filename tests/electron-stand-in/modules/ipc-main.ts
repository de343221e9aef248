import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import { isRecord, numberAt, textAt, type Params } from "../chromium/cdp.ts";
import { createEvent } from "../event.ts";
import { decode, encode } from "../page/wire.ts";
import type { WebContents } from "./web-contents.ts";
import type { WebFrameMain } from "./web-frame-main.ts";

/** https://www.electronjs.org/docs/latest/api/ipc-main */

type Handler = (event: unknown, ...args: unknown[]) => unknown;

export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  /** https://www.electronjs.org/docs/latest/api/ipc-main#ipcmainhandlechannel-listener */
  handle(channel: string, listener: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof listener !== "function")
      throw new TypeError(`Expected handler to be a function, but found type '${typeof listener}'`);
    this.#handlers.set(channel, listener);
  }
  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return listener(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }
  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}

export const ipcMain = new IpcMain() satisfies Pick<Electron.IpcMain, "removeHandler">;

export interface Sender {
  contents: WebContents;
  frame: WebFrameMain | null;
  /** Back to the very world that called. */
  answer: (message: Params) => void;
}

/** One message of a page. */
export async function receive(message: unknown, { contents, frame, answer }: Sender): Promise<void> {
  const kind = textAt(message, "kind");
  const channel = textAt(message, "channel");
  const decoded = isRecord(message) ? decode(message["args"]) : [];
  const args = Array.isArray(decoded) ? decoded : [];
  const event = createEvent({
    type: "frame",
    sender: contents,
    senderFrame: frame,
    processId: 1,
    frameId: frame?.routingId ?? 0,
    ports: [],
    reply: (name: string, ...values: unknown[]) => contents.send(name, ...values),
  });
  if (kind === "send") {
    contents.emit("ipc-message", event, channel, ...args);
    contents.ipc.emit(channel, event, ...args);
    ipcMain.emit(channel, event, ...args);
    return;
  }
  const id = numberAt(message, "id");
  try {
    const handler = contents.ipc.handlerOf(channel) ?? ipcMain.handlerOf(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const value: unknown = await handler(event, ...args);
    answer({ kind: "done", id, value: encode(value) });
  } catch (error) {
    // Its text alone crosses: https://www.electronjs.org/docs/latest/api/ipc-renderer#ipcrendererinvokechannel-args
    answer({ kind: "failed", id, error: `Error invoking remote method '${channel}': ${String(error)}` });
  }
}
