const DAY_MS = 24 * 60 * 60 * 1000;
/** To one address, whoever invites and to however many spaces: invitations are no way to fill somebody's mailbox. */
const TO_ONE_ADDRESS = 5;
/** By one person: a long list of guests, and no more. */
const BY_ONE_PERSON = 500;
const KEYS_KEPT = 50_000;

interface Tally {
  startedAtMs: number;
  count: number;
}

/** Keeps invitations by e-mail few. What it counts is forgotten with the process. */
export class MailQuota {
  readonly #clock: () => number;
  readonly #tallies = new Map<string, Tally>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Whether one more may go; it counts if so. */
  take(mail: { to: string; by: string }): boolean {
    const to = this.#tally(`to ${mail.to}`);
    const by = this.#tally(`by ${mail.by}`);
    if (to.count >= TO_ONE_ADDRESS || by.count >= BY_ONE_PERSON) return false;
    to.count += 1;
    by.count += 1;
    return true;
  }

  #tally(key: string): Tally {
    const now = this.#clock();
    const known = this.#tallies.get(key);
    if (known !== undefined && now - known.startedAtMs < DAY_MS) return known;
    const fresh = { startedAtMs: now, count: 0 };
    this.#tallies.delete(key);
    this.#tallies.set(key, fresh);
    const [oldest] = this.#tallies.keys();
    if (this.#tallies.size > KEYS_KEPT && oldest !== undefined) this.#tallies.delete(oldest);
    return fresh;
  }
}
