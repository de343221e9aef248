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
const LATEST = 3;

export interface Counts {
  /** The newest messages that still have something to show, newest first: a waiting deletion may hide one. */
  latest: Entry[];
  unread: number;
  mentions: number;
}

/** Whose counts they are: how far they have read, and the groups that they are named with. */
export interface SummaryReader {
  me: PersonId;
  readAt: string;
  groupIds: ReadonlySet<string>;
}

/** Last message and unread counts of each conversation, counted again only when its messages or marker change. */
export class Summaries {
  readonly #store: BlockStore;
  readonly #counts = new Map<string, { basis: string; counts: Promise<Counts> }>();

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

  async get(place: Place, reader: SummaryReader): Promise<Counts> {
    const basis = [reader.readAt, ...reader.groupIds].join("~");
    const known = this.#counts.get(place.conversationId);
    if (known?.basis === basis) return await known.counts;
    const counts = this.#count(messageStream(place.scope, place.conversationId), reader);
    this.#counts.set(place.conversationId, { basis, counts });
    return await counts;
  }

  async #count(stream: string, { me, readAt, groupIds }: SummaryReader): Promise<Counts> {
    const counts: Counts = { latest: [], unread: 0, mentions: 0 };
    let upper = "\uffff";
    for (let seen = 0; seen < LOOKED_AT; seen += STEP) {
      const entries = await this.#store.range(stream, { upper, limit: STEP, isReverse: true });
      for (const { data, ...entry } of entries) {
        const isRead = text(data, "sentAt") <= readAt;
        const isGone = text(data, "deletedAt") !== "";
        if (!isGone && counts.latest.length < LATEST) counts.latest.push({ data, ...entry });
        if (isRead && counts.latest.length === LATEST) return counts;
        if (isRead || isGone || text(data, "authorId") === me || text(data, "notice") !== "") continue;
        counts.unread++;
        if (concerns(data["mentions"], me, groupIds)) counts.mentions++;
        if (counts.unread === UNREAD_LIMIT) return counts;
      }
      upper = entries.at(-1)?.key ?? "";
      if (entries.length < STEP) break;
    }
    return counts;
  }
}

function concerns(mentions: unknown, me: PersonId, groupIds: ReadonlySet<string>): boolean {
  if (!Array.isArray(mentions)) return false;
  return mentions.some((mention: unknown) => {
    if (!isFields(mention)) return false;
    const { kind } = mention;
    if (kind === "everyone" || kind === "here") return true;
    return kind === "group" ? groupIds.has(text(mention, "groupId")) : text(mention, "personId") === me;
  });
}
