import { spawn, type ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type * as Electron from "electron";
import { app } from "./app.ts";

/** https://www.electronjs.org/docs/latest/api/utility-process: a real process, ended with ours even when we are killed. */

const ENTRY = join(import.meta.dirname, "..", "utility-entry.ts");

export class UtilityProcess extends EventEmitter {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly #child: ChildProcess;

  constructor(script: string, args: string[], { env, execArgv = [], cwd, stdio }: Electron.ForkOptions) {
    super();
    const output = stdio === "pipe" || (Array.isArray(stdio) && stdio[1] === "pipe") ? "pipe" : "inherit";
    const flags = ["--disable-warning=ExperimentalWarning", "--import", ENTRY, ...execArgv];
    this.#child = spawn(process.execPath, [...flags, script, ...args], {
      stdio: [
        "ignore",
        stdio === "ignore" ? "ignore" : output,
        stdio === "ignore" ? "ignore" : output,
        "ipc",
      ],
      serialization: "advanced",
      env: { ...(env ?? process.env) },
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#child.on("spawn", () => this.emit("spawn"));
    this.#child.on("message", (message) => this.emit("message", message));
    this.#child.on("error", () => this.emit("exit", 1));
    this.#child.on("exit", (code, signal) => this.emit("exit", code ?? (signal === "SIGTERM" ? 15 : 9)));
  }
  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }
  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(Object.assign({}, { data: message }));
  }
  kill(): boolean {
    return this.#child.kill();
  }
}

export const utilityProcess = {
  fork(script: string, args: string[] = [], options: Electron.ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error("utilityProcess cannot be created before app is ready.");
    return new UtilityProcess(script, args, options);
  },
} satisfies Record<"fork", unknown>;
