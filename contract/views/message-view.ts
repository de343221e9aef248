import { z } from "zod";
import { messageSchema } from "../entities/message.ts";
import { presenceStateSchema } from "../entities/presence.ts";
import { mutationIdSchema, personIdSchema } from "../ids.ts";
import { problemSchema } from "../problem.ts";
import { isoTimeSchema } from "../time.ts";

export const personBriefSchema = z.object({
  id: personIdSchema,
  displayName: z.string(),
  photo: z.string().nullable(),
  isGuest: z.boolean(),
  presence: presenceStateSchema,
  /** Their status emoji while it is not expired, else empty. */
  statusEmoji: z.string(),
});
export type PersonBrief = z.infer<typeof personBriefSchema>;

/** A write that the server has not settled yet, or has refused. */
export const pendingSchema = z.object({
  mutationId: mutationIdSchema,
  status: z.enum(["waiting", "sending", "conflict", "rejected"]),
  problem: problemSchema.nullable(),
});
export type Pending = z.infer<typeof pendingSchema>;

/** A write about something that the server did not take: kept until the person has decided. */
export const refusedWriteSchema = z.object({
  mutationId: mutationIdSchema,
  /** Its mutation: `file.add`, `libraryItem.move`… */
  name: z.string(),
  args: z.looseObject({}),
  status: z.enum(["conflict", "rejected"]),
  problem: problemSchema.nullable(),
  madeAt: isoTimeSchema,
  /** On a conflict: the row that stands in the way: the thing itself or, of an item, the one that has its name. */
  current: z.looseObject({}).nullable(),
});
export type RefusedWrite = z.infer<typeof refusedWriteSchema>;

/** Every item of a list has both: identity, and text order. */
export const keyed = { key: z.string(), sort: z.string() };

/** Whether a place stays on this machine. */
export const keptness = {
  /** `false`: it is marked above the ceiling, so it is shown and never stored; what is written there goes with the program. */
  isKept: z.boolean(),
  /** `false`: the reader is in it, it is not kept, and it has not come since the start: what looks empty is not. */
  isHere: z.boolean(),
};

export const reactionSummarySchema = z.object({
  emoji: z.string(),
  count: z.int(),
  /** Whether the reader is among them. */
  isMine: z.boolean(),
  /** The first few, for the tooltip; `message.reactors` gives all. */
  people: z.array(personBriefSchema),
});
export type ReactionSummary = z.infer<typeof reactionSummarySchema>;

export const pollViewSchema = z.object({
  options: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      count: z.int(),
      isMine: z.boolean(),
      /** Everyone who chose it, up to 50. */
      people: z.array(personBriefSchema),
    }),
  ),
  /** People who voted. */
  voters: z.int(),
  isClosed: z.boolean(),
});
export type PollView = z.infer<typeof pollViewSchema>;

/** How a file on its way to the server stands; none for one that is there. */
export const uploadSchema = z.object({
  ...keyed,
  /** The blob's id, also the key. */
  blobId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  sentBytes: z.number(),
  /** `storing`: being copied into the cache; `waiting`: for the network. */
  state: z.enum(["storing", "waiting", "sending", "done", "failed"]),
  problem: problemSchema.nullable(),
  /** It waits for a network that is not metered, or for the person to send it anyway. */
  isHeld: z.boolean().optional(),
  /** The person holds it back. */
  isPaused: z.boolean().optional(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const messageViewSchema = z.object({
  ...keyed,
  message: messageSchema,
  author: personBriefSchema,
  /** People named by `<@ID>` in the body. */
  mentioned: z.array(personBriefSchema),
  /** Groups and channels named in the body, by id: what is not known here is missing. */
  names: z.record(z.string(), z.string()),
  /** Who wrote what is quoted, when something is. */
  quoteAuthor: personBriefSchema.nullable(),
  poll: pollViewSchema.nullable(),
  isPinned: z.boolean(),
  isSaved: z.boolean(),
  /** Of a thread's root: whether the reader follows it, and replies of others after what they have read, to 100. */
  thread: z.object({ isFollowed: z.boolean(), unread: z.int() }).nullable(),
  /** Of a must-read: how many have said so, and whether the reader has. */
  acknowledged: z.object({ count: z.int(), isMine: z.boolean() }).nullable(),
  /** Its files that are still on their way. */
  uploads: z.array(uploadSchema),
  reactions: z.array(reactionSummarySchema),
  repliers: z.array(personBriefSchema),
  isMine: z.boolean(),
  pending: pendingSchema.nullable(),
});
export type MessageView = z.infer<typeof messageViewSchema>;
