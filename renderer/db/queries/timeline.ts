import { AppError } from "#contract/problem.ts";
import type { MessageId } from "#contract/ids.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import type { QueryArgs, TimelineInfo } from "#contract/worker.ts";
import type { Entry } from "../entry.ts";
import { fetchAround } from "../history-around.ts";
import type { LiveQuery, View } from "../live-queries.ts";
import { overlay, pendingSends } from "../message-overlay.ts";
import { createViewContext, messageView, type ViewContext } from "../message-views.ts";
import type { Place } from "../places.ts";
import { CONNECTION_STREAM, POSITION_STREAM, type QueryContext } from "../query-context.ts";
import { readAt } from "../read-markers.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";
import { messageStream } from "../streams.ts";
import { TimelineSeek } from "../timeline-seek.ts";
import { TimelineWindow } from "../timeline-window.ts";

type Args = QueryArgs<"timeline">;

const EMPTY: TimelineInfo = { isLoaded: false, older: "start", newer: "end", unreadAfter: null, root: null };

/** A window of a conversation or thread: the cached rows, the reader's waiting writes laid over them. */
export class TimelineQuery implements LiveQuery {
  readonly #context: QueryContext;
  readonly #args: Args;
  readonly #window: TimelineWindow;
  readonly #refresh: () => void;
  readonly #seek: TimelineSeek;
  #place: Place | undefined;
  #unreadAfter: TimelineInfo["unreadAfter"] = null;
  #isOpen = false;
  /** Whether history is being fetched to the place at which the window is to open. */
  #isSeeking = false;
  #hasSought = false;
  #hasAskedRoot = false;
  #isLoading = false;
  #hasFailed = false;
  #isThreadWhole = false;
  #threadOldest: string | undefined;
  #hasFilled = false;
  #wasOffline = false;
  #lastInfo: TimelineInfo = EMPTY;
  /** What went wrong while nobody waited for it: the next run tells. */
  #fault: { error: unknown } | undefined;

  constructor(context: QueryContext, args: Args, refresh: () => void) {
    this.#context = context;
    this.#args = args;
    this.#refresh = refresh;
    this.#window = new TimelineWindow(context, args);
    this.#seek = new TimelineSeek(context, args);
  }

