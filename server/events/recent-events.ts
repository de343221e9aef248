import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";

/** One frame that was sent live: for the readers of a scope, or for one person. */
export interface RecentEvent {
  number: number;
  to: { scope: Scope } | { personId: PersonId; scope: Scope; isAdded: boolean };
  frame: string;
}

/** However many are kept, they hold no more text than this, give or take a frame. */
const MAX_CHARACTERS = 32 * 1024 * 1024;

/** The latest frames, numbered without gaps, so that a short cut of the line needs no catching up. */
export class RecentEvents {
  readonly #limit: number;
  #events: RecentEvent[] = [];
  #next = 1;
  #characters = 0;

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
    this.#characters += event.frame.length;
    if (this.#events.length >= this.#limit * 2) this.#keep(this.#limit);
    if (this.#characters > MAX_CHARACTERS) this.#keep(Math.floor(this.#events.length / 2));
    return event;
  }

  #keep(count: number): void {
    for (const event of this.#events.splice(0, this.#events.length - count)) {
      this.#characters -= event.frame.length;
    }
  }

  /** What came after `number`; undefined when some of it is no longer known. */
  after(number: number): readonly RecentEvent[] | undefined {
    if (number > this.newest) return undefined;
    const missing = this.newest - number;
    if (missing > this.#events.length) return undefined;
    return missing === 0 ? [] : this.#events.slice(-missing);
  }
}
