import type { Row } from "#contract/collections.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { text } from "../entry.ts";
import type { PostFact, Wall } from "../feed-index.ts";
import { isFailed } from "../message-overlay.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { partStream, smallStream } from "../streams.ts";
import type { RankInput } from "./feed-ranking.ts";

/** What costs a row of its own: read for the posts that may be shown. */
type Closer = Pick<RankInput, "reactions" | "isColleague" | "isPinned">;

const UNKNOWN: Closer = { reactions: 0, isColleague: false, isPinned: false };

/** The reader's own relation to posts: what they follow, mute, have acknowledged, and whom they work with. */
export class FeedRelation {
  readonly #reader: Reader;
  readonly #me: PersonId;
  readonly #person: Row<"person"> | undefined;
  readonly #follows: ReadonlyMap<string, Row<"follow">>;
  readonly #settings: ReadonlyMap<string, Row<"placeSetting">>;

  private constructor(
    reader: Reader,
    me: PersonId,
    rows: {
      person: Row<"person"> | undefined;
      follows: Row<"follow">[];
      settings: Row<"placeSetting">[];
    },
  ) {
    this.#reader = reader;
    this.#me = me;
    this.#person = rows.person;
    this.#follows = new Map(rows.follows.map((row) => [row.id, row]));
    this.#settings = new Map(rows.settings.map((row) => [row.id, row]));
  }

  static async read(reader: Reader, me: PersonId): Promise<FeedRelation> {
    const scope = personScope(me);
    return new FeedRelation(reader, me, {
      person: await reader.person(me),
      follows: await reader.rows(scope, "follow"),
      settings: await reader.rows(scope, "placeSetting"),
    });
  }

  /** From the facts in memory alone. */
  async ofFact(fact: PostFact): Promise<RankInput> {
    return { ...this.#base(fact), ...UNKNOWN, isMustReadWaiting: await this.isMustReadWaiting(fact) };
  }

  /** With what has to be read for it. */
  async closer(context: QueryContext, fact: PostFact): Promise<RankInput> {
    const pins = smallStream(fact.wall.scope, "pin");
    return {
      ...(await this.ofFact(fact)),
      reactions: await context.feed.reactionCount(fact),
      isColleague: await this.#isColleague(fact.authorId),
      isPinned: (await this.#reader.entry(pins, fact.id)) !== undefined,
    };
  }

  /** As the view shows it now. */
  async ofView(view: MessageView, wall: Wall): Promise<RankInput> {
    const { message } = view;
    const mentions = message.mentions ?? [];
    return {
      sentMs: Date.parse(message.sentAt),
      commentedMs: message.lastReplyAt === undefined ? 0 : Date.parse(message.lastReplyAt),
      comments: message.replyCount ?? 0,
      reactions: view.reactions.reduce((sum, { count }) => sum + count, 0),
      isMine: view.isMine,
      isNamed: mentions.some((mention) => mention.kind === "person" && mention.personId === this.#me),
      isEveryone: mentions.some(({ kind }) => kind === "everyone"),
      isFollowed: view.thread?.isFollowed ?? false,
      hasNewComments: (view.thread?.isFollowed ?? false) && (view.thread?.unread ?? 0) > 0,
      isColleague: await this.#isColleague(message.authorId),
      isPinned: view.isPinned,
      isOpenQuestion: message.post?.kind === "question" && message.post.answerId === undefined,
      isMustReadWaiting:
        message.post?.isMustRead === true && !view.isMine && view.acknowledged?.isMine === false,
      ...this.#ofPlace(wall),
    };
  }

  /** Asked to be read, not by oneself, and not said yet, be it in a write that waits. */
  async isMustReadWaiting(fact: PostFact): Promise<boolean> {
    if (!fact.isMustRead || fact.isArchived || fact.authorId === this.#me) return false;
    const { scope, conversationId } = fact.wall;
    const stream = partStream(scope, "acknowledgement", conversationId);
    if ((await this.#reader.entry(stream, `${fact.id}~${this.#me}`)) !== undefined) return false;
    return !this.#reader
      .pending(conversationId)
      .some(
        (entry) =>
          entry.mutation.name === "post.acknowledge" &&
          !isFailed(entry) &&
          text(entry.mutation.args, "messageId") === fact.id,
      );
  }

  /**
   * All that waits to be read on these walls: what is in memory, and what the inbox names besides. `elsewhere`: how many
   * of these are not here.
   */
  async waitingMustReads(
    context: QueryContext,
    walls: readonly Wall[],
  ): Promise<{ posts: PostFact[]; elsewhere: number }> {
    const found = new Map<string, PostFact>();
    for (const post of await context.feed.mustReads(walls)) found.set(post.id, post);
    let elsewhere = 0;
    for (const item of await this.#reader.rows(personScope(this.#me), "notification")) {
      if (item.kind !== "mustRead" || item.messageId === undefined || found.has(item.messageId)) continue;
      const wall = walls.find(({ conversationId }) => conversationId === item.conversationId);
      if (wall === undefined) continue;
      const post = await context.feed.post(wall, `${item.happenedAt ?? item.createdAt}~${item.messageId}`);
      if (post !== undefined) found.set(post.id, post);
      else if (item.doneAt === undefined) elsewhere++;
    }
    const posts: PostFact[] = [];
    for (const post of found.values()) if (await this.isMustReadWaiting(post)) posts.push(post);
    return { posts, elsewhere };
  }

  #base(fact: PostFact): Omit<RankInput, keyof Closer | "isMustReadWaiting"> {
    const follow = this.#follows.get(fact.id);
    const isFollowed = follow?.isFollowed ?? false;
    return {
      sentMs: Date.parse(fact.sentAt),
      commentedMs: fact.lastReplyAt === "" ? 0 : Date.parse(fact.lastReplyAt),
      comments: fact.comments,
      isMine: fact.authorId === this.#me,
      isNamed: fact.namedIds.includes(this.#me),
      isEveryone: fact.isEveryone,
      isFollowed,
      hasNewComments: isFollowed && (follow?.lastReplyAt ?? "") > (follow?.readAt ?? ""),
      isOpenQuestion: fact.kind === "question" && !fact.isAnswered,
      ...this.#ofPlace(fact.wall),
    };
  }

  #ofPlace(wall: Wall): Pick<RankInput, "isFavourite" | "isMuted"> {
    const settings = [this.#settings.get(wall.spaceId), this.#settings.get(wall.conversationId)];
    return {
      isFavourite: settings.some((setting) => setting?.isFavourite === true),
      isMuted: settings.some(
        (setting) =>
          setting?.isMuted === true &&
          (setting.mutedUntil === undefined || !this.#reader.isPast(setting.mutedUntil)),
      ),
    };
  }

  async #isColleague(authorId: string): Promise<boolean> {
    const mine = this.#person;
    const id = personIdSchema.safeParse(authorId);
    if (mine?.service === undefined || !id.success || id.data === this.#me) return false;
    const author = await this.#reader.person(id.data);
    return author?.service === mine.service && author.organisationId === mine.organisationId;
  }
}
