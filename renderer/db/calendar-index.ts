import type { Row } from "#contract/collections.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { BlockStore } from "./block-store.ts";
import { CalendarOverlay, type OverlayReader } from "./calendar-overlay.ts";
import type { ChangeFollower, Changes } from "./entry.ts";
import { Mutex } from "./mutex.ts";
import { calendarsKey, type OutboxEntry } from "./outbox.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";
import { kindOf, scopeOf, smallStream } from "./streams.ts";

const indexes = new WeakMap<BlockStore, CalendarIndex>();

/** The one index of a cache, made with the first question about calendars. */
export function calendarIndexOf({ store, follow }: Pick<QueryContext, "store" | "follow">): CalendarIndex {
  const known = indexes.get(store);
  if (known !== undefined) return known;
  const index = new CalendarIndex();
  indexes.set(store, index);
  follow(index);
  return index;
}

/**
 * The calendars of every place, each taken in when it is first looked at: what was read of an event (`event-reading.ts`) hangs
 * on its row and lasts as long as that is held here.
 */
export class CalendarIndex implements ChangeFollower {
  readonly #bases = new Map<Scope, CalendarBase>();

  note(changes: Changes): void {
    if (this.#bases.size === 0) return;
    for (const [stream, keys] of changes) {
      if (stream.startsWith("*") || kindOf(stream) !== "calendarObject") continue;
      for (const [scope, base] of this.#bases) if (scope === scopeOf(stream)) base.note(keys);
    }
  }

  clear(): void {
    this.#bases.clear();
  }

  /** With the waiting writes laid over; the query runs again with every change of it. */
  async overlay(reader: Reader, scope: Scope, me: PersonId): Promise<CalendarOverlay> {
    reader.watch(smallStream(scope, "calendarObject"));
    const calendars = await reader.rows(scope, "calendar");
    const entries = reader.pending(calendarsKey(scope));
    const base = this.#bases.get(scope) ?? new CalendarBase(scope);
    this.#bases.set(scope, base);
    const email = (await reader.person(me))?.email;
    const address = email === undefined ? null : `mailto:${email}`;
    return await base.overlay(reader, { calendars, entries, me, address });
  }
}

interface Ask extends OverlayReader {
  calendars: readonly Row<"calendar">[];
  entries: readonly OutboxEntry[];
}

class CalendarBase {
  readonly #scope: Scope;
  readonly #objects = new Map<string, Row<"calendarObject">>();
  readonly #busy = new Mutex();
  #stale: Set<string> | "all" = "all";
  #answer: (Ask & { overlay: CalendarOverlay }) | undefined;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  note(keys: ReadonlySet<string>): void {
    if (this.#stale === "all") return;
    if (keys.has("")) this.#stale = "all";
    else for (const key of keys) this.#stale.add(key);
  }

  async overlay(reader: Reader, ask: Ask): Promise<CalendarOverlay> {
    await this.#busy.run(async () => {
      while (this.#stale === "all" || this.#stale.size > 0) await this.#take(reader);
    });
    if (this.#answer !== undefined && isSameAsk(this.#answer, ask)) return this.#answer.overlay;
    const rows = { calendars: ask.calendars, objects: [...this.#objects.values()] };
    const overlay = new CalendarOverlay(rows, ask.entries, ask);
    this.#answer = { ...ask, overlay };
    return overlay;
  }

  async #take(reader: Reader): Promise<void> {
    const stale = this.#stale;
    this.#stale = new Set();
    this.#answer = undefined;
    if (stale === "all") {
      this.#objects.clear();
      for (const row of await reader.rows(this.#scope, "calendarObject")) this.#objects.set(row.id, row);
      return;
    }
    for (const id of stale) {
      const row = await reader.row(this.#scope, "calendarObject", id);
      if (row === undefined) this.#objects.delete(id);
      else this.#objects.set(id, row);
    }
  }
}

/** Rows and entries are replaced when they change. */
function isSameAsk(one: Ask, other: Ask): boolean {
  const isSameReader = one.me === other.me && one.address === other.address;
  return isSameReader && isSame(one.calendars, other.calendars) && isSame(one.entries, other.entries);
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
