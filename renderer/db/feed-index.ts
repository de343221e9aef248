import { channelSchema } from "#contract/entities/channel.ts";
import type { ConversationId, SpaceId } from "#contract/ids.ts";
import { scopeSchema, type Scope } from "#contract/scope.ts";
import type { BlockStore } from "./block-store.ts";
import { isFields, text, type Changes, type Entry, type Fields } from "./entry.ts";
import { Mutex } from "./mutex.ts";
import type { Positions } from "./positions.ts";
import { conversationOf, kindOf, messageStream, prefixRange, reactionStream } from "./streams.ts";

/** A space's wall and where its posts are. */
export interface Wall {
  readonly conversationId: ConversationId;
  readonly spaceId: SpaceId;
  readonly scope: Scope;
  readonly stream: string;
}

/** What choosing and ordering need of a post; the rest is read for those that are shown. */
export interface PostFact {
  readonly id: string;
  /** Key in its stream, which is also its place in time among all posts. */
  readonly key: string;
  readonly wall: Wall;
  readonly authorId: string;
  readonly sentAt: string;
  readonly kind: string;
  readonly sections: readonly string[];
  readonly isMustRead: boolean;
  readonly isAnswered: boolean;
  readonly isArchived: boolean;
  readonly hasPoll: boolean;
  readonly namedIds: readonly string[];
  readonly isEveryone: boolean;
  readonly comments: number;
  readonly lastReplyAt: string;
}

interface WallState {
  wall: Wall;
  /** Newest first, down to `lowest`. */
  posts: PostFact[];
  lowest: string;
  isWhole: boolean;
  stale: Set<string>;
  busy: Mutex;
}

export interface PageOptions {
  /** Only posts before this key. */
  below?: string | undefined;
  /** Only posts after this key. */
  above?: string | undefined;
  count: number;
  accept: (post: PostFact) => boolean;
}

/** Posts taken in at a time from one wall. */
const DEPTH = 60;
const CHANNEL = "channel";

/**
 * The newest posts of every wall in memory, as facts without words, following changes. A merge over all walls then costs
 * a few comparisons a post, and the first screen reads no more rows than it shows.
 */
export class FeedIndex {
  readonly #store: BlockStore;
  readonly #positions: Positions;
  readonly #walls = new Map<string, WallState>();
  readonly #reactions = new Map<string, number>();
  #areWallsKnown = false;
  readonly #listing = new Mutex();

  constructor(store: BlockStore, positions: Positions) {
    this.#store = store;
    this.#positions = positions;
  }

  note(changes: Changes): void {
    for (const [stream, keys] of changes) {
      const kind = kindOf(stream);
      if (kind === CHANNEL) this.#areWallsKnown = false;
      else if (kind === "message") this.#noteMessages(conversationOf(stream), keys);
      else if (kind === "reaction" && this.#reactions.size > 0) this.#noteReactions(keys);
    }
  }

  clear(): void {
    this.#walls.clear();
    this.#reactions.clear();
    this.#areWallsKnown = false;
  }

  /** Walls of all spaces of which something is here. */
  async walls(): Promise<Wall[]> {
    await this.#listing.run(async () => {
      while (!this.#areWallsKnown) {
        // Set first: a change while it reads makes it read again.
        this.#areWallsKnown = true;
        await this.#list();
      }
    });
    return [...this.#walls.values()].map(({ wall }) => wall);
  }

  /** The newest posts of these walls that are accepted, newest first; fewer than `count` when there are no more. */
  async page(walls: readonly Wall[], options: PageOptions): Promise<PostFact[]> {
    const { above = "", count, accept } = options;
    let { below = "\uffff" } = options;
    const states = walls.flatMap((wall) => this.#walls.get(wall.conversationId) ?? []);
    // All at once: the first time, each is a read.
    const heads = await Promise.all(
      states.map(async (state) => {
        const posts = await this.#fresh(state, 0);
        return { state, posts, at: firstBelow(posts, below) };
      }),
    );
    const found: PostFact[] = [];
    while (found.length < count) {
      let newest: (typeof heads)[number] | undefined;
      for (const head of heads) {
        while (head.at >= head.posts.length && !head.state.isWhole && head.state.lowest > above) {
          head.posts = await this.#fresh(head.state, head.state.posts.length + DEPTH);
          head.at = firstBelow(head.posts, below);
        }
        const post = head.posts[head.at];
        if (post === undefined) continue;
        if (newest === undefined || post.key > (newest.posts[newest.at]?.key ?? "")) newest = head;
      }
      const post = newest?.posts[newest.at];
      if (newest === undefined || post === undefined || post.key <= above) break;
      below = post.key;
      newest.at++;
      if (accept(post)) found.push(post);
    }
    return found;
  }

  /** Must-reads among what is in memory: the newest of each wall at least. */
  async mustReads(walls: readonly Wall[]): Promise<PostFact[]> {
    const found: PostFact[] = [];
    for (const wall of walls) {
      const state = this.#walls.get(wall.conversationId);
      if (state === undefined) continue;
      for (const post of await this.#fresh(state, 0)) {
        if (post.isMustRead && !post.isArchived) found.push(post);
      }
    }
    return found;
  }

  /** One post by its key, however old. */
  async post(wall: Wall, key: string): Promise<PostFact | undefined> {
    const entry = await this.#store.get(wall.stream, key);
    return entry === undefined ? undefined : factOf(wall, entry);
  }

  async reactionCount(post: PostFact): Promise<number> {
    const known = this.#reactions.get(post.id);
    if (known !== undefined) return known;
    const stream = reactionStream(post.wall.scope, post.wall.conversationId);
    const rows = await this.#store.range(stream, prefixRange(post.id));
    this.#reactions.set(post.id, rows.length);
    return rows.length;
  }

  #noteMessages(conversationId: string, keys: ReadonlySet<string>): void {
    const state = this.#walls.get(conversationId);
    if (state === undefined) return;
    if (keys.has("")) {
      this.#walls.delete(conversationId);
      this.#areWallsKnown = false;
    } else for (const key of keys) state.stale.add(key);
  }

