import { AppError, type Problem } from "#contract/problem.ts";
import type { StartWorkplace, WorkplaceProcess } from "./workplace-process.ts";

export interface EmbeddedWorkplaceOptions {
  start: StartWorkplace;
  dataDir: string;
  /** Tried first; another one is taken when it is not free. */
  port: number | undefined;
  log: (text: string) => void;
  /** After each time that it died or came back. */
  onChange: (change: { isRunning: boolean; url?: string; error?: Problem }) => void;
  readyMs?: number;
  /** First wait before it is started again; doubles up to a minute. */
  restartMs?: number;
}

/** The first start makes the demonstration organisation: that takes a while on a slow machine. */
const READY_MS = 180_000;
const MAX_RESTART_MS = 60_000;
/** Having run this long, a death is a new one and not the same fault again. */
const STEADY_MS = 60_000;
const READY_LINE = /Workplace server is ready: (http:\/\/127\.0\.0\.1:\d+)/;

/** The workplace that runs as its own process under the host: started, watched, started again, stopped with it. */
export class EmbeddedWorkplace {
  readonly #options: EmbeddedWorkplaceOptions;
  #process: WorkplaceProcess | undefined;
  #port: number;
  #isStopping = false;
  #failures = 0;
  #restart: NodeJS.Timeout | undefined;

  constructor(options: EmbeddedWorkplaceOptions) {
    this.#options = options;
    this.#port = options.port ?? 0;
  }

  get port(): number {
    return this.#port;
  }

  /** Its address, once it answers. @throws AppError unavailable */
  async start(): Promise<string> {
    try {
      return await this.#run();
    } catch (error) {
      if (this.#port === 0 || this.#isStopping) throw error;
      // Another program may have taken the port since the last time.
      this.#port = 0;
      return this.#run();
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restart);
    await this.#process?.stop();
  }

  async #run(): Promise<string> {
    const ready = Promise.withResolvers<string>();
    let output = "";
    let isReady = false;
    const readyAt = (): void => {
      const url = READY_LINE.exec(output)?.[1];
      if (isReady || url === undefined) return;
      isReady = true;
      ready.resolve(url);
    };
    const late = setTimeout(
      () => ready.reject(notReady("it was not ready in time", output)),
      this.#readyMs(),
    );
    const startedAt = performance.now();
    this.#process = this.#options.start({
      args: ["--port", String(this.#port), "--data", this.#options.dataDir, "--demo"],
      onOutput: (text) => {
        this.#options.log(text);
        if (!isReady) output = (output + text).slice(-4000);
        readyAt();
      },
      onExit: (code) => {
        this.#process = undefined;
        if (isReady) this.#died(code, performance.now() - startedAt);
        else ready.reject(notReady(`it ended with code ${code ?? "none"}`, output));
      },
    });
    try {
      const url = await ready.promise;
      this.#port = Number(new URL(url).port);
      return url;
    } catch (error) {
      await this.#stopCurrent();
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  async #stopCurrent(): Promise<void> {
    const current = this.#process;
    this.#process = undefined;
    await current?.stop();
  }

  #readyMs(): number {
    return this.#options.readyMs ?? READY_MS;
  }

  #died(code: number | null, ranMs: number): void {
    if (this.#isStopping) return;
    if (ranMs > STEADY_MS) this.#failures = 0;
    const error = notReady(`it ended with code ${code ?? "none"}`, "");
    this.#options.onChange({ isRunning: false, error: error.problem });
    this.#startLater();
  }

  #startLater(): void {
    const { restartMs = 500 } = this.#options;
    const waitMs = Math.min(MAX_RESTART_MS, restartMs * 2 ** this.#failures);
    this.#failures += 1;
    this.#restart = setTimeout(() => void this.#startAgain(), waitMs);
  }

  async #startAgain(): Promise<void> {
    try {
      const url = await this.start();
      this.#options.onChange({ isRunning: true, url });
    } catch (error) {
      if (this.#isStopping) return;
      if (!(error instanceof AppError)) throw error;
      this.#options.onChange({ isRunning: false, error: error.problem });
      this.#startLater();
    }
  }
}

function notReady(why: string, output: string): AppError {
  const last = output.trim().split("\n").slice(-5).join("\n");
  return new AppError("unavailable", {
    title: "The embedded workplace does not run",
    detail: `The server process did not stay: ${why}.${last === "" ? "" : `\n${last}`}`,
  });
}
