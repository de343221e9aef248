import { Worker } from "node:worker_threads";
import { AppError } from "#contract/problem.ts";
import {
  responseSchema,
  type CallArgs,
  type CallResult,
  type IndexCall,
  type OpenedDrive,
} from "./index-calls.ts";

/** Beside this module; of a bundle, a bundle of its own beside it (build/build-parts.ts). */
const FILE = import.meta.url.endsWith(".ts") ? "./index-worker.ts" : "../drive-index/index-worker.js";
const IDLE_MS = 5 * 60_000;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** The thread that holds the names: begun when something is asked of it, ended when nothing was for some minutes. */
export class IndexClient {
  readonly #idleMs: number;
  readonly #drives = new Map<string, OpenedDrive>();
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #opened = new Set<string>();
  #idle: NodeJS.Timeout | undefined;
  #next = 1;
  #releasing: Promise<void> = Promise.resolve();

  constructor(idleMs = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** From here on its names can be asked for. */
  know(drive: OpenedDrive): void {
    this.#drives.set(drive.driveId, drive);
  }

  async forget(driveId: string): Promise<void> {
    this.#drives.delete(driveId);
    if (this.#opened.delete(driveId)) await this.#send("close", { driveId });
  }

  /** Of names that are known; opens them first where they are not open. */
  async call<C extends Exclude<IndexCall, "open" | "close" | "settled">>(
    call: C,
    args: CallArgs<C>,
    driveIds: readonly string[],
  ): Promise<CallResult<C>> {
    await this.#releasing;
    for (const driveId of driveIds) await this.open(driveId);
    return this.#send(call, args);
  }

  async open(driveId: string): Promise<CallResult<"open"> | undefined> {
    const drive = this.#drives.get(driveId);
    if (drive === undefined) return undefined;
    await this.#releasing;
    this.#opened.add(driveId);
    return this.#send("open", drive);
  }

  /** Until nothing of it is being merged. */
  settled(driveId: string): Promise<null> {
    return this.#send("settled", { driveId });
  }

  /** Lets go of the memory; what is asked later begins it again. */
  release(): Promise<void> {
    this.#releasing = this.#releasing.then(() => this.#release());
    return this.#releasing;
  }

  async #release(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    if (worker === undefined) return;
    const opened = [...this.#opened];
    this.#opened.clear();
    await Promise.all(opened.map((driveId) => this.#send("close", { driveId })));
    this.#end(worker, new AppError("cancelled", { title: "The index was closed" }));
    await worker.terminate();
  }

  #send<C extends IndexCall>(call: C, args: CallArgs<C>): Promise<CallResult<C>> {
    const worker = (this.#worker ??= this.#begin());
    clearTimeout(this.#idle);
    const id = this.#next++;
    return new Promise<CallResult<C>>((resolve, reject) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- answered by the same program's own thread
      this.#waiting.set(id, { resolve: (value) => resolve(value as CallResult<C>), reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ id, call, args });
    });
  }

  #begin(): Worker {
    const worker = new Worker(new URL(FILE, import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    worker.on("message", (message: unknown) => this.#answered(message));
    worker.on("error", (error) =>
      this.#end(worker, error instanceof Error ? error : new Error(String(error))),
    );
    worker.on("exit", () => this.#end(worker, new Error("the thread of the index ended")));
    worker.unref();
    return worker;
  }

  #answered(message: unknown): void {
    const answer = responseSchema.parse(message);
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("error" in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.value);
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.release(), this.#idleMs).unref();
  }

  #end(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#opened = new Set();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