  #noteReactions(keys: ReadonlySet<string>): void {
    if (keys.has("")) this.#reactions.clear();
    else for (const key of keys) this.#reactions.delete(key.slice(0, key.indexOf("~")));
  }

  async #list(): Promise<void> {
    const present = new Set<string>();
    for (const stream of this.#store.streamsOf(CHANNEL)) {
      for (const { data } of await this.#store.range(stream)) {
        if (text(data, "kind") !== "wall") continue;
        const channel = channelSchema.safeParse(data);
        const scope = scopeSchema.safeParse(stream.slice(0, stream.indexOf("/")));
        if (!channel.success || !scope.success) continue;
        const { id: conversationId, spaceId } = channel.data;
        present.add(conversationId);
        if (this.#walls.has(conversationId)) continue;
        const wall = {
          conversationId,
          spaceId,
          scope: scope.data,
          stream: messageStream(scope.data, conversationId),
        };
        this.#walls.set(conversationId, stateOf(wall));
      }
    }
    for (const id of this.#walls.keys()) if (!present.has(id)) this.#walls.delete(id);
  }

  /** Posts of a wall, changes taken in, at least `depth` rows deep. */
  async #fresh(state: WallState, depth: number): Promise<readonly PostFact[]> {
    const isFirst = state.posts.length === 0 && !state.isWhole && state.lowest === "\uffff";
    const wanted = isFirst ? Math.max(depth, DEPTH) : depth;
    if (state.stale.size === 0 && (state.isWhole || wanted <= state.posts.length)) return state.posts;
    return await state.busy.run(async () => {
      await this.#follow(state);
      while (!state.isWhole && state.posts.length < wanted) await this.#deepen(state);
      return state.posts;
    });
  }

  async #follow(state: WallState): Promise<void> {
    if (state.stale.size === 0) return;
    const { stale } = state;
    state.stale = new Set();
    const { stream, scope, conversationId } = state.wall;
    const floor = this.#positions.floor(scope, conversationId);
    const kept = state.posts.filter((post) => !stale.has(post.key));
    for (const key of stale) {
      // Not reached yet, or behind a gap in the history.
      if ((key < state.lowest && !state.isWhole) || key < floor) continue;
      const entry = await this.#store.get(stream, key);
      const post = entry === undefined ? undefined : factOf(state.wall, entry);
      if (post !== undefined) kept.splice(firstBelow(kept, key), 0, post);
    }
    state.posts = kept;
  }

  async #deepen(state: WallState): Promise<void> {
    const { stream, scope, conversationId } = state.wall;
    const lower = this.#positions.floor(scope, conversationId);
    const entries = await this.#store.range(stream, {
      lower,
      upper: state.lowest,
      limit: DEPTH,
      isReverse: true,
    });
    const more = entries.flatMap((entry) => factOf(state.wall, entry) ?? []);
    state.posts = [...state.posts, ...more];
    state.lowest = entries.at(-1)?.key ?? state.lowest;
    state.isWhole = entries.length < DEPTH;
  }
}

function stateOf(wall: Wall): WallState {
  return { wall, posts: [], lowest: "\uffff", isWhole: false, stale: new Set(), busy: new Mutex() };
}

/** Where posts before `key` begin in a list that is newest first. */
function firstBelow(posts: readonly PostFact[], key: string): number {
  let low = 0;
  let high = posts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((posts[middle]?.key ?? "") < key) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Undefined for what is no post (any more). */
function factOf(wall: Wall, { id, key, data }: Entry): PostFact | undefined {
  const post = data["post"];
  if (!isFields(post) || text(data, "deletedAt") !== "") return undefined;
  const mentions = named(data["mentions"]);
  const { replyCount } = data;
  return {
    id,
    key,
    wall,
    authorId: text(data, "authorId"),
    sentAt: text(data, "sentAt"),
    kind: text(post, "kind"),
    sections: strings(post["sections"]),
    isMustRead: post["isMustRead"] === true,
    isAnswered: text(post, "answerId") !== "",
    isArchived: text(post, "archivedAt") !== "",
    hasPoll: isFields(data["poll"]),
    namedIds: mentions.flatMap((mention) => text(mention, "personId") || []),
    isEveryone: mentions.some((mention) => mention["kind"] === "everyone"),
    comments: typeof replyCount === "number" ? replyCount : 0,
    lastReplyAt: text(data, "lastReplyAt"),
  };
}

const NONE: readonly never[] = [];

function named(mentions: unknown): readonly Fields[] {
  return Array.isArray(mentions) ? mentions.filter(isFields) : NONE;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : NONE;
}
