import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";

/** One frame that was sent live: for the readers of a scope, or for one person. */
export interface RecentEvent {
  number: number;
  to: { scope: Scope } | { personId: PersonId; scope: Scope; isAdded: boolean };
  frame: string;
}

/** The latest frames, numbered without gaps, so that a short cut of the line needs no catching up. */
export class RecentEvents {
  readonly #limit: number;
  #events: RecentEvent[] = [];
  #next = 1;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Number of the newest event. */
  get newest(): number {
    return this.#next - 1;
  }

  add(to: RecentEvent["to"], frameOf: (number: number) => string): RecentEvent {
    const event = { number: this.#next, to, frame: frameOf(this.#next) };
    this.#next += 1;
    this.#events.push(event);
    // Cut in big steps: removing one at a time from the front costs the length of the list each time.
    if (this.#events.length >= this.#limit * 2) this.#events = this.#events.slice(-this.#limit);
    return event;
  }

  /** What came after `number`; undefined when some of it is no longer known. */
  after(number: number): readonly RecentEvent[] | undefined {
    if (number > this.newest) return undefined;
    const missing = this.newest - number;
    if (missing > this.#events.length) return undefined;
    return missing === 0 ? [] : this.#events.slice(-missing);
  }
}
