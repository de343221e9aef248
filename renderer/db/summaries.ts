import type { PersonId } from "#contract/ids.ts";
import type { BlockStore } from "./block-store.ts";
import { isFields, text, type Changes, type Entry } from "./entry.ts";
import type { Place } from "./places.ts";
import { conversationOf, kindOf, messageStream } from "./streams.ts";

/** Unread messages are counted to this; the interface says "99+". */
const UNREAD_LIMIT = 100;
/** Rows looked at for a summary at most, own and deleted ones included. */
const LOOKED_AT = 600;
const STEP = 60;

export interface Counts {
  /** Newest message that still has something to show. */
  last: Entry | undefined;
  unread: number;
  mentions: number;
}

/** Last message and unread counts of each conversation, counted again only when its messages or marker change. */
export class Summaries {
  readonly #store: BlockStore;
  readonly #counts = new Map<string, { readAt: string; counts: Promise<Counts> }>();

  constructor(store: BlockStore) {
    this.#store = store;
  }

  note(changes: Changes): void {
    for (const stream of changes.keys()) {
      if (kindOf(stream) === "message") this.#counts.delete(conversationOf(stream));
    }
  }

  clear(): void {
    this.#counts.clear();
  }

  async get(place: Place, me: PersonId, readAt: string): Promise<Counts> {
    const known = this.#counts.get(place.conversationId);
    if (known?.readAt === readAt) return await known.counts;
    const counts = this.#count(messageStream(place.scope, place.conversationId), me, readAt);
    this.#counts.set(place.conversationId, { readAt, counts });
    return await counts;
  }

  async #count(stream: string, me: PersonId, readAt: string): Promise<Counts> {
    const counts: Counts = { last: undefined, unread: 0, mentions: 0 };
    let upper = "\uffff";
    for (let seen = 0; seen < LOOKED_AT; seen += STEP) {
      const entries = await this.#store.range(stream, { upper, limit: STEP, isReverse: true });
      for (const { data, ...entry } of entries) {
        const isRead = text(data, "sentAt") <= readAt;
        const isGone = text(data, "deletedAt") !== "";
        if (!isGone) counts.last ??= { data, ...entry };
        if (isRead && counts.last !== undefined) return counts;
        if (isRead || isGone || text(data, "authorId") === me || text(data, "notice") !== "") continue;
        counts.unread++;
        if (mentionsPerson(data["mentions"], me)) counts.mentions++;
        if (counts.unread === UNREAD_LIMIT) return counts;
      }
      upper = entries.at(-1)?.key ?? "";
      if (entries.length < STEP) break;
    }
    return counts;
  }
}

function mentionsPerson(mentions: unknown, me: PersonId): boolean {
  if (!Array.isArray(mentions)) return false;
  return mentions.some(
    (mention: unknown) =>
      isFields(mention) && (mention["kind"] === "everyone" || text(mention, "personId") === me),
  );
}
