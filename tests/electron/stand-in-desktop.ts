import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright/test";
import { repositoryRoot } from "#tests/support/processes.ts";
import { loaded } from "./loaded.ts";
import type { Desktop, DesktopOptions } from "./desktop.ts";

/** The demonstration is filled before the first window: on a machine that has much else to do, that takes a while. */
const WINDOW_MS = 90_000;
const START = join(repositoryRoot, "tests", "electron-stand-in", "start.ts");
let lastControl = 0;

interface Answer {
  id?: number;
  value?: unknown;
  error?: string;
  endpoint?: string;
}

/** The test's end of the stand-in's control: it asks for functions to be run in the main process. */
class Control {
  readonly address = controlAddress();
  readonly endpoint: Promise<string>;
  readonly #server = createServer((socket) => this.#attach(socket));
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  readonly #connected = Promise.withResolvers<Socket>();
  readonly #ready = Promise.withResolvers<string>();
  #lastId = 0;

  constructor() {
    this.endpoint = this.#ready.promise;
    this.endpoint.catch(() => undefined);
    this.#server.listen(this.address);
  }

  async ask(source: string, arg: unknown): Promise<unknown> {
    const socket = await this.#connected.promise;
    const id = ++this.#lastId;
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      socket.write(`${JSON.stringify({ id, source, arg })}\n`);
    });
  }

  close(reason: Error): void {
    this.#ready.reject(reason);
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    this.#server.close();
    rmSync(this.address, { force: true });
  }

  #attach(socket: Socket): void {
    let text = "";
    socket.on("error", () => undefined);
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) this.#take(JSON.parse(line));
    });
    this.#connected.resolve(socket);
  }

  #take({ id, value, error, endpoint }: Answer): void {
    if (endpoint !== undefined) this.#ready.resolve(endpoint);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (waiting === undefined || id === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(value);
    else waiting.reject(new Error(error));
  }
}

function controlAddress(): string {
  const name = `stand-in-control-${process.pid}-${++lastControl}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function start(
  options: DesktopOptions,
  env: NodeJS.ProcessEnv,
): { child: ChildProcess; output: () => string } {
  const { dataDir, args = [], root = repositoryRoot } = options;
  const flags = [
    "--disable-warning=ExperimentalWarning",
    START,
    root,
    "--data",
    dataDir,
    "--lang=fr-FR",
    ...args,
  ];
  const child = spawn(process.execPath, flags, {
    cwd: repositoryRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env, ...env },
  });
  const endWithTests = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", endWithTests);
  child.once("exit", () => process.off("exit", endWithTests));
  let text = "";
  const take = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return { child, output: () => text };
}

export async function openStandIn(options: DesktopOptions): Promise<Desktop> {
  const control = new Control();
  const { child, output } = start(options, { STAND_IN_CONTROL: control.address });
  const ended = once(child, "exit");
  void ended.then(([code]) =>
    control.close(new Error(`The application ended (${String(code)}).\n${output()}`)),
  );
  const browser = await chromium.connectOverCDP(await control.endpoint, { noDefaults: true });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    isReal: false,
    windows: () => pagesOf(browser),
    async firstWindow() {
      return loaded(
        pagesOf(browser)[0] ?? (await contextOf(browser).waitForEvent("page", { timeout: WINDOW_MS })),
      );
    },
    waitForWindow: async () => loaded(await contextOf(browser).waitForEvent("page", { timeout: WINDOW_MS })),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Who evaluates knows what comes back, as with Playwright's own.
    evaluate: async (act, ...arg) => (await control.ask(act.toString(), arg[0])) as never,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- As above.
    evaluateStandIn: async (act, ...arg) => (await control.ask(act.toString(), arg[0])) as never,
    process: () => child,
    output,
    async startAgain(again = []) {
      const second = start({ ...options, args: [...(options.args ?? []), ...again] }, {});
      const [code] = await once(second.child, "exit");
      return { code: typeof code === "number" ? code : null, output: second.output() };
    },
    async close() {
      if (isRunning()) {
        const quitting = control.ask("({ app }) => { setImmediate(() => app.quit()); }", undefined);
        quitting.catch(() => undefined);
        const limit = setTimeout(() => child.kill("SIGKILL"), 20_000);
        await ended;
        clearTimeout(limit);
      }
      await browser.close().catch(() => undefined);
    },
    async kill() {
      if (isRunning()) child.kill("SIGKILL");
      await ended;
      await browser.close().catch(() => undefined);
    },
    ended: async () => {
      const [code] = await ended;
      return typeof code === "number" ? code : null;
    },
  };
}

function contextOf(browser: Browser) {
  const [context] = browser.contexts();
  if (context === undefined) throw new Error("Chromium shows no window.");
  return context;
}

function pagesOf(browser: Browser): Page[] {
  return browser.contexts().flatMap((context) => context.pages());
}
