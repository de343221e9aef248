import type { PersonId, SpaceId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import type { FeedInfo, PostFilter, PostPlace, PostView } from "#contract/views/feed.ts";
import { Briefs } from "../briefs.ts";
import type { PostFact, Wall } from "../feed-index.ts";
import type { LiveQuery, View } from "../live-queries.ts";
import { isFailed, overlay, pendingSends } from "../message-overlay.ts";
import { createViewContext, messageView, type ViewContext } from "../message-views.ts";
import { CONNECTION_STREAM, POSITION_STREAM, type QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";
import { smallStream } from "../streams.ts";
import { FeedOrder, type FeedSelection, type Placed } from "./feed-order.ts";
import { isNews, openWalls, postPlace, watchedWalls, type OpenWalls } from "./feed-places.ts";
import { rankPost } from "./feed-ranking.ts";
import { FeedRelation } from "./feed-relation.ts";

export interface FeedListOptions {
  spaceId?: SpaceId | undefined;
  show: PostFilter;
  count: number;
  /** Absent: as the person prefers. */
  order?: "latest";
  /** The home feed: nothing of what a space has switched off. */
  isHome?: boolean;
  /** Pinned posts come first. */
  isPinnedFirst?: boolean;
  accept?: (post: PostFact) => boolean;
  /** What the query tells besides. */
  inform?: (context: QueryContext, reader: Reader, walls: readonly Wall[], me: PersonId) => Promise<object>;
  emptyInfo?: object;
}

const NOTHING: FeedInfo = { isLoaded: false, order: "relevant", held: 0, older: "start" };
/** Positions are written as text from here on; they also go below zero. */
const PLACE_ZERO = 50_000_000;

/** A list of posts, over all walls or of one: see `FeedOrder` for what stays where. */
export class FeedListQuery implements LiveQuery {
  readonly #context: QueryContext;
  readonly #options: FeedListOptions;
  readonly #refresh: () => void;
  #shown: number;
  #wantsNewer = false;
  #opened: { order: FeedOrder; key: string } | undefined;
  #walls: readonly Wall[] = [];
  #isLoading = false;
  #hasFailed = false;
  #fault: { error: unknown } | undefined;

  constructor(context: QueryContext, options: FeedListOptions, refresh: () => void) {
    this.#context = context;
    this.#options = options;
    this.#refresh = refresh;
    this.#shown = options.count;
  }

  async compute(reader: Reader): Promise<View> {
    const fault = this.#fault;
    this.#fault = undefined;
    if (fault !== undefined) throw fault.error;
    const me = this.#context.me();
    reader.watch(SESSION_STREAM);
    reader.watch(CONNECTION_STREAM);
    if (me === null) return { items: [], info: { ...NOTHING, ...this.#options.emptyInfo } };
    const { spaceId } = this.#options;
    const all = await watchedWalls(this.#context, reader);
    const of = spaceId === undefined ? all : all.filter((wall) => wall.spaceId === spaceId);
    const open = this.#options.isHome === true ? await openWalls(reader, of) : null;
    const walls =
      open === null ? of : of.filter(({ conversationId: id }) => open.wall.has(id) || open.news.has(id));
    this.#walls = walls;
    for (const { scope, stream } of walls) {
      reader.watch(stream);
      reader.watchKey(POSITION_STREAM, scope);
    }
    const relation = await FeedRelation.read(reader, me);
    const order = this.#options.order ?? (await preferredOrder(reader, me));
    const list = await this.#order(reader, { walls, order, me, open });
    const isNewer = this.#wantsNewer;
    this.#wantsNewer = false;
    const { placed, held } = await list.read(relation, this.#shown, isNewer);
    const items = await this.#items(reader, { me, placed, relation, walls });
    const inform = (await this.#options.inform?.(this.#context, reader, walls, me)) ?? {};
    const info: FeedInfo = {
      isLoaded: this.#isLoaded(walls),
      order,
      held,
      older: this.#older(list.isShownWhole(this.#shown)),
    };
    return { items, info: { ...info, ...inform } };
  }

  async extend(direction: "older" | "newer", count: number): Promise<void> {
    if (direction === "newer") this.#wantsNewer = true;
    else if (this.#opened?.order.isShownWhole(this.#shown) === true) await this.#fetchOlder(count);
    else this.#shown += count;
    this.#refresh();
  }

  /** The order as it was opened; made anew while the first posts come in, and when spaces come or go. */
  async #order(
    reader: Reader,
    of: { walls: readonly Wall[]; order: FeedSelection["order"]; me: PersonId; open: OpenWalls | null },
  ): Promise<FeedOrder> {
    const { walls, order, me, open } = of;
    const { show, isPinnedFirst = false } = this.#options;
    const accept =
      open === null
        ? this.#options.accept
        : (post: PostFact) =>
            !post.isArchived && open[isNews(post) ? "news" : "wall"].has(post.wall.conversationId);
    const first = isPinnedFirst ? await this.#pinned(reader, walls) : [];
    const shown = walls.map(({ conversationId: id }) =>
      [id, open?.wall.has(id) ?? "", open?.news.has(id) ?? ""].join(" "),
    );
    const key = [order, ...shown, ...first.map(({ id }) => id)];
    const opened = this.#opened;
    if (opened?.key === key.join() && this.#isSettled(walls)) return opened.order;
    const selection = { show, order, me, first, ...(accept === undefined ? {} : { accept }) };
    const made = new FeedOrder(this.#context, walls, selection);
    // While the first sync goes on, each answer is arranged anew.
    this.#opened = this.#isSettled(walls) ? { order: made, key: key.join() } : undefined;
    return made;
  }

  async #pinned(reader: Reader, walls: readonly Wall[]): Promise<PostFact[]> {
    const found: PostFact[] = [];
    for (const wall of walls) {
      const pins = (await reader.rows(wall.scope, "pin")).filter(
        (pin) => pin.conversationId === wall.conversationId,
      );
      for (const pin of pins.toSorted((a, b) => (a.pinnedAt < b.pinnedAt ? 1 : -1))) {
        const post = await this.#context.feed.post(wall, `${pin.sentAt}~${pin.messageId}`);
        if (post !== undefined) found.push(post);
      }
    }
    return found;
  }

  async #items(
    reader: Reader,
    shown: { me: PersonId; placed: readonly Placed[]; relation: FeedRelation; walls: readonly Wall[] },
  ): Promise<PostView[]> {
    const { me, placed, relation, walls } = shown;
    const briefs = new Briefs(reader);
    const contexts = new Map<Wall, ViewContext>();
    const places = new Map<Wall, PostPlace>();
    const contextOf = async (wall: Wall): Promise<ViewContext> => {
      const made =
        contexts.get(wall) ?? (await createViewContext(this.#context, reader, { me, place: wall, briefs }));
      contexts.set(wall, made);
      return made;
    };
    const placeOf = async (wall: Wall): Promise<PostPlace> => {
      const made = places.get(wall) ?? (await postPlace(reader, wall, me));
      places.set(wall, made);
      return made;
    };
    const items = await this.#waiting(reader, walls, { contextOf, placeOf, me });
    for (const { fact, place } of placed) {
      const entry = await reader.entry(fact.wall.stream, fact.key);
      const message = entry === undefined ? undefined : reader.parse("message", entry);
      if (message === undefined) continue;
      const context = await contextOf(fact.wall);
      const laid = overlay({ message, pending: null }, context.pending);
      // A deletion that waits takes it away at once; one that was refused leaves it here, marked.
      if (laid.message.deletedAt !== undefined || laid.message.post === undefined) continue;
      const sort = String(PLACE_ZERO + place);
      const view = await messageView(context, laid, sort);
      const { reasons } = rankPost(await relation.ofView(view, fact.wall), Date.parse(reader.now()));
      items.push({ key: view.key, sort, view, place: await placeOf(fact.wall), reasons });
    }
    return items;
  }

  /** Posts on their way, newest on top of all. */
  async #waiting(
    reader: Reader,
    walls: readonly Wall[],
    tools: {
      contextOf: (wall: Wall) => Promise<ViewContext>;
      placeOf: (wall: Wall) => Promise<PostPlace>;
      me: PersonId;
    },
  ): Promise<PostView[]> {
    const { show } = this.#options;
    if (show === "mustRead" || this.#options.accept !== undefined) return [];
    const items: PostView[] = [];
    const byWall = new Map(walls.map((wall) => [String(wall.conversationId), wall]));
    const sends = pendingSends(reader.allPending(), tools.me);
    for (const [index, send] of sends.toReversed().entries()) {
      const { post, threadId, conversationId } = send.message;
      const wall = byWall.get(conversationId);
      if (wall === undefined || post === undefined || threadId !== undefined) continue;
      if ((show === "questions" && post.kind !== "question") || (show === "polls" && !send.message.poll))
        continue;
      const context = await tools.contextOf(wall);
      const sort = `0${String(index).padStart(6, "0")}`;
      const view = await messageView(context, overlay(send, context.pending), sort);
      items.push({ key: view.key, sort, view, place: await tools.placeOf(wall), reasons: ["mine"] });
    }
    return items;
  }

  #isSettled(walls: readonly Wall[]): boolean {
    return walls.every(({ scope }) => this.#context.positions.get(scope)?.isComplete === true);
  }

  #isLoaded(walls: readonly Wall[]): boolean {
    return walls.length > 0 || this.#context.session().isReady;
  }

  /** Older posts of one wall may be on the server alone; the home feed ends with what is here, and says so. */
  #older(isShownWhole: boolean): FeedInfo["older"] {
    if (this.#isLoading) return "loading";
    if (!isShownWhole) return "cached";
    const [wall] = this.#walls;
    if (this.#options.spaceId === undefined) {
      const hasOlder = this.#walls.some((each) =>
        this.#context.positions.hasOlder(each.scope, each.conversationId),
      );
      return hasOlder ? "elsewhere" : "start";
    }
    if (wall === undefined) return "start";
    if (!this.#context.positions.hasOlder(wall.scope, wall.conversationId)) return "start";
    return this.#hasFailed || !this.#context.isOnline() ? "offline" : "remote";
  }

  async #fetchOlder(count: number): Promise<void> {
    const [wall] = this.#walls;
    if (wall === undefined || this.#isLoading || this.#options.spaceId === undefined) return;
    this.#isLoading = true;
    this.#refresh();
    try {
      const { scope, conversationId, stream } = wall;
      const lower = this.#context.positions.floor(scope, conversationId);
      const [oldest] = await this.#context.store.range(stream, { lower, limit: 1 });
      await this.#context.loadHistory({
        scope,
        conversationId,
        threadId: undefined,
        before: oldest?.key,
        limit: count,
      });
      this.#hasFailed = false;
      this.#shown += count;
      this.#opened?.order.reopenEnd();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#hasFailed = true;
    } finally {
      this.#isLoading = false;
    }
  }
}

/** The order that the person chose, a choice that waits included. */
async function preferredOrder(reader: Reader, me: PersonId): Promise<FeedInfo["order"]> {
  const scope = personScope(me);
  reader.watch(smallStream(scope, "preferences"));
  const row = await reader.row(scope, "preferences", me);
  let chosen: unknown = row?.feedOrder;
  for (const entry of reader.allPending()) {
    const { name, args } = entry.mutation;
    if (name === "preferences.set" && !isFailed(entry) && "feedOrder" in args) chosen = args["feedOrder"];
  }
  return chosen === "latest" ? "latest" : "relevant";
}
