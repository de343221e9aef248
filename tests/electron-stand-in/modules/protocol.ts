import type * as Electron from "electron";
import { addScheme } from "../chromium/addresses.ts";
import type { SchemeHandler } from "../chromium/scheme-server.ts";
import { app } from "./app.ts";

/** https://www.electronjs.org/docs/latest/api/protocol */

const handlers = new Map<string, SchemeHandler>();
const registered: Electron.CustomScheme[] = [];

export function handlerOf(scheme: string): SchemeHandler | undefined {
  return handlers.get(scheme);
}

/** Of the default session, the only one whose pages the stand-in shows. */
export const sessionProtocol = {
  handle(scheme: string, handler: SchemeHandler): void {
    // https://www.electronjs.org/docs/latest/api/protocol#protocolhandlescheme-handler
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled(scheme: string): boolean {
    return handlers.has(scheme) || ["http", "https", "file", "data", "blob"].includes(scheme);
  },
} satisfies Pick<Electron.Protocol, "handle" | "unhandle" | "isProtocolHandled">;

export const protocol = {
  ...sessionProtocol,
  handle(scheme: string, handler: SchemeHandler): void {
    if (!app.isReady()) throw new Error("protocol can only be used after app is ready");
    sessionProtocol.handle(scheme, handler);
  },
  /** Once, before ready: https://www.electronjs.org/docs/latest/api/protocol#protocolregisterschemesasprivilegedcustomschemes */
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (app.isReady())
      throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
    if (registered.length > 0)
      throw new Error("protocol.registerSchemesAsPrivileged should be called only once");
    for (const one of schemes) {
      registered.push(one);
      addScheme(one.scheme);
    }
  },
} satisfies Pick<
  Electron.Protocol,
  "handle" | "unhandle" | "isProtocolHandled" | "registerSchemesAsPrivileged"
>;
