import type { ConversationId, MessageId, PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";

/** Of one person, with all their machines. */
const REQUESTS = 120;
const WINDOW_MS = 10_000;
/** In one place of one person; more often says nothing new. */
const TYPING_EVERY_MS = 1000;
/** Places one person can be typing in at a time: beyond, it is a program. */
const TYPING_PLACES = 10;
const PEOPLE_KEPT = 50_000;

interface Tally {
  startedAtMs: number;
  count: number;
  typing: Map<string, number>;
}

/** Keeps signals few: they go to everyone who reads a place. */
export class SignalRates {
  readonly #clock: () => number;
  readonly #people = new Map<PersonId, Tally>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** @throws AppError rateLimited */
  requireCalm(personId: PersonId): void {
    const tally = this.#tally(personId);
    tally.count += 1;
    if (tally.count <= REQUESTS) return;
    const retryAfter = Math.max(1, Math.ceil((tally.startedAtMs + WINDOW_MS - this.#clock()) / 1000));
    throw new AppError("rateLimited", {
      title: "Too many signals",
      detail: `At most ${REQUESTS} requests in ${WINDOW_MS / 1000} s. Wait ${retryAfter} s.`,
      retryAfter,
    });
  }

  allowsTyping(
    personId: PersonId,
    conversationId: ConversationId,
    threadId: MessageId | undefined,
    isTyping: boolean,
  ): boolean {
    const { typing } = this.#tally(personId);
    const now = this.#clock();
    const place = `${conversationId} ${threadId ?? ""} ${isTyping}`;
    const last = typing.get(place);
    if (last !== undefined && now - last < TYPING_EVERY_MS) return false;
    for (const [known, at] of typing) if (now - at >= WINDOW_MS) typing.delete(known);
    if (last === undefined && typing.size >= TYPING_PLACES * 2) return false;
    typing.set(place, now);
    return true;
  }

  #tally(personId: PersonId): Tally {
    const now = this.#clock();
    const known = this.#people.get(personId);
    if (known !== undefined && now - known.startedAtMs < WINDOW_MS) return known;
    const fresh = { startedAtMs: now, count: 0, typing: known?.typing ?? new Map<string, number>() };
    this.#people.delete(personId);
    this.#people.set(personId, fresh);
    const [oldest] = this.#people.keys();
    if (this.#people.size > PEOPLE_KEPT && oldest !== undefined) this.#people.delete(oldest);
    return fresh;
  }
}
