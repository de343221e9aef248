import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect, type Socket } from "node:net";

export interface TestProxyOptions {
  /** Name and password that it asks for. */
  login?: { username: string; password: string };
  /** What it says it takes; Basic unless told otherwise. */
  challenge?: string;
  /** Answers every CONNECT like this. */
  refuse?: { status: number; headers?: Record<string, string> };
  /** Where names lead: `parvis.example.test` → a port of this machine. Others do not exist. */
  hosts?: ReadonlyMap<string, number>;
}

/** A real HTTP proxy that keeps what went through it. Nothing leaves this machine. */
export class TestProxy {
  readonly options: TestProxyOptions;
  /** `host:port` of each CONNECT, and the address of each plain request, in order. */
  readonly asked: string[] = [];
  /** Those that came without, or with wrong, name and password. */
  refused = 0;
  url = "";
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  private constructor(options: TestProxyOptions) {
    this.options = options;
  }

  static async open(options: TestProxyOptions = {}): Promise<TestProxy> {
    const proxy = new TestProxy(options);
    const server = createServer((incoming, response) => {
      proxy.asked.push(incoming.url ?? "");
      response.writeHead(502).end();
    });
    server.on("connect", (incoming: IncomingMessage, socket: Socket) => proxy.#connect(incoming, socket));
    server.on("connection", (socket: Socket) => proxy.#keep(socket));
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new TypeError("no port");
    proxy.url = `http://127.0.0.1:${address.port}`;
    proxy.#server = server;
    return proxy;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => {
      if (this.#server === undefined) resolve(undefined);
      else this.#server.close(resolve);
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket)).on("error", () => undefined);
  }

  #connect(incoming: IncomingMessage, socket: Socket): void {
    const target = incoming.url ?? "";
    this.asked.push(target);
    const { refuse, hosts } = this.options;
    if (!this.#mayPass(incoming)) {
      this.refused += 1;
      const challenge = this.options.challenge ?? 'Basic realm="Mairie"';
      answer(socket, 407, { "Proxy-Authenticate": challenge });
    } else if (refuse !== undefined) {
      answer(socket, refuse.status, refuse.headers ?? {});
    } else {
      const port = hosts?.get(target.replace(/:\d+$/, ""));
      if (port === undefined) answer(socket, 502, {});
      else this.#pipe(socket, port);
    }
  }

  #mayPass(incoming: IncomingMessage): boolean {
    const { login } = this.options;
    if (login === undefined) return true;
    const value = Buffer.from(`${login.username}:${login.password}`).toString("base64");
    return incoming.headers["proxy-authorization"] === `Basic ${value}`;
  }

  #pipe(socket: Socket, port: number): void {
    const upstream = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    this.#keep(upstream);
    upstream.once("close", () => socket.destroy());
  }
}

function answer(socket: Socket, status: number, headers: Record<string, string>): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} X\r\n${lines.join("")}Content-Length: 0\r\nConnection: close\r\n\r\n`);
}
