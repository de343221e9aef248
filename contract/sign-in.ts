import { z } from "zod";
import { newDriveSchema } from "./drives.ts";
import { deviceSchema, sessionSchema } from "./entities/session.ts";
import { freshIdSchema, personIdSchema } from "./ids.ts";

/**
 * How an account may sign in.
 * - `oidc`: OpenID Connect authorization code + PKCE in the system's browser with a loopback redirect (RFC 8252),
 *   then the ID token is exchanged here (RFC 8693)
 * - `password`: the reference server's demonstration accounts only
 */
export const signInMethodSchema = z.discriminatedUnion("kind", [
  z.looseObject({
    kind: z.literal("oidc"),
    issuer: z.url(),
    clientId: z.string(),
    scopes: z.array(z.string()),
    /** Shown on the button. */
    label: z.string().optional(),
  }),
  z.looseObject({ kind: z.literal("password") }),
]);
export type SignInMethod = z.infer<typeof signInMethodSchema>;

/** `POST /v1/app-passwords`: for a program that signs in to `/dav/` with a name and a password (RFC 7617). */
export const appPasswordRequestSchema = z.looseObject({
  /** What it is for: « Explorateur, poste du bureau ». */
  name: z.string().trim().min(1).max(100),
});
export type AppPasswordRequest = z.infer<typeof appPasswordRequestSchema>;

/** Told once. */
export const appPasswordSchema = z.looseObject({
  username: z.string(),
  password: z.string(),
  /** Its row among the sign-ins, by which it is ended. */
  sessionId: freshIdSchema,
});
export type AppPassword = z.infer<typeof appPasswordSchema>;

export const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
export const ID_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:id_token";

/** What is signing in; with a refresh, as it is called now. */
const device = deviceSchema.optional();

/** `POST /v1/token`: OAuth 2.0 token endpoint (RFC 6749 section 3.2), with a JSON body. */
export const tokenRequestSchema = z.discriminatedUnion("grant_type", [
  z.looseObject({
    grant_type: z.literal("password"),
    username: z.string().min(1).max(320),
    password: z.string().min(1).max(1000),
    device,
  }),
  z.looseObject({
    grant_type: z.literal("refresh_token"),
    refresh_token: z.string().min(1).max(4000),
    device,
  }),
  z.looseObject({
    grant_type: z.literal(TOKEN_EXCHANGE),
    subject_token: z.string().min(1).max(20_000),
    subject_token_type: z.literal(ID_TOKEN_TYPE),
    /** The nonce of the authorization request, checked against the ID token's. */
    nonce: z.string().max(500).optional(),
    device,
  }),
]);
export type TokenRequest = z.infer<typeof tokenRequestSchema>;

/**
 * RFC 6749 section 5.1. Each refresh gives the next refresh token. The one sent may come again for a short while, since
 * the answer may have been lost, until its successor is used; after that it ends the session. The token of a session that
 * was ended with the order to wipe is answered with `wipeRequired`, until the device has said that it did.
 */
export const tokenResponseSchema = z.looseObject({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  /** Seconds. */
  expires_in: z.int().positive(),
  refresh_token: z.string(),
  person_id: personIdSchema,
  /** Id of the row `session` of this sign-in. */
  session_id: freshIdSchema.optional(),
});
export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** `POST /v1/token/revoke` (RFC 7009): ends the session of this refresh token; always answers 200. */
export const revokeRequestSchema = z.looseObject({ token: z.string().min(1).max(4000) });

/**
 * `POST /v1/token/wiped`: nothing of the account can be read on the device any more. The refresh token that was answered with
 * `wipeRequired` is the proof; always answers 200.
 */
export const wipedRequestSchema = z.looseObject({ token: z.string().min(1).max(4000) });

/** `GET /v1/admin/sessions?personId=…` (administrators): somebody's sign-ins, the newest first. */
export const sessionListSchema = z.looseObject({ sessions: z.array(sessionSchema) });

/** A drive that a workplace or a policy gives. */
export const assignedDriveSchema = newDriveSchema.pick({ name: true, kind: true, address: true });
export type AssignedDrive = z.infer<typeof assignedDriveSchema>;

/** `GET /v1/me`: whose token this is. */
export const meSchema = z.looseObject({
  personId: personIdSchema,
  /** Drives that the workplace gives to whoever is signed in: shown beside those of the person's own. */
  drives: z.array(assignedDriveSchema).max(100).optional(),
});
export type Me = z.infer<typeof meSchema>;
