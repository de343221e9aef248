import { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";

/** Chromium's debugging protocol over its two pipes: when they close, as when we are killed, Chromium ends as well. */

export type Params = Record<string, unknown>;

interface Waiting {
  resolve: (result: Params) => void;
  reject: (error: Error) => void;
}

export function isRecord(value: unknown): value is Params {
  return typeof value === "object" && value !== null;
}

/** What is read out of a message, checked at the point where it is used. */
export function textAt(params: unknown, key: string): string {
  const value = isRecord(params) ? params[key] : undefined;
  return typeof value === "string" ? value : "";
}

export function numberAt(params: unknown, key: string): number {
  const value = isRecord(params) ? params[key] : undefined;
  return typeof value === "number" ? value : 0;
}

export function recordAt(params: unknown, key: string): Params {
  const value = isRecord(params) ? params[key] : undefined;
  return isRecord(value) ? value : {};
}

/** One attached target: commands go to it, its events come out under their names. */
export class CdpSession extends EventEmitter {
  readonly #connection: Cdp;
  readonly #id: string | undefined;

  constructor(connection: Cdp, id?: string) {
    super();
    this.setMaxListeners(0);
    this.#connection = connection;
    this.#id = id;
  }

  send(method: string, params: Params = {}): Promise<Params> {
    return this.#connection.send(method, params, this.#id);
  }

  /** For what may come too late: the page has gone in the meantime. */
  tell(method: string, params: Params = {}): void {
    this.send(method, params).catch(() => undefined);
  }
}

export class Cdp {
  readonly browser: CdpSession = new CdpSession(this);
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #output: Writable;
  #lastId = 0;
  #isClosed = false;

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    output.on("error", () => this.#close());
    let text = "";
    input.setEncoding("utf8");
    input.on("data", (chunk: string) => {
      text += chunk;
      const messages = text.split("\0");
      text = messages.pop() ?? "";
      for (const message of messages) this.#receive(JSON.parse(message));
    });
    input.on("close", () => this.#close());
  }

  session(id: string): CdpSession {
    const session = this.#sessions.get(id) ?? new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  send(method: string, params: Params, sessionId?: string): Promise<Params> {
    if (this.#isClosed) return Promise.reject(new Error(`Chromium has ended before ${method}`));
    const id = ++this.#lastId;
    return new Promise<Params>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #receive(message: unknown): void {
    if (!isRecord(message)) return;
    const waiting = this.#waiting.get(numberAt(message, "id"));
    if (waiting !== undefined) {
      this.#waiting.delete(numberAt(message, "id"));
      if (isRecord(message["error"])) waiting.reject(new Error(textAt(message["error"], "message")));
      else waiting.resolve(recordAt(message, "result"));
      return;
    }
    const sessionId = textAt(message, "sessionId");
    const session = sessionId === "" ? this.browser : this.#sessions.get(sessionId);
    session?.emit(textAt(message, "method"), recordAt(message, "params"));
  }

  #close(): void {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error("Chromium has ended"));
    this.#waiting.clear();
  }
}
