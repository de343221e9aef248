import type { PostFilter } from "#contract/views/feed.ts";
import type { PostFact, Wall } from "../feed-index.ts";
import type { QueryContext } from "../query-context.ts";
import { byScore, rankPost } from "./feed-ranking.ts";
import type { FeedRelation } from "./feed-relation.ts";

/** Newest posts that are ranked against each other; older ones follow in batches of as many. */
const POOL = 400;
/** Of the best, these many times what is shown are looked at closely: reactions, colleagues, pins. */
const CLOSER = 1.5;
/** Above every key. */
const TOP = "\uffff";

export interface FeedSelection {
  show: PostFilter;
  order: "relevant" | "latest";
  me: string;
  accept?: (post: PostFact) => boolean;
  /** Posts that come before all others, in this order. */
  first?: readonly PostFact[];
}

export interface Placed {
  fact: PostFact;
  /** Position: ascending from the top, also below zero. */
  place: number;
}

/**
 * The order in which a list of posts was opened. It stays: what comes later is held until it is asked for, one's own
 * posts come on top at once, and the list grows at its end.
 */
export class FeedOrder {
  readonly #context: QueryContext;
  readonly #walls: readonly Wall[];
  readonly #selection: FeedSelection;
  readonly #known = new Set<string>();
  #placed: Placed[] = [];
  /** Key down to which posts were placed. */
  #cursor = TOP;
  #isWhole = false;
  #isOpen = false;

  constructor(context: QueryContext, walls: readonly Wall[], selection: FeedSelection) {
    this.#context = context;
    this.#walls = walls;
    this.#selection = selection;
  }

  /** Everything that was placed so far is shown and there is no more. */
  isShownWhole(shown: number): boolean {
    return this.#isWhole && shown >= this.#placed.length;
  }

  /** The first `shown`, and how many newer ones are held back; with `isNewer` these come on top. */
  async read(
    relation: FeedRelation,
    shown: number,
    isNewer: boolean,
  ): Promise<{ placed: Placed[]; held: number }> {
    if (!this.#isOpen) await this.#open(relation);
    while (this.#placed.length < shown && !this.#isWhole) await this.#grow(relation, shown);
    const held = await this.#arrivals(isNewer);
    return { placed: this.#placed.slice(0, shown), held };
  }

  /** History has brought older posts: there may be more to place. */
  reopenEnd(): void {
    this.#isWhole = false;
  }

  async #open(relation: FeedRelation): Promise<void> {
    this.#isOpen = true;
    const { first = [], order, show } = this.#selection;
    this.#append(first.filter((post) => this.#accepts(post)));
    if (order !== "relevant" && show !== "mustRead") return;
    const { posts } = await relation.waitingMustReads(this.#context, this.#walls);
    const waiting = posts.filter((post) => this.#accepts(post));
    this.#append(waiting.toSorted((a, b) => (a.key < b.key ? 1 : -1)));
    if (show !== "mustRead") return;
    // What waits to be read is known whole, without going through years of posts.
    this.#isWhole = true;
    const [newest] = await this.#context.feed.page(this.#walls, { count: 1, accept: () => true });
    this.#cursor = newest?.key ?? "";
  }

  async #grow(relation: FeedRelation, shown: number): Promise<void> {
    const isRanked = this.#selection.order === "relevant";
    const count = isRanked ? POOL : Math.max(POOL / 4, shown - this.#placed.length);
    const batch = await this.#context.feed.page(this.#walls, {
      below: this.#cursor,
      count,
      accept: (post) => this.#accepts(post),
    });
    this.#cursor = batch.at(-1)?.key ?? (this.#cursor === TOP ? "" : this.#cursor);
    this.#isWhole = batch.length < count;
    const fresh = batch.filter((post) => !this.#known.has(post.id));
    this.#append(isRanked ? await this.#ranked(relation, fresh, shown) : fresh);
  }

  async #ranked(relation: FeedRelation, posts: readonly PostFact[], shown: number): Promise<PostFact[]> {
    const nowMs = Date.parse(this.#context.now());
    const rough = [];
    for (const fact of posts) {
      rough.push({ fact, key: fact.key, ranked: rankPost(await relation.ofFact(fact), nowMs) });
    }
    rough.sort(byScore);
    const best = rough.splice(0, Math.ceil(shown * CLOSER));
    const close = [];
    for (const { fact, key } of best) {
      const ranked = rankPost(await relation.closer(this.#context, fact), nowMs);
      close.push({ fact, key, ranked });
    }
    return [...close.toSorted(byScore), ...rough].map(({ fact }) => fact);
  }

  /** Takes in what came since: one's own at once, that of others when it is wanted. Returns how many are held. */
  async #arrivals(isWanted: boolean): Promise<number> {
    const recent = await this.#context.feed.page(this.#walls, {
      above: this.#cursor,
      count: Infinity,
      accept: (post) => this.#accepts(post),
    });
    const arrived = recent.filter((post) => !this.#known.has(post.id));
    const taken = isWanted ? arrived : arrived.filter(({ authorId }) => authorId === this.#selection.me);
    for (const fact of taken.toReversed()) this.#prepend(fact);
    return arrived.length - taken.length;
  }

  #append(facts: readonly PostFact[]): void {
    let place = this.#placed.at(-1)?.place ?? 0;
    for (const fact of facts) {
      if (this.#known.has(fact.id)) continue;
      this.#known.add(fact.id);
      this.#placed.push({ fact, place: ++place });
    }
  }

  #prepend(fact: PostFact): void {
    this.#known.add(fact.id);
    const place = (this.#placed[0]?.place ?? 1) - 1;
    this.#placed = [{ fact, place }, ...this.#placed];
  }

  #accepts(post: PostFact): boolean {
    const { show, me, accept } = this.#selection;
    if (accept === undefined ? post.isArchived : !accept(post)) return false;
    switch (show) {
      case "all":
        return true;
      case "questions":
        return post.kind === "question" && !post.isAnswered;
      case "articles":
        return post.kind === "article" || post.kind === "blog";
      case "polls":
        return post.hasPoll;
      case "mustRead":
        return post.isMustRead;
      case "mine":
        return post.authorId === me;
    }
  }
}
