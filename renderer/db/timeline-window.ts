import { messageIdSchema } from "#contract/ids.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { MessageId } from "#contract/ids.ts";
import type { QueryArgs } from "#contract/worker.ts";
import type { Entry } from "./entry.ts";
import type { Place } from "./places.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";
import { messageStream, prefixRange, replyStream } from "./streams.ts";

/** Messages that may arrive while a window is open before its oldest are let go again. */
const LIVE_LIMIT = 1000;

type Sources = Pick<QueryContext, "store" | "positions" | "messageKeys">;

/** Which part of a stream a timeline shows. Bounds are keys; the window at the end is open upwards. */
export class TimelineWindow {
  readonly #context: Sources;
  readonly #args: QueryArgs<"timeline">;
  /** First key shown; unset until `count` messages were there to fix it. */
  #lower: string | undefined;
  /** Key behind the last one shown; unset at the live end. */
  #upper: string | undefined;

  /** Messages asked for: what is beyond came live. */
  #asked: number;

  constructor(context: Sources, args: QueryArgs<"timeline">) {
    this.#context = context;
    this.#args = args;
    this.#asked = args.count;
  }

  get isAtEnd(): boolean {
    return this.#upper === undefined;
  }

  stream(place: Place): string {
    const make = this.#args.threadId === undefined ? messageStream : replyStream;
    return make(place.scope, place.conversationId);
  }

  /** Puts the window at the read marker, a time or a message; when these are out of reach, as far back as it can. */
  async open(place: Place, readAt: string, isOutOfReach = false): Promise<void> {
    const { at, count } = this.#args;
    if (at === "end") return;
    const { store } = this.#context;
    const { lower, upper } = this.#limits(place);
    const wanted = (await this.#anchor(place, readAt)) ?? (isOutOfReach ? lower : undefined);
    if (wanted === undefined) return;
    // What lies below has gaps: the oldest message without one stands for it.
    const anchor = larger(wanted, lower);
    const before = Math.floor(count / 2);
    const stream = this.stream(place);
    const after = await store.range(stream, { lower: anchor, upper, limit: count - before + 1 });
    // Nothing behind the anchor: the window at the end shows it.
    if (after.length === 0) return;
    const earlier = await store.range(stream, { lower, upper: anchor, limit: before, isReverse: true });
    this.#lower = earlier.at(-1)?.key ?? after[0]?.key;
    if (after.length > count - before) this.#upper = after.at(-1)?.key;
  }

  /** Key at which the window opens; undefined when it is not here. */
  async #anchor(place: Place, readAt: string): Promise<string | undefined> {
    const { at } = this.#args;
    if (at === "unread") return `${this.#prefix()}${readAt}\u007f`;
    const time = isoTimeSchema.safeParse(at);
    if (time.success) return `${this.#prefix()}${time.data}`;
    const id = messageIdSchema.safeParse(at);
    return id.success ? await this.#keyOf(place, id.data) : undefined;
  }

  async read(reader: Reader, place: Place): Promise<Entry[]> {
    const { lower, upper } = this.#limits(place);
    const stream = this.stream(place);
    if (this.#lower !== undefined) {
      const bounds = { lower: larger(this.#lower, lower), upper: this.#upper ?? upper };
      return this.#trimmed(await reader.entries(stream, bounds));
    }
    const { count } = this.#args;
    const newest = await reader.entries(stream, { lower, upper, limit: count, isReverse: true });
    newest.reverse();
    if (newest.length === count) this.#lower = newest[0]?.key;
    return newest;
  }

  /** A window left open for weeks in a busy place would otherwise grow, and cost more with each message. */
  #trimmed(entries: Entry[]): Entry[] {
    if (this.#upper !== undefined || entries.length <= this.#asked + LIVE_LIMIT) return entries;
    const newest = entries.slice(-this.#asked);
    this.#lower = newest[0]?.key;
    return newest;
  }

  /** Whether the cache has more before the window. */
  async hasCachedOlder(place: Place): Promise<boolean> {
    if (this.#lower === undefined) return false;
    return (await this.#before(place, 1)).length > 0;
  }

  /** Grows upwards from the cache; returns how many messages were added. */
  async growOlder(place: Place, count: number): Promise<number> {
    const earlier = await this.#before(place, count);
    const oldest = earlier.at(-1);
    if (oldest !== undefined) this.#lower = oldest.key;
    this.#asked += earlier.length;
    return earlier.length;
  }

  async growNewer(place: Place, count: number): Promise<void> {
    if (this.#upper === undefined) return;
    this.#asked += count;
    const { upper } = this.#limits(place);
    const { store } = this.#context;
    const later = await store.range(this.stream(place), { lower: this.#upper, upper, limit: count + 1 });
    this.#upper = later.length > count ? later.at(-1)?.key : undefined;
  }

  /** Key in time (`sentAt~id`) from which history goes back. */
  async oldest(place: Place): Promise<string | undefined> {
    const { lower, upper } = this.#limits(place);
    const [first] = await this.#context.store.range(this.stream(place), { lower, upper, limit: 1 });
    return first?.key.slice(this.#prefix().length);
  }

  async count(place: Place): Promise<number> {
    return (await this.#context.store.range(this.stream(place), this.#limits(place))).length;
  }

  async #before(place: Place, count: number): Promise<Entry[]> {
    const { lower, upper } = this.#limits(place);
    const end = this.#lower ?? (await this.#first(place)) ?? upper;
    return await this.#context.store.range(this.stream(place), {
      lower,
      upper: end,
      limit: count,
      isReverse: true,
    });
  }

  /** First key of a window that is not fixed yet. */
  async #first(place: Place): Promise<string | undefined> {
    const { lower, upper } = this.#limits(place);
    const { count } = this.#args;
    const newest = await this.#context.store.range(this.stream(place), {
      lower,
      upper,
      limit: count,
      isReverse: true,
    });
    return newest.at(-1)?.key;
  }

  #prefix(): string {
    return this.#args.threadId === undefined ? "" : `${this.#args.threadId}~`;
  }

  #limits(place: Place): { lower: string; upper: string } {
    if (this.#args.threadId !== undefined) return prefixRange(this.#args.threadId);
    const floor = this.#context.positions.floor(place.scope, place.conversationId);
    return { lower: floor, upper: "\uffff" };
  }

  async #keyOf(place: Place, id: MessageId): Promise<string | undefined> {
    const { messageKeys } = this.#context;
    const { threadId } = this.#args;
    const stream = this.stream(place);
    return threadId === undefined
      ? await messageKeys.find(stream, id)
      : await messageKeys.findReply(stream, threadId, id);
  }
}

function larger(a: string, b: string): string {
  return a > b ? a : b;
}