  async compute(reader: Reader): Promise<View> {
    const fault = this.#fault;
    this.#fault = undefined;
    if (fault !== undefined) throw fault.error;
    const me = this.#context.me();
    const place =
      me === null ? undefined : await this.#context.places.find(reader, this.#args.conversationId);
    this.#place = place;
    if (me === null || place === undefined) {
      reader.watch(SESSION_STREAM);
      return { items: [], info: { ...EMPTY, isLoaded: this.#context.session().isReady } };
    }
    reader.watch(CONNECTION_STREAM);
    reader.watchKey(POSITION_STREAM, place.scope);
    if (this.#context.isOnline() && !this.#isLoading && this.#wasOffline) this.#hasFailed = false;
    this.#wasOffline = !this.#context.isOnline();
    const context = await createViewContext(this.#context, reader, { me, place });
    if (!(await this.#open(reader, place, context))) {
      const root = await this.#root(context, place);
      return { items: [], info: { ...EMPTY, older: "loading", unreadAfter: this.#unreadAfter, root } };
    }
    const entries = await this.#window.read(reader, place);
    this.#context.messageKeys.note(this.#args.threadId === undefined ? entries : []);
    const items = await this.#items(context, entries);
    const root = await this.#root(context, place);
    const info = await this.#info(place, root);
    this.#lastInfo = info;
    this.#fill(items.length, info);
    return { items, info };
  }

  async extend(direction: "older" | "newer", count: number): Promise<void> {
    const place = this.#place;
    if (place === undefined) return;
    if (direction === "newer") await this.#window.growNewer(place, count);
    else if ((await this.#window.growOlder(place, count)) === 0) await this.#fetchOlder(place, count);
    this.#refresh();
  }

  close(): void {
    this.#seek.close();
  }

  /** Returns false while history is fetched to the place that was asked for. */
  async #open(reader: Reader, place: Place, context: ViewContext): Promise<boolean> {
    if (this.#isOpen) return true;
    if (this.#isSeeking) return false;
    const { threadId } = this.#args;
    const at =
      threadId === undefined
        ? await readAt(reader, { place, me: context.me, pending: context.pending })
        : (context.marks.follows.get(threadId)?.readAt ?? "");
    const parsed = isoTimeSchema.safeParse(at);
    this.#unreadAfter = parsed.success ? parsed.data : null;
    if (await this.#mustSeek(place)) return false;
    this.#isOpen = true;
    await this.#window.open(place, at, this.#hasFailed);
    return true;
  }

  async #mustSeek(place: Place): Promise<boolean> {
    if (this.#hasSought || !(await this.#seek.isNeeded(place))) return false;
    // The first snapshot is on its way, and may bring it.
    if (this.#context.positions.get(place.scope)?.isComplete === false) return true;
    this.#hasSought = true;
    if (!this.#context.isOnline()) {
      this.#hasFailed = true;
      return false;
    }
    this.#isSeeking = true;
    this.#runSeek(place).catch((error: unknown) => {
      this.#fault = { error };
      this.#refresh();
    });
    return true;
  }

  async #runSeek(place: Place): Promise<void> {
    try {
      await this.#seek.run(place);
      const answer = this.#seek.threadAnswer;
      this.#threadOldest = answer?.oldest;
      this.#isThreadWhole = answer?.hasOlder === false;
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      this.#hasFailed = true;
    } finally {
      this.#isSeeking = false;
      this.#refresh();
    }
  }

  async #items(context: ViewContext, entries: readonly Entry[]): Promise<MessageView[]> {
    const items: MessageView[] = [];
    const known = new Set<string>();
    for (const entry of entries) {
      known.add(entry.id);
      const message = context.reader.parse("message", entry);
      if (message === undefined) continue;
      const sort = `${message.sentAt}~${message.id}`;
      items.push(await messageView(context, overlay({ message, pending: null }, context.pending), sort));
    }
    if (this.#window.isAtEnd) items.push(...(await this.#waiting(context, known)));
    return items;
  }

  /** Messages on their way, behind all others: `~` sorts after every time. */
  async #waiting(context: ViewContext, known: ReadonlySet<string>): Promise<MessageView[]> {
    const items: MessageView[] = [];
    for (const [index, send] of pendingSends(context.pending, context.me).entries()) {
      if (send.message.threadId !== this.#args.threadId || known.has(send.message.id)) continue;
      const sort = `~${String(index).padStart(6, "0")}`;
      items.push(await messageView(context, overlay(send, context.pending), sort));
    }
    return items;
  }

  async #root(context: ViewContext, place: Place): Promise<MessageView | null> {
    const { threadId } = this.#args;
    if (threadId === undefined) return null;
    const stream = messageStream(place.scope, place.conversationId);
    const key = await this.#context.messageKeys.find(stream, threadId);
    if (key === undefined) {
      context.reader.watch(stream);
      this.#askRoot(place, threadId);
      return await this.#pendingRoot(context);
    }
    const entry = await context.reader.entry(stream, key);
    const message = entry === undefined ? undefined : context.reader.parse("message", entry);
    if (message === undefined) return null;
    return await messageView(context, overlay({ message, pending: null }, context.pending), key);
  }

  /** The root may be older than what is cached. */
  #askRoot(place: Place, threadId: MessageId): void {
    if (this.#hasAskedRoot || !this.#context.isOnline()) return;
    this.#hasAskedRoot = true;
    fetchAround(this.#context, place, threadId).catch((error: unknown) => {
      // The replies can be read without it.
      if (!isOutOfReach(error)) this.#fault = { error };
    });
  }

  /** A thread may be begun on a message that is itself still on its way. */
  async #pendingRoot(context: ViewContext): Promise<MessageView | null> {
    const sends = pendingSends(context.pending, context.me);
    const root = sends.find(({ message }) => message.id === this.#args.threadId);
    return root === undefined ? null : await messageView(context, overlay(root, context.pending), "~");
  }

  async #info(place: Place, root: MessageView | null): Promise<TimelineInfo> {
    return {
      isLoaded: this.#isLoaded(place),
      older: await this.#older(place, root),
      newer: this.#window.isAtEnd ? "end" : "cached",
      unreadAfter: this.#unreadAfter,
      root,
    };
  }

  /** A place that exists only as a waiting write has nothing to load. */
  #isLoaded(place: Place): boolean {
    const position = this.#context.positions.get(place.scope);
    return position !== undefined || this.#context.session().isReady;
  }

  async #older(place: Place, root: MessageView | null): Promise<TimelineInfo["older"]> {
    if (this.#isLoading) return "loading";
    if (await this.#window.hasCachedOlder(place)) return "cached";
    const position = this.#context.positions.get(place.scope);
    if (position === undefined) return this.#context.session().isReady ? "start" : "loading";
    if (!position.isComplete) return "loading";
    if (!(await this.#hasRemoteOlder(place, root))) return "start";
    return this.#hasFailed || !this.#context.isOnline() ? "offline" : "remote";
  }

  async #hasRemoteOlder(place: Place, root: MessageView | null): Promise<boolean> {
    const { positions } = this.#context;
    if (this.#args.threadId === undefined) return positions.hasOlder(place.scope, place.conversationId);
    if (this.#isThreadWhole) return false;
    // Without its root only the server knows how many there are.
    if (root === null) return positions.get(place.scope) !== undefined;
    return (await this.#window.count(place)) < (root.message.replyCount ?? 0);
  }

  /** A window that the cache cannot fill asks for history by itself, once. */
  #fill(shown: number, info: TimelineInfo): void {
    if (this.#hasFilled || info.older !== "remote" || shown >= this.#args.count) return;
    this.#hasFilled = true;
    this.#fetchOlder(this.#place, this.#args.count).catch((error: unknown) => {
      this.#fault = { error };
      this.#refresh();
    });
  }

  async #fetchOlder(place: Place | undefined, count: number): Promise<void> {
    if (place === undefined || this.#isLoading) return;
    const { older } = this.#lastInfo;
    if (older !== "remote" && older !== "offline") return;
    this.#isLoading = true;
    this.#refresh();
    try {
      await this.#load(place, count);
      this.#hasFailed = false;
      await this.#window.growOlder(place, count);
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      this.#hasFailed = true;
    } finally {
      this.#isLoading = false;
      this.#refresh();
    }
  }

  async #load(place: Place, count: number): Promise<void> {
    const { threadId } = this.#args;
    const before = threadId === undefined ? await this.#window.oldest(place) : this.#threadOldest;
    const request = {
      scope: place.scope,
      conversationId: place.conversationId,
      threadId,
      before,
      limit: count,
    };
    const answer = await this.#context.loadHistory(request);
    if (threadId === undefined) return;
    this.#threadOldest = answer.oldest;
    this.#isThreadWhole = !answer.hasOlder;
  }
}

function isOutOfReach(error: unknown): boolean {
  return error instanceof AppError || (error instanceof DOMException && error.name === "AbortError");
}
