import { z } from "zod";
import { articleTextSchema } from "../entities/article.ts";
import { channelSchema } from "../entities/channel.ts";
import { membershipSchema } from "../entities/membership.ts";
import { guestInvitationSchema, joinRequestSchema, spaceRequestSchema } from "../entities/requests.ts";
import { spaceSettingsSchema, spaceTemplateSchema } from "../entities/space.ts";
import {
  conversationIdSchema,
  freshIdSchema,
  organisationIdSchema,
  personIdSchema,
  rowIdSchema,
  spaceIdSchema,
} from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

const spaceOnly = z.looseObject({ spaceId: spaceIdSchema });

/** Values by field: null stands for none. */
const fields = z.record(z.string().max(64), z.unknown());

/**
 * Changes of settings that several people may make, also offline: `base` has the values that the person saw in the
 * fields they changed, `changes` those they want. It conflicts when one of these fields no longer is as in `base`; changes
 * of other fields meet without one. `changes` is checked against the settings' schema.
 */
const settingsChange = { base: fields, changes: fields };

const decision = z.enum(["accepted", "refused"]);
const reason = z.string().max(2000).optional();

/**
 * Scope: the space's, except where said. Deciding twice: the first decides; a second that agrees is applied and changes
 * nothing, one that differs conflicts.
 */
export const communityMutations = {
  /** Refused (`forbidden`) where the person's organisation wants requests, administrators apart. */
  "space.create": z.looseObject({
    id: spaceIdSchema,
    ...spaceSettingsSchema.omit({ cover: true }).shape,
    templateId: rowIdSchema.optional(),
  }),
  "space.update": z.looseObject({ spaceId: spaceIdSchema, ...settingsChange }),
  /** Makes someone an animator and oneself a member. */
  "space.transfer": z.looseObject({ spaceId: spaceIdSchema, personId: personIdSchema }),
  /** Read-only from then on. With `deleteAt`, deleted then (at least a day later). */
  "space.archive": z.looseObject({ spaceId: spaceIdSchema, deleteAt: isoTimeSchema.optional() }),
  "space.restore": spaceOnly,
  "space.join": spaceOnly,
  "space.leave": spaceOnly,
  /** Adds a person or changes a role (animators and administrators). */
  "membership.set": z.looseObject({
    spaceId: spaceIdSchema,
    personId: personIdSchema,
    role: membershipSchema.shape.role,
    expiresAt: isoTimeSchema.optional(),
  }),
  /** Those who are members already are passed over, those who cannot be added too. */
  "membership.addMany": z.looseObject({
    spaceId: spaceIdSchema,
    personIds: z.array(personIdSchema).min(1).max(2000),
  }),
  "membership.remove": z.looseObject({ spaceId: spaceIdSchema, personId: personIdSchema }),
  "channel.create": z.looseObject({
    id: conversationIdSchema,
    spaceId: spaceIdSchema,
    name: channelSchema.shape.name,
    topic: channelSchema.shape.topic,
  }),
  "channel.update": z.looseObject({ id: conversationIdSchema, spaceId: spaceIdSchema, ...settingsChange }),
  "channel.archive": z.looseObject({
    id: conversationIdSchema,
    spaceId: spaceIdSchema,
    isArchived: z.boolean(),
  }),

  /** Scope: the requester's own. */
  "spaceRequest.make": z.looseObject({
    id: freshIdSchema,
    space: spaceSettingsSchema,
    purpose: spaceRequestSchema.shape.purpose,
    audience: spaceRequestSchema.shape.audience,
    templateId: spaceRequestSchema.shape.templateId,
  }),
  "spaceRequest.withdraw": z.looseObject({ id: freshIdSchema }),
  /** Scope: administration. `spaceId`: the new space's id, when accepted. */
  "spaceRequest.decide": z.looseObject({
    id: freshIdSchema,
    decision,
    reason,
    spaceId: spaceIdSchema.optional(),
  }),
  /** Scope: the requester's own. */
  "joinRequest.make": z.looseObject({ spaceId: spaceIdSchema, note: joinRequestSchema.shape.note }),
  "joinRequest.withdraw": spaceOnly,
  /** Scope: the desk, as the next ones. */
  "joinRequest.decide": z.looseObject({
    spaceId: spaceIdSchema,
    personId: personIdSchema,
    decision,
    reason,
  }),
  "guest.invite": z.looseObject({
    id: freshIdSchema,
    spaceId: spaceIdSchema,
    email: guestInvitationSchema.shape.email,
    name: guestInvitationSchema.shape.name,
    expiresAt: isoTimeSchema,
    accessUntil: guestInvitationSchema.shape.accessUntil,
  }),
  "guest.revoke": z.looseObject({ id: freshIdSchema, spaceId: spaceIdSchema }),
  /** Scope: the desk or, outside spaces, administration. */
  "report.decide": z.looseObject({ id: freshIdSchema, decision, reason }),

  /** Scope: the author's own; animators of the space save one in review through its desk. */
  "article.save": z.looseObject({
    id: freshIdSchema,
    spaceId: spaceIdSchema,
    ...articleTextSchema.shape,
    /** Absent for a new one. */
    baseVersion: z.int().positive().optional(),
  }),
  "article.submit": z.looseObject({ id: freshIdSchema, spaceId: spaceIdSchema }),
  "article.withdraw": z.looseObject({ id: freshIdSchema, spaceId: spaceIdSchema }),
  "article.remove": z.looseObject({ id: freshIdSchema, spaceId: spaceIdSchema }),
  /** Scope: the desk, or the author's own for an animator's own article: publishes it, or at its `publishAt`. */
  "article.decide": z.looseObject({ id: freshIdSchema, spaceId: spaceIdSchema, decision, reason }),

  /** Scope: directory, administrators. */
  "organisation.save": z.looseObject({ id: organisationIdSchema, ...settingsChange }),
  "organisation.remove": z.looseObject({ id: organisationIdSchema }),
  "spaceTemplate.save": spaceTemplateSchema,
  "spaceTemplate.remove": z.looseObject({ id: rowIdSchema }),
  /** Of anyone, by administrators: which organisation they belong to. */
  "person.assign": z.looseObject({
    personIds: z.array(personIdSchema).min(1).max(2000),
    organisationId: organisationIdSchema.nullable(),
  }),
} as const;
