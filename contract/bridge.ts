import { z } from "zod";
import { accountIdSchema, type AccountId } from "./account.ts";
import { calendarAccountChannels, calendarAccountEvents } from "./calendar-accounts.ts";
import { capabilitiesSchema } from "./capabilities.ts";
import { classificationSchema } from "./classification.ts";
import { attentionSchema, trayCommandSchema } from "./desktop/attention.ts";
import { desktopStatusSchema } from "./desktop/desktop-status.ts";
import { diagnosticsSchema, selfTestSchema } from "./desktop/diagnostics.ts";
import { downloadActionSchema, downloadSchema } from "./desktop/downloads.ts";
import { lockCodeSchema, lockStatusSchema } from "./desktop/lock.ts";
import {
  contactSchema,
  networkAnswerSchema,
  networkQuestionSchema,
  networkWaySchema,
} from "./desktop/network.ts";
import { policiesStatusSchema } from "./desktop/policies-status.ts";
import { updateStatusSchema } from "./desktop/updates.ts";
import { offlineChannels, offlineEvents } from "./drive-offline.ts";
import { driveChannels, driveEvents } from "./drives.ts";
import { invitationPreviewSchema } from "./guest-invitations.ts";
import { personIdSchema } from "./ids.ts";
import { MOST_LINK_CHARACTERS } from "./links.ts";
import { problemSchema } from "./problem.ts";
import { resultSchema, type Result } from "./result.ts";
import { settingsChangesSchema, settingsSchema } from "./settings.ts";
import { isoTimeSchema } from "./time.ts";
import { workingCopyChannels, workingCopyEvents } from "./working-copies.ts";

/**
 * What a page may ask of its host, the same in both shells. Electron carries a call as
 * `ipcRenderer.invoke("host", {channel, args})`, the browser shell as `POST /host/{channel}`. Arguments and results are
 * parsed on both sides. No token or password comes back through here.
 */

export { accountIdSchema, type AccountId };

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
  /** Id of the row `session` of this sign-in. */
  sessionId: z.string().optional(),
  /** When everything of it was deleted here because the workplace asked for it; until somebody signs in again. */
  wipedAt: isoTimeSchema.optional(),
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

/** One that is chosen; shorter ones from before open what they sealed. */
export const passphraseSchema = z.string().min(8).max(1000);

export const secretsStatusSchema = z.object({
  /** Where tokens and cache keys are kept: said plainly to the person. */
  store: z.enum(["keyring", "passphraseFile", "memory", "safeStorage"]),
  isLocked: z.boolean(),
  /** Why it is not the keyring, when it is not. */
  reason: z.string().optional(),
  /** The organisation wants them under a passphrase: they move there as soon as the person chooses one. */
  isPassphraseWanted: z.boolean().optional(),
});
export type SecretsStatus = z.infer<typeof secretsStatusSchema>;

const accountOnly = z.object({ accountId: accountIdSchema });
const nothing = z.object({});

const cacheKeySchema = z.object({ key: z.base64(), keyId: z.string() });

