import type { MessageId } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";
import type { BlockStore } from "./block-store.ts";
import type { Entry } from "./entry.ts";
import { prefixRange } from "./streams.ts";

const STEP = 500;
const REMEMBERED = 20_000;
/** A message is sent about when its id was made: so much earlier at most, by a clock that is wrong. */
const EARLIER_MS = 10 * 60_000;
/** And hours later, when it was written offline: so many messages are looked at from then on. */
const LOOKED_AT = 1000;
const VERSION_PLACE = 14;
/** The end of the year 9999: later times are no ISO times of 24 characters. */
const LAST_MS = 253_402_300_799_999;

/** Finds a message by its id alone. Streams are sorted by time, so what was shown once is remembered. */
export class MessageKeys {
  readonly #store: BlockStore;
  readonly #keys = new Map<string, string>();

  constructor(store: BlockStore) {
    this.#store = store;
  }

  note(entries: readonly Entry[]): void {
    for (const entry of entries) this.#keys.set(entry.id, entry.key);
    if (this.#keys.size <= REMEMBERED) return;
    for (const id of this.#keys.keys()) {
      this.#keys.delete(id);
      if (this.#keys.size <= REMEMBERED / 2) return;
    }
  }

  /** The message's key in the stream; one never shown is looked for where its id says, then from the newest on. */
  async find(stream: string, id: MessageId): Promise<string | undefined> {
    const near = await this.findQuickly(stream, id);
    if (near !== undefined) return near;
    let upper = "\uffff";
    for (;;) {
      const entries = await this.#store.range(stream, { upper, limit: STEP, isReverse: true });
      const found = entries.find((entry) => entry.id === id);
      if (found !== undefined) return this.#remember(found);
      if (entries.length < STEP) return undefined;
      upper = entries.at(-1)?.key ?? "";
    }
  }

  /** Only where the id says that it ought to be: for lists of many. */
  async findQuickly(stream: string, id: MessageId): Promise<string | undefined> {
    const known = this.#keys.get(id);
    if (known !== undefined && (await this.#store.get(stream, known)) !== undefined) return known;
    const madeMs = madeAt(id);
    if (madeMs === undefined) return undefined;
    const lower = toIsoTime(madeMs - EARLIER_MS);
    const entries = await this.#store.range(stream, { lower, limit: LOOKED_AT });
    const found = entries.find((entry) => entry.id === id);
    return found === undefined ? undefined : this.#remember(found);
  }

  async findReply(stream: string, threadId: MessageId, id: MessageId): Promise<string | undefined> {
    const known = this.#keys.get(id);
    if (known !== undefined && (await this.#store.get(stream, known)) !== undefined) return known;
    const entries = await this.#store.range(stream, prefixRange(threadId));
    const found = entries.find((entry) => entry.id === id);
    return found === undefined ? undefined : this.#remember(found);
  }

  #remember(entry: Entry): string {
    this.note([entry]);
    return entry.key;
  }
}

/** When an id was made, which a UUID of version 7 says. */
export function madeAt(id: string): number | undefined {
  if (id.charAt(VERSION_PLACE) !== "7") return undefined;
  const madeMs = Number.parseInt(`${id.slice(0, 8)}${id.slice(9, 13)}`, 16);
  return madeMs > LAST_MS ? undefined : madeMs;
}
