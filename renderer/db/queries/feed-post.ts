import type { MessageView } from "#contract/views/message-view.ts";
import type { QueryArgs, TimelineInfo } from "#contract/worker.ts";
import type { LiveQuery, View } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { postPlace, watchedWalls } from "./feed-places.ts";
import { rankPost } from "./feed-ranking.ts";
import { FeedRelation } from "./feed-relation.ts";
import { TimelineQuery } from "./timeline.ts";

/** A post with its comments: the window of a thread, put into a tree of one level. */
export class PostQuery implements LiveQuery {
  readonly #context: QueryContext;
  readonly #args: QueryArgs<"post">;
  readonly #thread: TimelineQuery;

  constructor(context: QueryContext, args: QueryArgs<"post">, refresh: () => void) {
    this.#context = context;
    this.#args = args;
    const { conversationId, messageId, count } = args;
    this.#thread = new TimelineQuery(
      context,
      { conversationId, threadId: messageId, at: "end", count },
      refresh,
    );
  }

  async compute(reader: Reader): Promise<View> {
    const { items, info } = await this.#thread.compute(reader);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a timeline's own view
    const { isLoaded, root, older } = info as TimelineInfo;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a timeline's own view
    const comments = commentTree(items as MessageView[]);
    const post = root === null ? null : await this.#post(reader, root);
    return { items: comments, info: { isLoaded, post, older } };
  }

  async extend(direction: "older" | "newer", count: number): Promise<void> {
    await this.#thread.extend(direction, count);
  }

  async #post(reader: Reader, view: MessageView) {
    const me = this.#context.me();
    const walls = await watchedWalls(this.#context, reader);
    const wall = walls.find(({ conversationId }) => conversationId === this.#args.conversationId);
    if (me === null || wall === undefined || view.message.post === undefined) return null;
    const relation = await FeedRelation.read(reader, me);
    const { reasons } = rankPost(await relation.ofView(view, wall), Date.parse(reader.now()));
    const { key, sort } = view;
    return { key, sort, view, place: await postPlace(reader, wall, me), reasons };
  }
}

interface CommentItem {
  key: string;
  sort: string;
  view: MessageView;
  isReply: boolean;
}

/**
 * Comments in order of time, each followed by its replies. A reply whose comment is not in the window, or is itself a
 * reply, stands where it was written: nothing is lost.
 */
function commentTree(views: readonly MessageView[]): CommentItem[] {
  const tops = new Map<string, MessageView>();
  for (const view of views) if (view.message.replyTo === undefined) tops.set(view.key, view);
  const items = views.map((view): CommentItem => {
    const parent = view.message.replyTo === undefined ? undefined : tops.get(view.message.replyTo);
    // `!` is below everything that a time can begin with: a reply stands before the next comment.
    const sort = parent === undefined ? view.sort : `${parent.sort}!${view.sort}`;
    return { key: view.key, sort, view, isReply: parent !== undefined };
  });
  return items.toSorted((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));
}
