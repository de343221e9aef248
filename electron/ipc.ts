import { ipcMain } from "electron";
import { z } from "zod";
import { hostEventSchema, hostResultSchema, isHostChannel } from "#contract/bridge.ts";
import type { Bridge } from "#host/bridge.ts";
import type { HostEvents } from "#host/events.ts";
import { APP_ORIGIN } from "./origin.ts";

/**
 * The only file that touches ipcMain. A call from anything but the top frame of one of our windows at our own origin is
 * refused, and so is a result that does not fit its channel.
 */

const callSchema = z.strictObject({ channel: z.string().max(100), args: z.unknown() });

/** What is used of a window. */
interface IpcWindow {
  isDestroyed(): boolean;
  readonly webContents: { send(channel: string, event: unknown): void };
}

export interface IpcOptions {
  bridge: Pick<Bridge, "call">;
  events: HostEvents;
  windows: () => readonly IpcWindow[];
}

/** Returns its dispose. */
export function serveIpc({ bridge, events, windows }: IpcOptions): () => void {
  ipcMain.handle("host", async (event, payload: unknown) => {
    assertSender(event, windows());
    const { channel, args } = callSchema.parse(payload);
    const result = await bridge.call(channel, args);
    return isHostChannel(channel) ? hostResultSchema(channel).parse(result) : result;
  });
  const stop = events.subscribe((event) => {
    const checked = hostEventSchema.parse(event);
    for (const window of windows()) {
      if (!window.isDestroyed()) window.webContents.send("host-event", checked);
    }
  });
  return () => {
    stop();
    ipcMain.removeHandler("host");
  };
}

function assertSender(
  { senderFrame, sender }: Electron.IpcMainInvokeEvent,
  windows: readonly IpcWindow[],
): void {
  const isTopFrame = senderFrame !== null && senderFrame.parent === null;
  const isOurs = windows.some((window) => !window.isDestroyed() && window.webContents === sender);
  if (!isTopFrame || !isOurs || senderFrame.origin !== APP_ORIGIN)
    throw new Error("Refused: not a page of Parvis");
}
