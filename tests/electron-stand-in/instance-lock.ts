import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, realpathSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

type OnSecond = (argv: string[], workingDirectory: string, additionalData: unknown) => void;

/** Asks the first instance; its exit code says whether somebody was there. */
const ASK = `
  const socket = require("node:net").connect(process.argv[1]);
  socket.on("error", () => process.exit(3));
  socket.on("data", () => process.exit(0));
  socket.on("connect", () => socket.write(process.argv[2] + "\\n"));
  setTimeout(() => process.exit(4), 10000);
`;

/** One instance for each userData folder, across processes: a socket that its holder listens on. */
export class InstanceLock {
  readonly #onSecond: OnSecond;
  #server: Server | undefined;

  constructor(onSecond: OnSecond) {
    this.#onSecond = onSecond;
  }

  get isHeld(): boolean {
    return this.#server !== undefined;
  }

  request(folder: string, additionalData: unknown): boolean {
    if (this.#server !== undefined) return true;
    const address = addressOf(folder);
    if (this.#listen(address)) return true;
    const message = JSON.stringify({
      argv: process.argv,
      cwd: process.cwd(),
      additionalData: additionalData ?? {},
    });
    const asked = spawnSync(process.execPath, ["-e", ASK, address, message], { stdio: "ignore" });
    if (asked.status === 0) return false;
    // Its holder was killed.
    rmSync(address, { force: true });
    return this.#listen(address);
  }

  release(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  #listen(address: string): boolean {
    const server = createServer((socket) => {
      let text = "";
      socket.setEncoding("utf8").on("error", () => undefined);
      socket.on("data", (chunk: string) => {
        text += chunk;
        if (!text.endsWith("\n")) return;
        socket.end("seen\n");
        const { argv, cwd, additionalData }: { argv: string[]; cwd: string; additionalData: unknown } =
          JSON.parse(text);
        this.#onSecond(argv, cwd, additionalData);
      });
    });
    server.on("error", () => undefined);
    server.unref();
    // The socket is bound before this returns.
    server.listen(address);
    if (!server.listening) return false;
    this.#server = server;
    return true;
  }
}

/** Short, whatever the folder's length: a socket's path has 107 bytes. */
function addressOf(folder: string): string {
  const name = `stand-in-${createHash("sha256")
    .update(existsSync(folder) ? realpathSync(folder) : folder)
    .digest("hex")
    .slice(0, 16)}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}
