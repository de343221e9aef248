import { createHash } from "node:crypto";
import { textOf } from "#contract/icalendar/component.ts";
import { objectNodes } from "#contract/icalendar/keep-bytes.ts";
import { parseCalendar } from "#contract/icalendar/parse-calendar.ts";
import { DriveError } from "../../drives/drive-error.ts";
import { statusFault, transportFault } from "../../drives/webdav/dav-faults.ts";
import type { DavAuthorization } from "../../drives/webdav/dav-client.ts";
import type { Fetch } from "../../gateway/upstream.ts";
import type { RemoteCalendar, RemoteListing, RemoteObject } from "./remote-calendar.ts";

const MOST_BYTES = 20_000_000;
const TIME_MS = 60_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface SubscriptionParts {
  address: string;
  fetch: Fetch;
  authorization: DavAuthorization;
}

/** One file of iCalendar at an address, which may only be read. What did not change is not fetched again (RFC 9110 section 13.1). */
export class Subscription implements RemoteCalendar {
  readonly #parts: SubscriptionParts;
  #objects = new Map<string, RemoteObject>();
  #validators: { etag: string | null; modified: string | null } = { etag: null, modified: null };
  /** X-WR-CALNAME of what was fetched last. */
  name: string | null = null;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
  }

  async list(_token: string | null, signal: AbortSignal): Promise<RemoteListing> {
    await this.#fetch(signal);
    const put = [...this.#objects.values()].map(({ name, etag }) => ({ name, etag }));
    return { isWhole: true, put, removed: [], token: null };
  }

  async read(names: readonly string[], signal: AbortSignal): Promise<RemoteObject[]> {
    if (this.#objects.size === 0) await this.#fetch(signal);
    return names.flatMap((name) => this.#objects.get(name) ?? []);
  }

  put(): Promise<string | null> {
    return Promise.reject(readOnly());
  }

  remove(): Promise<void> {
    return Promise.reject(readOnly());
  }

  async #fetch(outer: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([outer, AbortSignal.timeout(TIME_MS)]);
    const response = await this.#followed(signal);
    if (response.status === 304) {
      await response.body?.cancel();
      return;
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw statusFault(response, "GET");
    }
    const parsed = parseCalendar(await wholeOf(response));
    if (!parsed.ok) {
      const { line, message } = parsed.problem;
      const detail = line > 0 ? `Line ${line} ${message}` : message;
      throw new DriveError("damaged", { title: "What lies at this address is no calendar", detail });
    }
    const { calendar } = parsed;
    const objects = new Map<string, RemoteObject>();
    for (const object of calendar.objects) {
      if (object.kind !== "VEVENT") continue;
      const data = textOf(objectNodes(calendar, object));
      const name = hashOf(object.uid ?? data);
      objects.set(name, { name, etag: hashOf(data.replaceAll(/^DTSTAMP[;:].*\r?\n/gim, "")), data });
    }
    this.#objects = objects;
    this.name = calendar.name ?? null;
    this.#validators = {
      etag: response.headers.get("etag"),
      modified: response.headers.get("last-modified"),
    };
  }

  /** Credentials go to the address itself and nowhere else, and what began encrypted stays so. */
  async #followed(signal: AbortSignal): Promise<Response> {
    const { address, fetch, authorization } = this.#parts;
    const credentials = await authorization(null);
    let url = new URL(address);
    for (let count = 0; ; count += 1) {
      const headers = new Headers({ accept: "text/calendar, */*;q=0.1" });
      const { etag, modified } = this.#validators;
      if (etag !== null) headers.set("if-none-match", etag);
      else if (modified !== null) headers.set("if-modified-since", modified);
      if (credentials !== null && url.origin === new URL(address).origin)
        headers.set("authorization", credentials);
      // oxlint-disable-next-line no-await-in-loop -- one leads to the next
      const response = await this.#get(fetch, url, headers, signal);
      if (response.status === 401) {
        // oxlint-disable-next-line no-await-in-loop -- the last of the loop
        await response.body?.cancel();
        throw refused(credentials);
      }
      if (!REDIRECTS.has(response.status)) return response;
      // oxlint-disable-next-line no-await-in-loop -- one leads to the next
      await response.body?.cancel();
      const next = URL.parse(response.headers.get("location") ?? "", url.href);
      const isSafe = next?.protocol === "https:" || (next?.protocol === "http:" && url.protocol === "http:");
      if (next === null || !isSafe || count === MOST_REDIRECTS)
        throw new DriveError("elsewhere", { title: "The server sends on to an address that is not taken" });
      url = next;
    }
  }

  async #get(fetch: Fetch, url: URL, headers: Headers, signal: AbortSignal): Promise<Response> {
    try {
      return await fetch(url.href, { headers, redirect: "manual", credentials: "omit", signal });
    } catch (error) {
      throw transportFault(error, url.origin);
    }
  }
}

/** @throws DriveError tooLarge, damaged */
async function wholeOf(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of response.body ?? []) {
      length += piece.byteLength;
      if (length > MOST_BYTES)
        throw new DriveError("tooLarge", {
          title: "This calendar is too large",
          detail: `It may have ${MOST_BYTES / 1_000_000} MB.`,
        });
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof DriveError) throw error;
    throw new DriveError("damaged", { title: "The server's answer broke off", cause: error });
  }
  return Buffer.concat(pieces);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function refused(credentials: string | null): DriveError {
  return credentials === null
    ? new DriveError("needsPassword", { title: "The server asks for a name and a password" })
    : new DriveError("wrongPassword", { title: "The server does not accept this name and password" });
}

function readOnly(): DriveError {
  return new DriveError("readOnly", {
    title: "This calendar can only be read",
    detail: "It is a subscription: whoever publishes it changes it.",
  });
}
