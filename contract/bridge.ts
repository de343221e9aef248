import { z } from "zod";
import { capabilitiesSchema } from "./capabilities.ts";
import { invitationPreviewSchema } from "./guest-invitations.ts";
import { personIdSchema } from "./ids.ts";
import { problemSchema } from "./problem.ts";
import { resultSchema, type Result } from "./result.ts";
import { settingsChangesSchema, settingsSchema } from "./settings.ts";

/**
 * What a page may ask of its host, the same in both shells. Electron carries a call as
 * `ipcRenderer.invoke("host", {channel, args})`, the browser shell as `POST /host/{channel}`. Arguments and results are
 * parsed on both sides. No token or password comes back through here.
 */

export const accountIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<"AccountId">();
export type AccountId = z.infer<typeof accountIdSchema>;

export const accountSchema = z.object({
  id: accountIdSchema,
  /** Origin of the backend, without a trailing slash. */
  serverUrl: z.url(),
  /** Name of the workplace, from its capabilities. */
  name: z.string(),
  /** The embedded demonstration workplace. */
  isEmbedded: z.boolean(),
  personId: personIdSchema.nullable(),
  state: z.enum(["signedIn", "signedOut", "signingIn", "expired"]),
});
export type Account = z.infer<typeof accountSchema>;

export const appInfoSchema = z.object({
  version: z.string(),
  shell: z.enum(["electron", "browser"]),
  platform: z.enum(["win32", "darwin", "linux", "other"]),
  /** BCP 47 tag of the system. */
  locale: z.string(),
  isDevelopment: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const secretsStatusSchema = z.object({
  /** Where tokens and cache keys are kept: said plainly to the person. */
  store: z.enum(["keyring", "passphraseFile", "memory", "safeStorage"]),
  isLocked: z.boolean(),
  /** Why it is not the keyring, when it is not. */
  reason: z.string().optional(),
});
export type SecretsStatus = z.infer<typeof secretsStatusSchema>;

const accountOnly = z.object({ accountId: accountIdSchema });

export const hostChannels = {
  "app.info": { args: z.object({}), result: appInfoSchema },
  "settings.get": { args: z.object({}), result: settingsSchema },
  "settings.set": { args: settingsChangesSchema, result: settingsSchema },
  "accounts.list": { args: z.object({}), result: z.array(accountSchema) },
  /** Looks the address up: fails with wrongAddress, notAWorkplace, certificateRefused, contractTooNew, offline… */
  "accounts.probe": {
    args: z.object({ serverUrl: z.string().max(2000) }),
    result: z.object({ serverUrl: z.url(), capabilities: capabilitiesSchema }),
  },
  "accounts.add": { args: z.object({ serverUrl: z.string().max(2000) }), result: accountSchema },
  "accounts.signInWithPassword": {
    args: accountOnly.extend({ username: z.string().min(1).max(320), password: z.string().min(1).max(1000) }),
    result: accountSchema,
  },
  /** Opens the system's browser and resolves when the person has come back, or fails with `cancelled` or `timeout`. */
  "accounts.signInWithBrowser": { args: accountOnly, result: accountSchema },
  "accounts.cancelSignIn": { args: accountOnly, result: accountSchema },
  /** What an invitation's link (`https://…/invitation#…`) invites to. Fails as `accounts.probe`, and with notFound. */
  "accounts.previewInvitation": {
    args: z.object({ url: z.string().max(2000) }),
    result: z.object({ serverUrl: z.url(), preview: invitationPreviewSchema }),
  },
  /** Makes the guest's account, adds it here and signs it in. */
  "accounts.acceptInvitation": {
    args: z.object({
      url: z.string().max(2000),
      name: z.string().min(1).max(200),
      password: z.string().min(10).max(1000),
    }),
    result: accountSchema,
  },
  "accounts.signOut": { args: accountOnly, result: accountSchema },
  "accounts.remove": { args: accountOnly, result: z.null() },
  /** The AES-256 key of this account's cache, base64. The page hands it to the sync worker and forgets it. */
  "cache.key": { args: accountOnly, result: z.object({ key: z.base64(), keyId: z.string() }) },
  "secrets.status": { args: z.object({}), result: secretsStatusSchema },
  "secrets.unlock": {
    args: z.object({ passphrase: z.string().min(1).max(1000) }),
    result: secretsStatusSchema,
  },
  /** Only `https:` and `mailto:`. */
  "shell.openExternal": { args: z.object({ url: z.string().max(8000) }), result: z.null() },
} as const;

export type HostChannel = keyof typeof hostChannels;
export type HostArgs<C extends HostChannel> = z.input<(typeof hostChannels)[C]["args"]>;
export type HostValue<C extends HostChannel> = z.output<(typeof hostChannels)[C]["result"]>;

export function isHostChannel(name: string): name is HostChannel {
  return Object.hasOwn(hostChannels, name);
}

/** What the host tells its pages. Electron: one IPC channel `host-event`; browser shell: `GET /host/events`. */
export const hostEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("accountsChanged"), accounts: z.array(accountSchema) }),
  z.object({ type: z.literal("settingsChanged"), settings: settingsSchema }),
  z.object({ type: z.literal("secretsChanged"), status: secretsStatusSchema }),
  /** The embedded workplace died and is being started again, or is back. */
  z.object({ type: z.literal("workplaceChanged"), isRunning: z.boolean(), error: problemSchema.optional() }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;

export interface HostBridge {
  call<C extends HostChannel>(channel: C, args: HostArgs<C>): Promise<Result<HostValue<C>>>;
  /** Returns its dispose. */
  subscribe(listener: (event: HostEvent) => void): () => void;
}

/** What the preload puts on `window.parvis`: untyped on purpose, the page parses what comes through. */
export interface PreloadApi {
  invoke(channel: string, args: unknown): Promise<unknown>;
  onEvent(listener: (event: unknown) => void): () => void;
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the type of the answer depends on it
export function hostResultSchema<C extends HostChannel>(channel: C) {
  return resultSchema(hostChannels[channel].result);
}

/** Path under the page's own origin at which the gateway serves an account's backend: `/gateway/ID/v1/…`. */
export function gatewayPath(accountId: AccountId): string {
  return `/gateway/${accountId}`;
}
