import { z } from "zod";
import { MOST_LINK_CHARACTERS } from "../links.ts";
import { groupSchema } from "../entities/organisation.ts";
import { messageVersionSchema, pinSchema } from "../entities/message-parts.ts";
import { objectRefSchema } from "../entities/object-ref.ts";
import { savedItemSchema } from "../entities/saved-item.ts";
import { scheduledMessageSchema } from "../entities/scheduled-message.ts";
import { sectionSchema } from "../entities/preferences.ts";
import { conversationIdSchema, messageIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import { keyed, messageViewSchema, pendingSchema, personBriefSchema, uploadSchema } from "./message-view.ts";

const noInfo = z.object({});
const none = z.never();
const ofConversation = z.object({ conversationId: conversationIdSchema });
const ofMessage = z.object({ conversationId: conversationIdSchema, messageId: messageIdSchema });

const pinViewSchema = z.object({ ...keyed, pin: pinSchema, author: personBriefSchema });
const savedViewSchema = z.object({
  ...keyed,
  item: savedItemSchema,
  /** Name of the conversation, space or person. */
  place: z.string(),
  author: personBriefSchema.nullable(),
  pending: pendingSchema.nullable(),
});
const scheduledViewSchema = z.object({
  ...keyed,
  scheduled: scheduledMessageSchema,
  place: z.string(),
  pending: pendingSchema.nullable(),
});
const threadViewSchema = z.object({
  ...keyed,
  root: messageViewSchema,
  place: z.string(),
  /** Replies of others after what the reader has read, to 100. */
  unread: z.int(),
  lastReplyAt: isoTimeSchema,
});
const groupViewSchema = z.object({ ...keyed, group: groupSchema });
const receiptViewSchema = z.object({ ...keyed, person: personBriefSchema, readAt: isoTimeSchema });

/** What a link inside Parvis leads to, as a card: from the cache alone. */
export const cardSchema = z.object({
  object: objectRefSchema,
  title: z.string(),
  excerpt: z.string(),
  person: personBriefSchema.nullable(),
  at: isoTimeSchema.nullable(),
});
export type Card = z.infer<typeof cardSchema>;

/** Live queries around conversations and messages. */
export const conversationQueries = {
  /** Newest pin first. */
  pins: { args: ofConversation, item: pinViewSchema, info: noInfo },
  /** Newest text first, the present one apart. */
  messageVersions: {
    args: ofMessage,
    item: z.object({ ...keyed, version: messageVersionSchema }),
    info: noInfo,
  },
  /** Who has read how far, the reader apart; only in direct and small group conversations. */
  receipts: { args: ofConversation, item: receiptViewSchema, info: noInfo },
  /** Who else is writing now. */
  typing: {
    args: z.object({ conversationId: conversationIdSchema, threadId: messageIdSchema.optional() }),
    item: none,
    info: z.object({ people: z.array(personBriefSchema) }),
  },
  /** Threads that the reader follows, latest reply first. */
  threads: { args: z.object({}), item: threadViewSchema, info: z.object({ unread: z.int() }) },
  /** What the reader saved, newest first; done ones last. */
  savedItems: { args: z.object({}), item: savedViewSchema, info: noInfo },
  /** What will be sent later, soonest first. */
  scheduledMessages: { args: z.object({}), item: scheduledViewSchema, info: noInfo },
  sections: { args: z.object({}), item: z.object({ ...keyed, section: sectionSchema }), info: noInfo },
  /** Groups that can be named in this conversation, whose name has every word of `text`. */
  groups: {
    args: z.object({
      conversationId: conversationIdSchema,
      text: z.string(),
      limit: z.int().min(1).max(100),
    }),
    item: groupViewSchema,
    info: noInfo,
  },
  /** Files on their way, to one scope or to all. */
  uploads: { args: z.object({ scope: scopeSchema.optional() }), item: uploadSchema, info: noInfo },
  /** The card of an address (`links.ts`); null when nothing of it is cached. */
  card: {
    args: z.object({ link: z.string().max(MOST_LINK_CHARACTERS) }),
    item: none,
    info: z.object({ card: cardSchema.nullable() }),
  },
} as const;
