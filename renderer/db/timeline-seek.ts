import { messageIdSchema, type MessageId } from "#contract/ids.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { QueryArgs } from "#contract/worker.ts";
import type { Place } from "./places.ts";
import type { HistoryAnswer, QueryContext } from "./query-context.ts";
import { messageStream, replyStream } from "./streams.ts";

const PAGE = 1000;

type Sources = Pick<QueryContext, "positions" | "messageKeys" | "loadHistory">;

/** Fetches history until the place at which a timeline is to open is cached, without leaving gaps. */
export class TimelineSeek {
  readonly #context: Sources;
  readonly #args: QueryArgs<"timeline">;
  readonly #stop = new AbortController();
  /** Of a thread: up to where its replies were fetched. */
  threadAnswer: HistoryAnswer | undefined;

  constructor(context: Sources, args: QueryArgs<"timeline">) {
    this.#context = context;
    this.#args = args;
  }

  /**
   * Whether the cache lacks the place, and history may have it. Where the reader left off is never waited for: a
   * conversation opens at once, as far back towards it as is cached.
   */
  async isNeeded(place: Place): Promise<boolean> {
    const { at, threadId } = this.#args;
    if (at === "end" || at === "unread") return false;
    const id = messageIdSchema.safeParse(at);
    if (threadId !== undefined) return id.success && !(await this.#isReplyHere(place, threadId, id.data));
    if (!this.#context.positions.hasOlder(place.scope, place.conversationId)) return false;
    if (id.success) return !(await this.#isHere(place, id.data, "anywhere"));
    return isoTimeSchema.safeParse(at).success && at < this.#floor(place);
  }

  /** @throws AppError when history is out of reach, or the view was closed */
  async run(place: Place): Promise<void> {
    const { threadId } = this.#args;
    if (threadId !== undefined) {
      await this.#runThread(place, threadId);
      return;
    }
    do {
      await this.#load(place, this.#floor(place));
    } while (await this.#goesOn(place));
  }

  /** The view is closed: what was fetched stays, no more is asked for. */
  close(): void {
    this.#stop.abort();
  }

  async #goesOn(place: Place): Promise<boolean> {
    const { at } = this.#args;
    if (!this.#context.positions.hasOlder(place.scope, place.conversationId)) return false;
    const floor = this.#floor(place);
    const id = messageIdSchema.safeParse(at);
    if (!id.success) return at < floor;
    return !(await this.#isHere(place, id.data, "near"));
  }

  async #runThread(place: Place, threadId: MessageId): Promise<void> {
    const id = messageIdSchema.safeParse(this.#args.at);
    let before: string | undefined;
    do {
      const answer = await this.#load(place, before, threadId);
      this.threadAnswer = answer;
      before = answer.oldest;
    } while (
      id.success &&
      this.threadAnswer.hasOlder &&
      before !== undefined &&
      !(await this.#isReplyHere(place, threadId, id.data))
    );
  }

  async #load(
    { scope, conversationId }: Place,
    before: string | undefined,
    threadId?: MessageId,
  ): Promise<HistoryAnswer> {
    const signal = this.#stop.signal;
    signal.throwIfAborted();
    // A floor behind which nothing is known yet is no time.
    const known = before !== undefined && /^\d/.test(before) ? before : undefined;
    const request = { scope, conversationId, threadId, before: known, limit: PAGE, signal };
    return await this.#context.loadHistory(request);
  }

  async #isHere(place: Place, id: MessageId, where: "near" | "anywhere"): Promise<boolean> {
    const { messageKeys } = this.#context;
    const stream = messageStream(place.scope, place.conversationId);
    const key = await (where === "near" ? messageKeys.findQuickly(stream, id) : messageKeys.find(stream, id));
    return key !== undefined && key >= this.#floor(place);
  }

  async #isReplyHere(place: Place, threadId: MessageId, id: MessageId): Promise<boolean> {
    const stream = replyStream(place.scope, place.conversationId);
    return (await this.#context.messageKeys.findReply(stream, threadId, id)) !== undefined;
  }

  #floor(place: Place): string {
    return this.#context.positions.floor(place.scope, place.conversationId);
  }
}
