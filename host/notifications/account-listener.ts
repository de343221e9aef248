import { EventSourceParserStream, type EventSourceMessage } from "eventsource-parser/stream";
import type { Envelope } from "#contract/envelope.ts";
import { serverEvents } from "#contract/events.ts";
import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { BackendReader } from "./backend-reader.ts";

const FIRST_MS = 1000;
const LONGEST_MS = 120_000;

export interface AccountListenerOptions {
  reader: BackendReader;
  /** The person's own scope: only its rows are looked at for what is new. */
  scope: Scope;
  /** Every change that comes live, of any scope; `isNew` for rows of the person's scope behind where it began. */
  onChange: (row: Envelope, isNew: boolean) => void;
  /** Whether the connection stands: told with each change. */
  onState?: (isConnected: boolean) => void;
  /** What is neither a refusal nor a broken connection. */
  onError: (error: unknown) => void;
  random: () => number;
}

/**
 * One light connection to `/v1/events`: taken up again after a cut from where it broke off, later after each failure, and
 * given up when the sign-in has ended. Silence is watched by the gateway, which cuts what has no heartbeat.
 */
export class AccountListener {
  readonly #options: AccountListenerOptions;
  readonly #stop = new AbortController();
  #lastEventId: string | undefined;
  /** How far the person's scope is known; undefined before the first hello: what is older is history. */
  #seq: number | undefined;
  #epoch = "";
  #failures = 0;
  #isConnected = false;
  #connection = new AbortController();
  #wake: (() => void) | undefined;

  constructor(options: AccountListenerOptions) {
    this.#options = options;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  start(): void {
    this.#run().catch(this.#options.onError);
  }

  stop(): void {
    this.#stop.abort(new AppError("cancelled"));
  }

  /** The way to the network is another one, or the machine slept: what stands is probably dead, and no wait is worth it. */
  reconnect(): void {
    this.#failures = 0;
    this.#connection.abort(new AppError("offline", { title: "The network changed" }));
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.signal.aborted) {
      const isRefused = await this.#connect();
      this.#setConnected(false);
      if (isRefused || this.signal.aborted) return;
      const ceilingMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.#failures, 20));
      this.#failures += 1;
      // Full jitter: machines that were cut together do not come back together.
      await this.#wait(FIRST_MS / 2 + this.#options.random() * ceilingMs);
    }
  }

  /** Resolves when the connection has ended; true when the person has to sign in again. */
  async #connect(): Promise<boolean> {
    const headers: Record<string, string> = { accept: "text/event-stream" };
    if (this.#lastEventId !== undefined) headers["last-event-id"] = this.#lastEventId;
    this.#connection = new AbortController();
    const signal = AbortSignal.any([this.signal, this.#connection.signal]);
    try {
      const { reader } = this.#options;
      const body = await reader.get({ path: "/v1/events?presence=none", headers, signal });
      const frames = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      for await (const frame of frames) await this.#take(frame);
      return false;
    } catch (error) {
      if (this.signal.aborted) return true;
      if (error instanceof AppError) return error.kind === "signInRequired";
      // The connection broke, or a hello that makes no sense: both are tried again, ever more rarely.
      return false;
    }
  }

  async #take({ event, data, id }: EventSourceMessage): Promise<void> {
    if (event === "hello") {
      await this.#hello(data);
    } else if (event === "change") {
      const row = serverEvents.change.safeParse(parseJson(data)).data;
      if (id !== undefined) this.#lastEventId = id;
      if (row !== undefined) this.#change(row);
    }
  }

  async #hello(data: string): Promise<void> {
    const hello = serverEvents.hello.parse(JSON.parse(data));
    const head = hello.scopes.find((one) => one.scope === this.#options.scope)?.head ?? 0;
    const known = this.#epoch === hello.epoch ? this.#seq : undefined;
    this.#epoch = hello.epoch;
    this.#seq ??= head;
    if (!hello.isResumed) {
      if (known === undefined) this.#seq = head;
      else if (known < head) await this.#catchUp();
    }
    this.#failures = 0;
    this.#setConnected(true);
  }

  #setConnected(isConnected: boolean): void {
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#options.onState?.(isConnected);
  }

  /** The server no longer had what was missed: the person's own scope is small enough to be read again. */
  async #catchUp(): Promise<void> {
    const { reader, scope } = this.#options;
    const missed: Envelope[] = [];
    await reader.rows(scope, this.signal, (row) => {
      if (row.collection === "notification" && row.seq > (this.#seq ?? 0)) missed.push(row);
      return true;
    });
    for (const row of missed.sort((a, b) => a.seq - b.seq)) this.#change(row);
  }

  #change(row: Envelope): void {
    const isNew = row.scope === this.#options.scope && row.seq > (this.#seq ?? Number.POSITIVE_INFINITY);
    if (isNew) this.#seq = row.seq;
    this.#options.onChange(row, isNew);
  }

  async #wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = done;
      this.signal.addEventListener("abort", done);
    });
    this.#wake = undefined;
  }
}

/** A frame that is not JSON fits no schema. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
