import { z } from "zod";
import { conversationSchema } from "../entities/conversation.ts";
import { groupSchema } from "../entities/organisation.ts";
import { attachmentSchema, mentionSchema, pollSchema, postSchema, quoteSchema } from "../entities/message.ts";
import { objectRefSchema } from "../entities/object-ref.ts";
import { presenceStateSchema, statusSchema } from "../entities/presence.ts";
import { savedItemSchema } from "../entities/saved-item.ts";
import { conversationIdSchema, groupIdSchema, messageIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";

const onMessage = { conversationId: conversationIdSchema, messageId: messageIdSchema };

/** What can be said in a message, sent now or later. */
const saying = {
  id: messageIdSchema,
  conversationId: conversationIdSchema,
  body: z.string(),
  threadId: messageIdSchema.optional(),
  mentions: z.array(mentionSchema).max(1000).optional(),
  attachments: z.array(attachmentSchema).max(50).optional(),
  quote: quoteSchema.optional(),
  poll: pollSchema.optional(),
};

/**
 * - `message.edit` conflicts when `baseVersion` is no longer the message's version. What is not named stays; `poll` can
 *   only be given new words while nobody has voted
 * - `readMarker.set` never moves back unless `isUnread` says so
 * - `draft.set` with an empty body removes the draft; the last to arrive wins
 * - `conversation.open` of an existing direct conversation is applied and changes nothing
 * - `conversation.update`: name and people of a group conversation, by its members; whoever leaves removes themselves
 * - `vote.set` with no option takes the vote back
 * - `message.schedule` again with the same id changes what will be sent; `sendAt` in the past sends at once;
 *   `isDuringWorkingHours` (direct conversations) lets the server find the next working hour of the other
 * - `item.save` again with the same object changes it
 */
export const messagingMutations = {
  "message.send": z.looseObject({
    ...saying,
    replyTo: messageIdSchema.optional(),
    post: postSchema.optional(),
  }),
  "message.edit": z.looseObject({
    id: messageIdSchema,
    conversationId: conversationIdSchema,
    body: z.string(),
    mentions: z.array(mentionSchema).max(1000).optional(),
    attachments: z.array(attachmentSchema).max(50).optional(),
    poll: pollSchema.optional(),
    post: postSchema.optional(),
    baseVersion: z.int().positive(),
  }),
  "message.delete": z.looseObject({ id: messageIdSchema, conversationId: conversationIdSchema }),
  "message.pin": z.looseObject({ ...onMessage, isPinned: z.boolean() }),
  "message.schedule": z.looseObject({
    ...saying,
    sendAt: isoTimeSchema,
    isDuringWorkingHours: z.boolean().optional(),
    /** Where it will be sent; the mutation's own scope is the author's. */
    scope: scopeSchema,
  }),
  "scheduledMessage.remove": z.looseObject({ id: messageIdSchema }),
  "reaction.add": z.looseObject({ ...onMessage, emoji: z.string().min(1).max(64) }),
  "reaction.remove": z.looseObject({ ...onMessage, emoji: z.string().min(1).max(64) }),
  "vote.set": z.looseObject({ ...onMessage, optionIds: z.array(z.string().max(40)).max(20) }),
  "post.acknowledge": z.looseObject(onMessage),
  "post.archive": z.looseObject({ ...onMessage, isArchived: z.boolean() }),
  "post.answer": z.looseObject({ ...onMessage, answerId: messageIdSchema.nullable() }),
  "readMarker.set": z.looseObject({
    conversationId: conversationIdSchema,
    readAt: isoTimeSchema,
    isUnread: z.boolean().optional(),
  }),
  "follow.set": z.looseObject({
    scope: scopeSchema,
    conversationId: conversationIdSchema,
    threadId: messageIdSchema,
    isFollowed: z.boolean().optional(),
    readAt: isoTimeSchema.optional(),
  }),
  "draft.set": z.looseObject({
    conversationId: conversationIdSchema,
    threadId: messageIdSchema.optional(),
    body: z.string(),
  }),
  "item.save": z.looseObject({
    object: objectRefSchema,
    excerpt: savedItemSchema.shape.excerpt,
    note: savedItemSchema.shape.note,
    remindAt: isoTimeSchema.nullable().optional(),
    isDone: z.boolean().optional(),
  }),
  "item.remove": z.looseObject({ object: objectRefSchema }),
  "conversation.open": z.looseObject({
    id: conversationIdSchema,
    kind: conversationSchema.shape.kind,
    memberIds: conversationSchema.shape.memberIds,
    name: z.string().max(200).optional(),
  }),
  "conversation.update": z.looseObject({
    id: conversationIdSchema,
    name: z.string().max(200).optional(),
    addIds: conversationSchema.shape.memberIds.optional(),
    removeIds: conversationSchema.shape.memberIds.optional(),
  }),
  "group.save": groupSchema,
  "group.remove": z.looseObject({ id: groupIdSchema }),
  /** By hand; null takes it back. */
  "presence.choose": z.looseObject({
    chosen: z.looseObject({ state: presenceStateSchema, until: isoTimeSchema.optional() }).nullable(),
  }),
  "status.set": z.looseObject({ status: statusSchema.nullable() }),
} as const;
