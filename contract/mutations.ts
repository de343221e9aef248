import { z } from "zod";
import { channelSchema } from "./entities/channel.ts";
import { conversationSchema } from "./entities/conversation.ts";
import { membershipSchema } from "./entities/membership.ts";
import { attachmentSchema, mentionSchema } from "./entities/message.ts";
import { presenceStateSchema } from "./entities/presence.ts";
import { spaceSchema } from "./entities/space.ts";
import { envelopeSchema } from "./envelope.ts";
import {
  conversationIdSchema,
  messageIdSchema,
  mutationIdSchema,
  personIdSchema,
  rowIdSchema,
  spaceIdSchema,
} from "./ids.ts";
import { problemSchema } from "./problem.ts";
import { scopeSchema } from "./scope.ts";
import { isoTimeSchema } from "./time.ts";

/**
 * Every command of contract v1 with the schema of its arguments. `scope` of the mutation is where its row lives.
 *
 * - `message.edit` conflicts when `baseVersion` is no longer the message's version
 * - `readMarker.set` never moves back unless `isUnread` says so
 * - `draft.set` with an empty body removes the draft; the last to arrive wins
 * - `conversation.open` of an existing direct conversation is applied and changes nothing
 * - `membership.set` adds a person or changes a role (animators and administrators)
 */
export const mutations = {
  "message.send": z.looseObject({
    id: messageIdSchema,
    conversationId: conversationIdSchema,
    body: z.string(),
    threadId: messageIdSchema.optional(),
    mentions: z.array(mentionSchema).max(1000).optional(),
    attachments: z.array(attachmentSchema).max(50).optional(),
  }),
  "message.edit": z.looseObject({
    id: messageIdSchema,
    conversationId: conversationIdSchema,
    body: z.string(),
    mentions: z.array(mentionSchema).max(1000).optional(),
    baseVersion: z.int().positive(),
  }),
  "message.delete": z.looseObject({ id: messageIdSchema, conversationId: conversationIdSchema }),
  "reaction.add": z.looseObject({
    messageId: messageIdSchema,
    conversationId: conversationIdSchema,
    emoji: z.string().min(1).max(64),
  }),
  "reaction.remove": z.looseObject({
    messageId: messageIdSchema,
    conversationId: conversationIdSchema,
    emoji: z.string().min(1).max(64),
  }),
  "readMarker.set": z.looseObject({
    conversationId: conversationIdSchema,
    readAt: isoTimeSchema,
    isUnread: z.boolean().optional(),
  }),
  "presence.set": z.looseObject({ state: presenceStateSchema.exclude(["offline"]) }),
  "notification.done": z.looseObject({ id: rowIdSchema }),
  "draft.set": z.looseObject({
    conversationId: conversationIdSchema,
    threadId: messageIdSchema.optional(),
    body: z.string(),
  }),
  "conversation.open": z.looseObject({
    id: conversationIdSchema,
    kind: conversationSchema.shape.kind,
    memberIds: conversationSchema.shape.memberIds,
    name: z.string().max(200).optional(),
  }),
  "space.create": z.looseObject({
    id: spaceIdSchema,
    name: spaceSchema.shape.name,
    summary: spaceSchema.shape.summary,
    kind: spaceSchema.shape.kind,
    visibility: spaceSchema.shape.visibility,
    emoji: spaceSchema.shape.emoji,
  }),
  "space.join": z.looseObject({ spaceId: spaceIdSchema }),
  "space.leave": z.looseObject({ spaceId: spaceIdSchema }),
  "membership.set": z.looseObject({
    spaceId: spaceIdSchema,
    personId: personIdSchema,
    role: membershipSchema.shape.role,
  }),
  "membership.remove": z.looseObject({ spaceId: spaceIdSchema, personId: personIdSchema }),
  "channel.create": z.looseObject({
    id: conversationIdSchema,
    spaceId: spaceIdSchema,
    name: channelSchema.shape.name,
    topic: channelSchema.shape.topic,
  }),
} as const;

export type MutationName = keyof typeof mutations;
export type MutationArgs<N extends MutationName> = z.infer<(typeof mutations)[N]>;

export function isMutationName(name: string): name is MutationName {
  return Object.hasOwn(mutations, name);
}

/** A command as it travels: `args` is checked against `mutations[name]` by the one who carries it out. */
export const mutationSchema = z.looseObject({
  /** Made once by the client; the same id is carried out once, for ever. */
  id: mutationIdSchema,
  name: z.string().min(1).max(64),
  scope: scopeSchema,
  args: z.looseObject({}),
  /** When the person did it, by their clock: shown, never trusted for order. */
  madeAt: isoTimeSchema,
});
export type Mutation = z.infer<typeof mutationSchema>;

/** `POST /v1/mutations`, carried out in order. */
export const mutationRequestSchema = z.looseObject({ mutations: z.array(mutationSchema).min(1).max(500) });
export type MutationRequest = z.infer<typeof mutationRequestSchema>;

/**
 * What became of one mutation. The same id sent again gives the same status; `changes` of a repeat may be newer.
 * - `applied`: `changes` are the rows as they now stand, as far as the caller may see them
 * - `conflict`: nothing was changed; `current` is the row that stands in the way
 * - `rejected`: nothing was changed and never will be; `error` can be read by the person
 */
export const mutationResultSchema = z.discriminatedUnion("status", [
  z.looseObject({ id: mutationIdSchema, status: z.literal("applied"), changes: z.array(envelopeSchema) }),
  z.looseObject({
    id: mutationIdSchema,
    status: z.literal("conflict"),
    current: envelopeSchema,
    error: problemSchema,
  }),
  z.looseObject({ id: mutationIdSchema, status: z.literal("rejected"), error: problemSchema }),
]);
export type MutationResult = z.infer<typeof mutationResultSchema>;

/** One result for each mutation, in the order of the request. */
export const mutationResponseSchema = z.looseObject({ results: z.array(mutationResultSchema) });
export type MutationResponse = z.infer<typeof mutationResponseSchema>;
