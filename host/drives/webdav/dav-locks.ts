import type { DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { HeldLock } from "../drive.ts";
import { dismiss, type DavAnswer, type DavCall, type DavClient } from "./dav-client.ts";
import { expiryOf, tokenOf } from "./dav-entry.ts";
import { statusFault } from "./dav-faults.ts";
import { childOf, childrenOf, dav, escapeXml, readElements, textOf, type XmlElement } from "./dav-xml.ts";

export interface LockParts {
  client: DavClient;
  now: () => number;
  /** Shown to others who meet the lock. */
  owner: string;
}

/** What a lock is asked to last; the server may give less. */
const TIMEOUT = "Second-600";

/** Exclusive write locks of RFC 4918, and which of them are ours. */
export class DavLocks {
  readonly #parts: LockParts;
  readonly #mine = new Set<string>();

  constructor(parts: LockParts) {
    this.#parts = parts;
  }

  isMine(token: string): boolean {
    return this.#mine.has(token);
  }

  /** @throws DriveError locked, unsupported */
  async take(path: DrivePath, url: string, signal: AbortSignal): Promise<HeldLock> {
    const body = `<?xml version="1.0" encoding="utf-8"?>
<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype><owner>${escapeXml(this.#parts.owner)}</owner></lockinfo>`;
    const headers = { "content-type": "application/xml; charset=utf-8", depth: "infinity", timeout: TIMEOUT };
    const { lock, headers: answered } = await this.#ask({ method: "LOCK", url, headers, body, signal });
    const named = /^<([^<>\s]{1,900})>$/.exec((answered.get("lock-token") ?? "").trim())?.[1];
    const token = named ?? tokenOf(lock);
    if (token === "") throw new DriveError("damaged", { title: "The server gave a lock without a token" });
    this.#mine.add(token);
    return this.#held(path, token, lock);
  }

  /** @throws DriveError notFound when it has ended */
  async refresh(held: HeldLock, url: string, signal: AbortSignal): Promise<HeldLock> {
    const headers = { if: ifToken(held.token), timeout: TIMEOUT };
    try {
      const { lock } = await this.#ask({ method: "LOCK", url, headers, signal });
      return this.#held(held.path, held.token, lock);
    } catch (error) {
      const hasEnded =
        error instanceof DriveError && ["changed", "notFound", "invalidName", "locked"].includes(error.fault);
      if (!hasEnded) throw error;
      this.#mine.delete(held.token);
      throw new DriveError("notFound", { title: "The lock has ended", cause: error });
    }
  }

  async giveBack(held: HeldLock, url: string, signal: AbortSignal): Promise<void> {
    const headers = { "lock-token": `<${held.token}>` };
    // What servers say of a lock that is not there any more.
    await this.#parts.client.done({ method: "UNLOCK", url, headers, signal }, [400, 403, 404, 409, 410, 412]);
    this.#mine.delete(held.token);
  }

  async #ask(call: DavCall): Promise<{ lock: XmlElement; headers: Headers }> {
    const answer = await this.#parts.client.ask(call);
    // 207: one of those in a folder is locked by somebody (RFC 4918 section 9.10.9).
    if (answer.status !== 200 && answer.status !== 201) {
      await dismiss(answer);
      throw statusFault(answer.status === 207 ? { status: 423 } : answer, call.method);
    }
    return { lock: await this.#lockIn(answer), headers: answer.headers };
  }

  async #lockIn(answer: DavAnswer): Promise<XmlElement> {
    for await (const element of readElements(this.#parts.client.pieces(answer), dav("prop"))) {
      const lock =
        element.name === dav("lockdiscovery") ? childrenOf(element, dav("activelock"))[0] : undefined;
      if (lock !== undefined) return lock;
    }
    throw new DriveError("damaged", { title: "The server says nothing of the lock that it gave" });
  }

  #held(path: DrivePath, token: string, lock: XmlElement): HeldLock {
    const timeout = textOf(childOf(lock, dav("timeout")));
    return { path, token, expiresAt: expiryOf(timeout, this.#parts.now()) };
  }
}

/** RFC 4918 section 10.4: only where this lock is in force. */
export function ifToken(token: string): string {
  return `(<${token}>)`;
}
