import type { Fetch } from "../../gateway/upstream.ts";
import { DriveError } from "../drive-error.ts";
import { assertHash, type AnnouncedHash } from "./content-hash.ts";
import { isBroken, statusFault, transportFault } from "./dav-faults.ts";
import type { DavUrls } from "./dav-urls.ts";
import { Patience, PATIENCE, type PatienceLimits } from "./patience.ts";
import type { Sending } from "./sending.ts";

/** The `Authorization` of a call; null: none. `refused`: the one that was not accepted, a token may be renewed. */
export type DavAuthorization = (refused: string | null) => Promise<string | null>;

export interface DavClientOptions {
  urls: DavUrls;
  fetch: Fetch;
  authorization: DavAuthorization;
  limits?: Partial<PatienceLimits>;
  /** Of the drive: ends everything. */
  ending: AbortSignal;
}

export interface DavCall {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Sending;
  signal: AbortSignal;
}

export interface DavAnswer {
  /** Where it came from, after redirections. */
  url: string;
  status: number;
  headers: Headers;
  /** To be read to its end (`pieces`), or dismissed. */
  body: ReadableStream<Uint8Array> | null;
  patience: Patience;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Asked the same way again where they are sent on to; others only by 307 and 308. */
const READING = new Set(["GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"]);
const MOST_REDIRECTS = 3;

/**
 * Calls of one WebDAV server. Credentials go to its own address and nowhere else: redirections are followed by hand, within
 * the drive alone.
 */
export class DavClient {
  readonly #options: DavClientOptions;
  readonly #limits: PatienceLimits;

  constructor(options: DavClientOptions) {
    this.#options = options;
    this.#limits = { ...PATIENCE, ...options.limits };
  }

  /** @throws DriveError what kept it from being answered; also needsPassword, wrongPassword, elsewhere */
  async ask(call: DavCall): Promise<DavAnswer> {
    let answer = await this.#authorized(call);
    for (let count = 0; REDIRECTS.has(answer.status); count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one leads to the next
      await dismiss(answer);
      const target = this.#target(call, answer);
      if (count === MOST_REDIRECTS) throw elsewhere(target);
      // oxlint-disable-next-line no-await-in-loop -- one leads to the next
      answer = await this.#authorized({ ...call, url: target.href });
    }
    return answer;
  }

  /** For a call whose answer has nothing to read. @throws DriveError by its status, unless it is one of `accepted` */
  async done(call: DavCall, accepted: readonly number[] = []): Promise<{ status: number; headers: Headers }> {
    const answer = await this.ask(call);
    const { status, headers } = answer;
    await dismiss(answer);
    if ((status < 300 && status !== 207) || accepted.includes(status)) return { status, headers };
    throw statusFault(answer, call.method);
  }

  async #authorized(call: DavCall): Promise<DavAnswer> {
    const { authorization } = this.#options;
    // Whoever gives passwords may wait for a locked secret store: a call that was given up does not.
    const credentials = await authorization(null);
    const first = await this.#twice(call, credentials);
    if (first.status !== 401) return first;
    await dismiss(first);
    const fresh = credentials === null ? null : await authorization(credentials);
    // A body that was sent cannot be sent again: whoever has it begins anew.
    if (fresh !== null && fresh !== credentials && typeof call.body !== "object") {
      const next = await this.#once(call, fresh);
      if (next.status !== 401) return next;
      await dismiss(next);
    }
    throw refused(credentials);
  }

  /** Where a redirection leads, if that is within the drive. @throws DriveError elsewhere */
  #target(call: DavCall, { headers, status, url }: DavAnswer): URL {
    const target = URL.parse(headers.get("location") ?? "", url);
    const canRepeat = READING.has(call.method) || (status > 303 && typeof call.body !== "object");
    if (target === null || !this.#options.urls.isWithin(target) || target.href === url || !canRepeat)
      throw elsewhere(target);
    return target;
  }

