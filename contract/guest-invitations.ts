import { z } from "zod";
import { deviceSchema } from "./entities/session.ts";
import { isoTimeSchema } from "./time.ts";

/**
 * The link that lets a guest in: `WORKPLACE/invitation#TOKEN`. The token is after the `#`, so that no server or proxy
 * logs it; the workplace keeps its hash alone. At that address the workplace shows a plain page that says what to do.
 */
export const invitationTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/);

/** `POST /v1/guest-invitations/{id}/link` (animators of the space): a new link; the former one is worth nothing. */
export const invitationLinkSchema = z.looseObject({ url: z.url(), expiresAt: isoTimeSchema });
export type InvitationLink = z.infer<typeof invitationLinkSchema>;

/** `POST /v1/guest-invitations/preview`, no credentials: what the link invites to. 404 when it is worth nothing. */
export const invitationPreviewRequestSchema = z.looseObject({ token: invitationTokenSchema });
export const invitationPreviewSchema = z.looseObject({
  workplace: z.string(),
  space: z.string(),
  inviter: z.string(),
  email: z.string(),
  name: z.string().optional(),
  expiresAt: isoTimeSchema,
  /** Somebody with this address has an account as a guest: they sign in with their password to accept. */
  hasAccount: z.boolean(),
});
export type InvitationPreview = z.infer<typeof invitationPreviewSchema>;

/** `POST /v1/guest-invitations/accept`, answers a TokenResponse. The user name is the e-mail address. */
export const invitationAcceptanceSchema = z.looseObject({
  token: invitationTokenSchema,
  name: z.string().min(1).max(200),
  password: z.string().min(10).max(1000),
  device: deviceSchema.optional(),
});
