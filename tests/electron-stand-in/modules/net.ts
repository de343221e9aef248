import type * as Electron from "electron";
import { app } from "./app.ts";
import { ClientRequest } from "./client-request.ts";
import { defaultSession } from "./session.ts";

/** https://www.electronjs.org/docs/latest/api/net */
export const net = {
  async fetch(
    input: string | Request,
    init?: RequestInit & { bypassCustomProtocolHandlers?: boolean },
  ): Promise<Response> {
    if (!app.isReady()) throw new Error("net module can only be used after app is ready");
    return defaultSession.fetch(input, init);
  },
  request(options: Electron.ClientRequestConstructorOptions | string): ClientRequest {
    if (!app.isReady()) throw new Error("net module can only be used after app is ready");
    return new ClientRequest(options);
  },
  isOnline: (): boolean => net.online,
  online: true,
} satisfies Pick<Electron.Net, "fetch" | "isOnline" | "online"> & { request: unknown };
