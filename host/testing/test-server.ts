import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { createServer as createTcpServer, type Socket } from "node:net";
import type { Server as NetServer } from "node:net";
import { onTestFinished } from "vitest";

type Listener = (incoming: IncomingMessage, response: ServerResponse) => unknown;

/** Real servers on 127.0.0.1, one for each kind of neighbour that a gateway meets. Each goes with its test. */

export async function httpServer(listener: Listener): Promise<string> {
  return `http://127.0.0.1:${await listen(createHttpServer((incoming, response) => void listener(incoming, response)))}`;
}

export async function httpsServer(options: ServerOptions, listener: Listener): Promise<string> {
  return `https://localhost:${await listen(createHttpsServer(options, (incoming, response) => void listener(incoming, response)))}`;
}

/** Whatever is said to it, at the level of bytes. */
export async function tcpServer(onSocket: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listen(createTcpServer(onSocket))}`;
}

/** An address where nobody listens. */
export async function deadAddress(): Promise<string> {
  const server = createTcpServer();
  const port = await open(server);
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return `http://127.0.0.1:${port}`;
}

async function listen(server: Server | NetServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket)).on("error", () => undefined);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return open(server);
}

async function open(server: Server | NetServer): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("no port");
  return address.port;
}
