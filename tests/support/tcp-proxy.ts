import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A network between two programs that can be slow, or gone. */
export interface TcpProxy {
  url: string;
  /** Bytes each second towards the client, for each connection; `undefined`: as fast as it goes. */
  limit(bytesPerSecond: number | undefined): void;
  /** Ends every connection and takes no other. */
  cut(): void;
  restore(): void;
  stop(): Promise<void>;
}

const SLICE_MS = 50;

export async function startTcpProxy(port: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let isCut = false;
  let rate: number | undefined;
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  };

  function pass(from: Socket, to: Socket): void {
    from.on("data", (chunk: Buffer) => {
      if (rate === undefined) {
        to.write(chunk);
        return;
      }
      from.pause();
      drip(chunk, from, to);
    });
  }

  function drip(chunk: Buffer, from: Socket, to: Socket): void {
    if (to.destroyed) return;
    const size = rate === undefined ? chunk.length : Math.ceil((rate * SLICE_MS) / 1000);
    to.write(chunk.subarray(0, size));
    const rest = chunk.subarray(size);
    if (rest.length === 0) from.resume();
    else setTimeout(() => drip(rest, from, to), SLICE_MS);
  }

  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(port, "127.0.0.1");
    for (const socket of [client, upstream]) keep(socket);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.end());
    }
    client.on("data", (chunk: Buffer) => upstream.write(chunk));
    pass(upstream, client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const cut = (): void => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    limit: (bytesPerSecond) => {
      rate = bytesPerSecond;
    },
    cut,
    restore: () => {
      isCut = false;
    },
    async stop() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
