import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import type { IncomingMessage } from "node:http";
import type * as Electron from "electron";
import { send, type Login } from "../network/request.ts";
import { defaultSession, Session } from "./session.ts";

/** https://www.electronjs.org/docs/latest/api/client-request */

type Options = Electron.ClientRequestConstructorOptions;

export class ClientRequest extends Writable {
  chunkedEncoding = false;
  readonly #options: Options;
  readonly #headers: Record<string, string> = {};
  readonly #chunks: Buffer[] = [];
  readonly #aborting = new AbortController();
  readonly #session: Session;
  #next: string | undefined;

  constructor(options: Options | string) {
    super();
    this.#options = typeof options === "string" ? { url: options } : options;
    const { headers, session } = this.#options;
    this.#session = session instanceof Session ? session : defaultSession;
    for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, String(value));
  }
  setHeader(name: string, value: string): void {
    this.#headers[name.toLowerCase()] = value;
  }
  getHeader(name: string): string {
    return this.#headers[name.toLowerCase()] ?? "";
  }
  removeHeader(name: string): void {
    delete this.#headers[name.toLowerCase()];
  }
  followRedirect(): void {
    this.#next = this.#next ?? "";
  }
  abort(): void {
    this.#aborting.abort();
    this.emit("abort");
    this.destroy();
  }
  getUploadProgress(): Electron.UploadProgress {
    return { active: false, started: true, current: 0, total: 0 };
  }
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
  override _final(done: () => void): void {
    done();
    this.#run(this.#url()).catch((error: unknown) => {
      if (!this.#aborting.signal.aborted) this.emit("error", error);
    });
  }

  #url(): string {
    const { url, protocol = "http:", host, hostname, port, path = "/" } = this.#options;
    if (url !== undefined) return url;
    const place = host ?? `${hostname ?? "localhost"}${port === undefined ? "" : `:${port}`}`;
    return new URL(path, `${protocol}//${place}`).href;
  }

  async #run(url: string): Promise<void> {
    const body = this.#chunks.length === 0 ? undefined : Readable.from(this.#chunks);
    const { method = "GET", redirect = "follow" } = this.#options;
    const { signal } = this.#aborting;
    const login: Login = (info) => this.#logIn(info);
    const response = await send(
      { method, url, headers: this.#headers, body, signal, login },
      this.#session.way,
    );
    const { statusCode = 200, headers } = response;
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) {
      this.emit("response", response satisfies IncomingMessage);
      return;
    }
    response.resume();
    const target = new URL(headers.location, url).href;
    this.#next = undefined;
    this.emit("redirect", statusCode, method, target, headers);
    if (redirect === "error") throw new Error("Attempted to redirect, but redirect policy was 'error'");
    // Whoever wants it himself says so while he is told.
    if (redirect === "manual" && this.#next === undefined) throw new Error("Redirect was cancelled");
    await this.#run(target);
  }

  /** Without a listener nobody knows: https://www.electronjs.org/docs/latest/api/client-request#event-login */
  async #logIn(info: Electron.AuthInfo): Promise<{ username: string; password: string } | undefined> {
    if (EventEmitter.listenerCount(this, "login") === 0) return undefined;
    return new Promise((resolve) => {
      this.emit("login", info, (username?: string, password?: string) =>
        resolve(username === undefined ? undefined : { username, password: password ?? "" }),
      );
    });
  }
}