/** Something to be shown: `link` as in contract/links.ts. Without an account: of the one that is shown. */
export const openTargetSchema = z.object({
  accountId: accountIdSchema.optional(),
  link: z.string().max(MOST_LINK_CHARACTERS),
});
export type OpenTarget = z.infer<typeof openTargetSchema>;

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
  /**
   * The AES-256 key of this account's cache, base64. The page hands it to the sync worker and forgets it. `previous`: what
   * is still under this key is to be written anew under the other. Fails with `locked` while Parvis is, and until a code
   * is chosen where the organisation wants one.
   */
  "cache.key": {
    args: accountOnly,
    result: cacheKeySchema.extend({
      previous: cacheKeySchema.optional(),
      /** What is marked above it must not be kept on disk. */
      ceiling: classificationSchema.nullable().default(null),
    }),
  },
  /** Gives the cache a new key; the pages ask for it again when told by `cacheKeyChanged`. */
  "cache.rotate": { args: accountOnly, result: z.null() },
  /** Nothing is left under the previous key. */
  "cache.rotated": { args: accountOnly.extend({ keyId: z.string() }), result: z.null() },
  /** Accounts whose caches are still to be deleted by a page: signed out, removed or wiped while none was open. */
  "cache.condemned": { args: nothing, result: z.array(accountIdSchema) },
  "cache.deleted": { args: accountOnly, result: z.null() },
  "secrets.status": { args: z.object({}), result: secretsStatusSchema },
  "secrets.unlock": {
    args: z.object({ passphrase: z.string().min(1).max(1000) }),
    result: secretsStatusSchema,
  },
  /** Of the passphrase file. Fails with signInFailed (not the current one), rateLimited, and unsupported elsewhere. */
  "secrets.changePassphrase": {
    args: z.object({ current: z.string().min(1).max(1000), next: passphraseSchema }),
    result: z.null(),
  },
  /** Only `https:` and `mailto:`, and only hosts that the organisation allows. */
  "shell.openExternal": { args: z.object({ url: z.string().max(8000) }), result: z.null() },

  /** How things stand in an account that this page shows. */
  "page.report": { args: accountOnly.extend({ attention: attentionSchema }), result: z.null() },
  /** Somebody is there: put off locking. At most every few seconds. */
  "page.active": { args: nothing, result: z.null() },
  /** What was to be shown before this page was there: a deep link, a click on a notification. Handed out once. */
  "page.takeTargets": { args: nothing, result: z.array(openTargetSchema) },

  /** A window of its own for an object; the browser shell answers `unsupported` and the page opens a tab. */
  "window.detach": { args: openTargetSchema.required(), result: z.null() },
  /** After `releasing`: nothing that was written in this window is missing on the disk. */
  "window.release": { args: nothing, result: z.null() },
  /** From a window of its own: what is not its object is shown in the main one. */
  "window.showInMain": { args: openTargetSchema, result: z.null() },

  /** What the system lets the window do. */
  "desktop.status": { args: nothing, result: desktopStatusSchema },

  "downloads.list": { args: nothing, result: z.array(downloadSchema) },
  "downloads.act": {
    args: z.object({ id: z.string().max(64), action: downloadActionSchema }),
    result: z.null(),
  },

  "lock.status": { args: nothing, result: lockStatusSchema },
  "lock.lock": { args: nothing, result: lockStatusSchema },
  /** Fails with signInFailed (wrong code) and rateLimited. */
  "lock.unlock": { args: z.object({ code: z.string().min(1).max(1000) }), result: lockStatusSchema },
  "lock.setCode": {
    args: z.object({ code: lockCodeSchema, current: z.string().max(1000).optional() }),
    result: lockStatusSchema,
  },
  "lock.removeCode": { args: z.object({ current: z.string().max(1000) }), result: lockStatusSchema },
  /** Signs every account out, throws away every key and cache of this profile. Without any way back. */
  "profile.wipe": { args: nothing, result: z.null() },

  "policies.get": { args: nothing, result: policiesStatusSchema },

  "updates.status": { args: nothing, result: updateStatusSchema },
  "updates.check": { args: nothing, result: updateStatusSchema },
  /** Closes Parvis, installs, and starts it again. */
  "updates.install": { args: nothing, result: z.null() },
  "updates.defer": { args: z.object({ until: z.iso.datetime() }), result: updateStatusSchema },

  "contacts.list": { args: nothing, result: z.array(contactSchema) },
  "network.ways": { args: nothing, result: z.array(networkWaySchema) },
  "network.questions": { args: nothing, result: z.array(networkQuestionSchema) },
  "network.answer": { args: z.object({ id: z.string(), answer: networkAnswerSchema }), result: z.null() },

  "selfTest.run": { args: nothing, result: z.array(selfTestSchema) },
  "diagnostics.collect": { args: nothing, result: diagnosticsSchema },
  /** The same as one compressed file. */
  "diagnostics.export": { args: nothing, result: z.object({ fileName: z.string(), content: z.base64() }) },
  ...driveChannels,
  ...calendarAccountChannels,
  ...offlineChannels,
  ...workingCopyChannels,
  "notifications.test": { args: nothing, result: z.object({ isShown: z.boolean(), detail: z.string() }) },
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
  z.object({ type: z.literal("openTarget"), target: openTargetSchema }),
  z.object({ type: z.literal("lockChanged"), status: lockStatusSchema }),
  /** Ask for the key again: the cache has a new one. */
  z.object({ type: z.literal("cacheKeyChanged"), accountId: accountIdSchema }),
  /** The account is gone from this machine, and so is its key: drop its session and delete its cache. */
  z.object({
    type: z.literal("accountWiped"),
    accountId: accountIdSchema,
    reason: z.enum(["signedOut", "ordered"]),
  }),
  z.object({ type: z.literal("policiesChanged"), policies: policiesStatusSchema }),
  z.object({ type: z.literal("downloadsChanged"), downloads: z.array(downloadSchema) }),
  /** From the menu of the window: find in page, settings… The page shows it. */
  z.object({
    type: z.literal("menuCommand"),
    command: z.enum([
      "find",
      "settings",
      "newMessage",
      "switcher",
      "shortcuts",
      "lock",
      "account",
      "downloads",
      "detach",
    ]),
  }),
  z.object({ type: z.literal("trayCommand"), accountId: accountIdSchema, command: trayCommandSchema }),
  z.object({ type: z.literal("powerChanged"), state: z.enum(["suspend", "resume", "lock", "unlock"]) }),
  /** The way to the network is another one: connections are worth another try at once. */
  z.object({
    type: z.literal("networkChanged"),
    isOnline: z.boolean(),
    isMetered: z.boolean(),
    /** Not only what it costs: old connections lead nowhere. */
    isNewWay: z.boolean(),
  }),
  z.object({ type: z.literal("networkQuestions"), questions: z.array(networkQuestionSchema) }),
  /** The application is about to end: send now what can be sent. */
  z.object({ type: z.literal("quitting") }),
  /** This hidden window gives its memory back: keep what was written in it, then call `window.release`. */
  z.object({ type: z.literal("releasing") }),
  z.object({ type: z.literal("updateChanged"), status: updateStatusSchema }),
  ...driveEvents,
  ...calendarAccountEvents,
  ...offlineEvents,
  ...workingCopyEvents,
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
