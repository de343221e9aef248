import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { ServerApp } from "../app.ts";

export interface Listening {
  /** `http://127.0.0.1:4400` */
  url: string;
  /** Stops taking requests and lets those under way end, for a moment. */
  close: () => Promise<void>;
}

const LAST_REQUESTS_MS = 2000;

/** @throws Error EADDRINUSE and the like */
export async function listen(app: ServerApp, place: { host: string; port: number }): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(place.port, place.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  const port = isAddress(address) ? address.port : place.port;
  const host = place.host.includes(":") ? `[${place.host}]` : place.host;
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      if (!("closeIdleConnections" in server)) return closed;
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
      await closed;
      clearTimeout(force);
    },
  };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