  /** A server may close a kept connection just when a call sets out on it: what only reads is asked once more. */
  async #twice(call: DavCall, credentials: string | null): Promise<DavAnswer> {
    try {
      return await this.#once(call, credentials);
    } catch (error) {
      if (!READING.has(call.method) || !isBroken(error)) throw error;
      return this.#once(call, credentials);
    }
  }

  async #once(call: DavCall, credentials: string | null): Promise<DavAnswer> {
    const { fetch, urls, ending } = this.#options;
    const patience = new Patience([call.signal, ending], this.#limits);
    try {
      patience.signal.throwIfAborted();
      const headers = new Headers(call.headers);
      if (credentials !== null) headers.set("authorization", credentials);
      const response = await fetch(call.url, {
        method: call.method,
        headers,
        redirect: "manual",
        credentials: "omit",
        signal: patience.signal,
        ...this.#bodyOf(call, patience, headers),
      });
      patience.rest(0);
      return {
        url: call.url,
        status: response.status,
        headers: response.headers,
        body: response.body,
        patience,
      };
    } catch (error) {
      const reason = patience.reason();
      patience.end();
      const sending = typeof call.body === "object" ? call.body : undefined;
      throw reason ?? sending?.failure ?? transportFault(error, urls.base.origin);
    }
  }

  /** A body that is being sent is a sign of life; an answer is waited for from its end on. */
  #bodyOf(
    { body, method }: DavCall,
    patience: Patience,
    headers: Headers,
  ): RequestInit & { duplex?: "half" } {
    const { firstMs, workMs } = this.#limits;
    if (typeof body === "object") {
      if (body.sizeBytes !== null) headers.set("content-length", String(body.sizeBytes));
      patience.wait(firstMs);
      return { body: body.start(patience, () => patience.wait(workMs)), duplex: "half" };
    }
    patience.wait(READING.has(method) || method === "LOCK" ? firstMs : workMs);
    return body === undefined ? {} : { body };
  }

  /** The pieces of an answer, each within its time. @throws DriveError unreachable, cancelled, damaged */
  async *pieces(answer: DavAnswer): AsyncGenerator<Uint8Array> {
    const reader = readerOf(answer);
    try {
      for (;;) {
        const piece = await nextPiece(answer, reader);
        if (piece === undefined) return;
        yield piece;
      }
    } finally {
      answer.patience.end();
      await reader?.cancel().catch(() => undefined);
    }
  }

  /** The same for a file: as long as announced, and with that hash, or it fails (`damaged`). */
  stream(answer: DavAnswer, { sizeBytes, hash }: Announced): ReadableStream<Uint8Array> {
    const reader = readerOf(answer);
    let count = 0;
    const finish = async (): Promise<void> => {
      answer.patience.end();
      await reader?.cancel().catch(() => undefined);
    };
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const piece = await nextPiece(answer, reader);
            count += piece?.byteLength ?? 0;
            const isWrong =
              sizeBytes !== null && (piece === undefined ? count !== sizeBytes : count > sizeBytes);
            if (isWrong) throw wrongLength();
            if (piece !== undefined) {
              hash?.hash.update(piece);
              controller.enqueue(piece);
              return;
            }
            if (hash !== undefined) assertHash(hash);
            answer.patience.end();
            controller.close();
          } catch (error) {
            await finish();
            throw error;
          }
        },
        cancel: finish,
      },
      { highWaterMark: 0 },
    );
  }
}

export interface Announced {
  sizeBytes: number | null;
  hash: AnnouncedHash | undefined;
}

type Reader = ReadableStreamDefaultReader<Uint8Array> | undefined;

function readerOf({ body }: DavAnswer): Reader {
  return body?.getReader();
}

/** Undefined at the end. @throws DriveError unreachable, cancelled, damaged */
async function nextPiece({ patience }: DavAnswer, reader: Reader): Promise<Uint8Array | undefined> {
  if (reader === undefined) return undefined;
  patience.waitForBytes();
  try {
    const { value } = await reader.read();
    patience.rest(value?.byteLength ?? 0);
    return value;
  } catch (error) {
    throw (
      patience.reason() ?? new DriveError("damaged", { title: "The server's answer broke off", cause: error })
    );
  }
}

/** Nothing of it is wanted. */
export async function dismiss({ body, patience }: DavAnswer): Promise<void> {
  patience.end();
  await body?.cancel().catch(() => undefined);
}

function wrongLength(): DriveError {
  return new DriveError("damaged", { title: "The file is not as long as the server said" });
}

function refused(credentials: string | null): DriveError {
  return credentials === null
    ? new DriveError("needsPassword", { title: "The server asks for a name and a password" })
    : new DriveError("wrongPassword", { title: "The server does not accept this name and password" });
}

function elsewhere(target: URL | null): DriveError {
  return new DriveError("elsewhere", {
    title: "The server sends on to another address",
    detail: target === null ? "It does not say where." : `It names ${target.origin}: nothing was sent there.`,
  });
}
