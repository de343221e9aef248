import { z } from "zod";
import { freshIdSchema, personIdSchema, rowIdSchema, spaceIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";
import { objectRefSchema } from "./object-ref.ts";
import { spaceSettingsSchema } from "./space.ts";

/** Set once, by the first to decide. */
const decision = {
  state: z.enum(["waiting", "accepted", "refused", "withdrawn"]),
  decidedBy: personIdSchema.optional(),
  decidedAt: isoTimeSchema.optional(),
  /** Why, in the words of the one who decided. */
  reason: z.string().max(2000).optional(),
};

/** Somebody asks for a space. Scopes: the requester's own and `administration`. */
export const spaceRequestSchema = z.looseObject({
  id: freshIdSchema,
  requesterId: personIdSchema,
  space: spaceSettingsSchema,
  purpose: z.string().min(1).max(4000),
  audience: z.string().max(1000).optional(),
  templateId: rowIdSchema.optional(),
  createdAt: isoTimeSchema,
  ...decision,
  /** The space made when it was accepted. */
  spaceId: spaceIdSchema.optional(),
});
export type SpaceRequest = z.infer<typeof spaceRequestSchema>;

/** Somebody asks to join. Scopes: the requester's own and the space's desk. Id: `joinRequestId`. */
export const joinRequestSchema = z.looseObject({
  id: rowIdSchema,
  spaceId: spaceIdSchema,
  personId: personIdSchema,
  note: z.string().max(1000).optional(),
  createdAt: isoTimeSchema,
  ...decision,
});
export type JoinRequest = z.infer<typeof joinRequestSchema>;

/**
 * Somebody from outside is invited as a guest. Scope: the space's desk. The link is not here: whoever may see the row
 * asks for it (`POST /v1/guest-invitations/{id}/link`).
 */
export const guestInvitationSchema = z.looseObject({
  id: freshIdSchema,
  spaceId: spaceIdSchema,
  /** Lower case. */
  email: z.string().min(3).max(320),
  name: z.string().max(200).optional(),
  invitedBy: personIdSchema,
  createdAt: isoTimeSchema,
  /** The link is worth nothing from then on. */
  expiresAt: isoTimeSchema,
  /** The guest's access ends then. */
  accessUntil: isoTimeSchema.optional(),
  state: z.enum(["waiting", "accepted", "revoked", "expired"]),
  /** Whether the server could send the e-mail; otherwise the link is to be handed on. */
  isMailed: z.boolean().optional(),
  personId: personIdSchema.optional(),
});
export type GuestInvitation = z.infer<typeof guestInvitationSchema>;

/** Somebody found that something should not stand there. Scope: the space's desk, or `administration` outside spaces. */
export const reportSchema = z.looseObject({
  id: freshIdSchema,
  object: objectRefSchema,
  reporterId: personIdSchema,
  complaint: z.string().min(1).max(2000),
  excerpt: z.string().max(300).optional(),
  createdAt: isoTimeSchema,
  /** `accepted`: it was removed. `refused`: it stays. */
  ...decision,
});
export type Report = z.infer<typeof reportSchema>;
