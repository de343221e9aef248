import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A page open for longer than this asks for a new key. */
const MAX_SESSIONS = 20;
const KEY_LIFE_MS = 15 * 60_000;

/** Keys that open the browser shell once, and the sessions that they become. Kept in memory, as digests. */
export class OneTimeKeys {
  readonly #keys = new Map<string, number>();
  #sessions: string[] = [];
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  createKey(): string {
    const key = randomBytes(32).toString("base64url");
    this.#keys.set(digest(key), this.#now());
    return key;
  }

  /** The session for a key that has not been used; the key dies here. */
  exchange(key: string): string | undefined {
    const madeAt = this.#keys.get(digest(key));
    if (madeAt === undefined) return undefined;
    this.#keys.delete(digest(key));
    if (this.#now() - madeAt > KEY_LIFE_MS) return undefined;
    const session = randomBytes(32).toString("base64url");
    this.#sessions = [...this.#sessions, digest(session)].slice(-MAX_SESSIONS);
    return session;
  }

  isSession(session: string | undefined): boolean {
    if (session === undefined) return false;
    const given = Buffer.from(digest(session));
    return this.#sessions.some((known) => timingSafeEqual(Buffer.from(known), given));
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
