import { z } from "zod";
import { articleSchema } from "../entities/article.ts";
import { membershipSchema } from "../entities/membership.ts";
import { preferencesSchema } from "../entities/preferences.ts";
import { conversationIdSchema, freshIdSchema, messageIdSchema, spaceIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import { keyed, messageViewSchema, pendingSchema, personBriefSchema } from "./message-view.ts";

const none = z.never();
const ofPost = z.object({ conversationId: conversationIdSchema, messageId: messageIdSchema });
const count = z.int().min(1).max(500);

/** Why a post stands where it does, the strongest first. */
const feedReasonSchema = z.enum([
  /** The reader is asked to say that they have read it, and has not. */
  "mustRead",
  /** They are named in it. */
  "named",
  /** Everyone of the space is named in it. */
  "everyone",
  "mine",
  /** They follow it. */
  "followed",
  /** They follow it and there are comments that they have not read. */
  "newComments",
  /** Its author works in the reader's service. */
  "colleague",
  "pinned",
  /** A question without an answer. */
  "question",
  /** The space is among the reader's favourites. */
  "favourite",
  "reactions",
  "comments",
  /** Nothing more than that it was written in a space of theirs. */
  "space",
]);
export type FeedReason = z.infer<typeof feedReasonSchema>;

/** A space as it is named beside a post, and what the reader may do there. */
const postPlaceSchema = z.object({
  scope: scopeSchema,
  conversationId: conversationIdSchema,
  spaceId: spaceIdSchema,
  name: z.string(),
  emoji: z.string(),
  role: membershipSchema.shape.role.nullable(),
  /** May write posts, comment and react: a member of a space that is not archived. */
  canPost: z.boolean(),
  /** May pin, archive, remove, and ask for posts to be read. */
  canAnimate: z.boolean(),
});
export type PostPlace = z.infer<typeof postPlaceSchema>;

const postViewSchema = z.object({
  ...keyed,
  view: messageViewSchema,
  place: postPlaceSchema,
  reasons: z.array(feedReasonSchema),
});
export type PostView = z.infer<typeof postViewSchema>;

/** `questions`: without an answer. `mustRead`: that the reader has not acknowledged. `articles`: blog posts too. */
export const postFilterSchema = z.enum(["all", "questions", "articles", "polls", "mustRead", "mine"]);
export type PostFilter = z.infer<typeof postFilterSchema>;

const feedOrderSchema = preferencesSchema.shape.feedOrder.unwrap();

const feedInfoSchema = z.object({
  /** `false` while the posts are not here yet. */
  isLoaded: z.boolean(),
  order: feedOrderSchema,
  /** Posts that came since and are held back until they are asked for (`timeline.extend`, newer). */
  held: z.int(),
  /** Whether more can be shown (`timeline.extend`, older). `elsewhere`: on the walls of the spaces. */
  older: z.enum(["cached", "remote", "loading", "offline", "elsewhere", "start"]),
});
export type FeedInfo = z.infer<typeof feedInfoSchema>;

const articleViewSchema = z.object({
  ...keyed,
  article: articleSchema,
  author: personBriefSchema,
  decidedBy: personBriefSchema.nullable(),
  /** People named in its body. */
  mentioned: z.array(personBriefSchema),
  place: postPlaceSchema,
  isMine: z.boolean(),
  pending: pendingSchema.nullable(),
  /** On a conflict of versions: the article as it stands on the server. */
  current: articleSchema.nullable(),
});
export type ArticleView = z.infer<typeof articleViewSchema>;

/**
 * Live queries of the feeds. A list keeps its order while it is open, and new posts of others wait to be asked for, so
 * that nothing moves under the reader; it grows through the `timeline.extend` call.
 */
export const feedQueries = {
  /** Posts of all the reader's spaces, in the order that they prefer (`preferences.feedOrder`, else `relevant`). */
  feed: {
    args: z.object({ show: postFilterSchema, spaceId: spaceIdSchema.optional(), count }),
    item: postViewSchema,
    info: feedInfoSchema,
  },
  /** What waits in the feed, for the list of filters. */
  feedCounts: {
    args: z.object({}),
    item: none,
    info: z.object({ mustRead: z.int(), drafts: z.int(), reviews: z.int() }),
  },
  /** Posts of one space: pinned ones first, then newest first. */
  wall: {
    args: z.object({ spaceId: spaceIdSchema, show: postFilterSchema, count }),
    item: postViewSchema,
    info: feedInfoSchema.extend({ place: postPlaceSchema.nullable() }),
  },
  /** Articles and blog posts of a space, newest first. */
  news: {
    args: z.object({
      spaceId: spaceIdSchema,
      section: z.string().optional(),
      isArchived: z.boolean(),
      count,
    }),
    item: postViewSchema,
    info: feedInfoSchema.extend({
      place: postPlaceSchema.nullable(),
      /** Those of the space in their order, then others that are used. */
      sections: z.array(z.string()),
      archived: z.int(),
    }),
  },
  /**
   * One post and its comments, oldest first, each followed by its replies. The window starts with the newest `count`
   * and grows (`timeline.extend`, older).
   */
  post: {
    args: ofPost.extend({ count }),
    item: z.object({ ...keyed, view: messageViewSchema, isReply: z.boolean() }),
    info: z.object({
      isLoaded: z.boolean(),
      post: postViewSchema.nullable(),
      older: feedInfoSchema.shape.older,
    }),
  },
  /** Everyone who is to read a must-read: those who have not yet first, by name. */
  acknowledgements: {
    args: ofPost,
    item: z.object({ ...keyed, person: personBriefSchema, acknowledgedAt: isoTimeSchema.nullable() }),
    info: z.object({ done: z.int(), waiting: z.int() }),
  },
  /** `mine`: what the reader writes. `review`: what waits for them as an animator. Latest change first. */
  articles: {
    args: z.object({ show: z.enum(["mine", "review"]), spaceId: spaceIdSchema.optional() }),
    item: articleViewSchema,
    info: z.object({ isLoaded: z.boolean() }),
  },
  article: {
    args: z.object({ id: freshIdSchema }),
    item: none,
    info: z.object({ isLoaded: z.boolean(), view: articleViewSchema.nullable() }),
  },
  /** Spaces in which the reader may write a post, by name. */
  postPlaces: {
    args: z.object({}),
    item: z.object({ ...keyed, place: postPlaceSchema, sections: z.array(z.string()) }),
    info: z.object({}),
  },
} as const;
