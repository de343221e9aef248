import { EVENTS_HEARTBEAT_MS, serverEvents } from "#contract/events.ts";
import { AppError, isSignedOut, type Problem } from "#contract/problem.ts";
import { scopeSchema, type Scope } from "#contract/scope.ts";
import { isFields } from "#renderer/db/entry.ts";
import type { Clock } from "#renderer/db/clock.ts";
import type { Api } from "./api.ts";
import type { TypingSignal } from "#renderer/db/typing.ts";
import { Backoff } from "./backoff.ts";
import { inspectRow, type IncomingRow } from "./ingest.ts";
import { SseParser, type SseFrame } from "./sse.ts";
import { Watchdog } from "./watchdog.ts";

export interface Hello {
  isResumed: boolean;
  epoch: string;
  scopes: { scope: Scope; head: number }[];
}

export interface LiveListener {
  onConnecting: () => void;
  onHello: (hello: Hello) => Promise<void>;
  onChanges: (rows: IncomingRow[]) => Promise<void>;
  onScopeAdded: (scope: Scope, head: number) => Promise<void>;
  onScopeRemoved: (scope: Scope) => Promise<void>;
  onTyping: (signal: TypingSignal) => void;
  /** The connection ended; another try is due in `delayMs`, or none by itself when it is undefined. */
  onDown: (problem: Problem, delayMs: number | undefined) => void;
  onInvalid: (count: number) => void;
}

export interface LiveConnectionOptions {
  api: Api;
  clock: Clock;
  random: () => number;
  signal: AbortSignal;
  listener: LiveListener;
  heartbeatMs?: number;
}

/** Changes that arrived in one piece of the network are applied together. */
interface Batch {
  rows: IncomingRow[];
  invalid: number;
}

/** Keeps the events stream open: resumes where it broke off, waits longer after each failure, wakes when told. */
export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  readonly #backoff: Backoff;
  readonly #watchdog: Watchdog;
  #lastEventId: string | undefined;
  #stop = new AbortController();
  #wake: (() => void) | undefined;
  #isUp = false;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
    this.#backoff = new Backoff({ random: options.random, firstMs: 500, longestMs: 60_000 });
    this.#watchdog = new Watchdog(options.clock, 2.5 * (options.heartbeatMs ?? EVENTS_HEARTBEAT_MS));
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Runs until the signal is aborted. */
  async run(): Promise<void> {
    const { signal, listener } = this.#options;
    while (!signal.aborted) {
      listener.onConnecting();
      const problem = await this.#connect();
      this.#isUp = false;
      if (signal.aborted) return;
      const isFinal = isSignedOut(problem.kind);
      const delayMs = isFinal ? undefined : this.#backoff.next(problem.retryAfter);
      listener.onDown(problem, delayMs);
      await this.#wait(delayMs);
    }
  }

  /** Tries now instead of later. A connection that stands is left alone. */
  poke(): void {
    this.#backoff.reset();
    this.#wake?.();
  }

  /** The browser says the network is gone or another one: what stands is probably dead. */
  restart(): void {
    this.#stop.abort(new AppError("offline", { title: "The network changed" }));
    this.poke();
  }

  /** Forget where the stream was: the next connection starts with a comparison. */
  forget(): void {
    this.#lastEventId = undefined;
  }

  async #connect(): Promise<Problem> {
    const { api } = this.#options;
    this.#stop = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, this.#stop.signal]);
    const headers: Record<string, string> = { accept: "text/event-stream" };
    if (this.#lastEventId !== undefined) headers["last-event-id"] = this.#lastEventId;
    try {
      const response = await this.#watchdog.during(signal, (watched) =>
        api.request("/v1/events", { signal: watched, headers }),
      );
      if (response.body === null) throw new AppError("serverFault", { title: "Events gave no body" });
      await this.#read(response.body, signal);
      return new AppError("unavailable", { title: "The workplace ended the connection" }).problem;
    } catch (error) {
      if (error instanceof AppError) return error.problem;
      return new AppError("serverFault", {
        title: "Live changes failed",
        detail: String(error),
        cause: error,
      }).problem;
    } finally {
      // Whatever ended it (a refused frame, too): the request must not stay open behind our back.
      this.#stop.abort(new AppError("cancelled"));
    }
  }

  async #read(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<void> {
    const parser = new SseParser();
    for await (const lines of this.#watchdog.lines(body, signal)) {
      const batch: Batch = { rows: [], invalid: 0 };
      for (const line of lines) {
        const frame = parser.take(line);
        if (frame !== undefined) await this.#take(frame, batch);
      }
      await this.#flush(batch);
    }
  }

  async #flush(batch: Batch): Promise<void> {
    const { listener } = this.#options;
    const rows = batch.rows.splice(0);
    if (rows.length > 0) await listener.onChanges(rows);
    if (batch.invalid > 0) listener.onInvalid(batch.invalid);
    batch.invalid = 0;
  }

  async #take(frame: SseFrame, batch: Batch): Promise<void> {
    let data: unknown;
    try {
      data = JSON.parse(frame.data);
    } catch {
      batch.invalid++;
      return;
    }
    if (frame.event === "change") {
      this.#change(frame, data, batch);
      return;
    }
    await this.#flush(batch);
    await this.#control(frame.event, data);
  }

  #change(frame: SseFrame, data: unknown, batch: Batch): void {
    const scope = isFields(data) ? scopeSchema.safeParse(data["scope"]) : undefined;
    const incoming = isFields(data) && scope?.success === true ? inspectRow(data, scope.data) : undefined;
    if (incoming?.type === "row") batch.rows.push(incoming);
    else if (incoming?.type !== "unknown") batch.invalid++;
    if (frame.id !== undefined) this.#lastEventId = frame.id;
  }

  async #control(event: string, data: unknown): Promise<void> {
    const { listener } = this.#options;
    switch (event) {
      case "hello": {
        const hello = serverEvents.hello.parse(data);
        this.#isUp = true;
        this.#backoff.reset();
        await listener.onHello(hello);
        return;
      }
      case "scopeAdded": {
        const added = serverEvents.scopeAdded.parse(data);
        await listener.onScopeAdded(added.scope, added.head);
        return;
      }
      case "scopeRemoved":
        await listener.onScopeRemoved(serverEvents.scopeRemoved.parse(data).scope);
        return;
      case "typing":
        listener.onTyping(serverEvents.typing.parse(data));
        return;
      case "signedOut":
        // Its token ended, or its session: which of the two is told by the next call.
        throw new AppError("unavailable", { title: "The session has ended", retryAfter: 0 });
      default:
        // An event of a newer contract.
        return;
    }
  }

  async #wait(delayMs: number | undefined): Promise<void> {
    const { clock, signal } = this.#options;
    await new Promise<void>((resolve) => {
      const done = () => {
        if (timer !== undefined) clock.clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = delayMs === undefined ? undefined : clock.setTimeout(done, delayMs);
      this.#wake = done;
      signal.addEventListener("abort", done, { once: true });
    });
    this.#wake = undefined;
  }
}
