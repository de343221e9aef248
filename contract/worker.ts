import { z } from "zod";
import { capabilitiesSchema } from "./capabilities.ts";
import { classificationSchema } from "./classification.ts";
import { conversationSchema } from "./entities/conversation.ts";
import { membershipSchema } from "./entities/membership.ts";
import { organisationSchema } from "./entities/organisation.ts";
import { personSchema } from "./entities/person.ts";
import { presenceSchema, presenceStateSchema, statusSchema } from "./entities/presence.ts";
import { spaceSchema } from "./entities/space.ts";
import {
  blobIdSchema,
  conversationIdSchema,
  messageIdSchema,
  mutationIdSchema,
  personIdSchema,
  sectionIdSchema,
  spaceIdSchema,
} from "./ids.ts";
import { problemSchema } from "./problem.ts";
import { scopeSchema } from "./scope.ts";
import { isoTimeSchema } from "./time.ts";
import { communityQueries } from "./views/communities.ts";
import { conversationQueries } from "./views/conversation-parts.ts";
import { documentQueries, uploadBatchOfSchema } from "./views/documents.ts";
import { calendarQueries } from "./views/calendars.ts";
import { taskQueries } from "./views/tasks.ts";
import { feedQueries } from "./views/feed.ts";
import { inboxQueries } from "./views/inbox.ts";
import {
  keyed,
  keptness,
  messageViewSchema,
  pendingSchema,
  personBriefSchema,
} from "./views/message-view.ts";

/**
 * Messages between a page and the sync worker of its profile.
 *
 * A view subscribes to a query and gets `reset` once, then `patch`es: a keyed, sorted list of items and one `info` value.
 * Every item has `key` (identity) and `sort` (text order). A patch names only what changed; unchanged items keep their
 * identity in the page. Patches are sent at most once a frame.
 */

export const conversationSummarySchema = z.object({
  ...keyed,
  conversationId: conversationIdSchema,
  scope: scopeSchema,
  kind: z.enum(["channel", "direct", "group"]),
  /** Channel or group name; empty for a direct one, which is named after `members`. */
  name: z.string(),
  topic: z.string(),
  space: z
    .object({
      id: spaceIdSchema,
      name: z.string(),
      emoji: z.string(),
      /** Of the space, or of all that is not marked. */
      classification: classificationSchema,
    })
    .nullable(),
  /** The others, for direct and group conversations (all of them up to 8). */
  members: z.array(personBriefSchema),
  lastMessage: z
    .object({ authorId: personIdSchema, authorName: z.string(), excerpt: z.string(), sentAt: isoTimeSchema })
    .nullable(),
  /** Messages of others after the read marker, counted to 100. */
  unread: z.int(),
  mentions: z.int(),
  isFavourite: z.boolean(),
  /** By itself or by its space: not counted in the sum, mentions apart. */
  isMuted: z.boolean(),
  /** When that ends by itself. */
  mutedUntil: isoTimeSchema.nullable(),
  sectionId: sectionIdSchema.nullable(),
  isArchived: z.boolean(),
  /** Someone from outside reads here. */
  hasGuests: z.boolean(),
  draft: z.string(),
  /** Writes refused by the server that wait for a decision. */
  failed: z.int(),
  canPost: z.boolean(),
  isKept: keptness.isKept,
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

export const spaceSummarySchema = z.object({
  ...keyed,
  space: spaceSchema,
  role: membershipSchema.shape.role.nullable(),
  memberCount: z.int().nullable(),
});
export type SpaceSummary = z.infer<typeof spaceSummarySchema>;

export const personViewSchema = z.object({
  ...keyed,
  person: personSchema,
  presence: presenceStateSchema,
  /** How they chose to show, and until when; null while it follows from what they do. */
  chosen: presenceSchema.shape.chosen.unwrap().nullable(),
  status: statusSchema.nullable(),
  /** In lists of members only. */
  role: membershipSchema.shape.role.nullable(),
});
export type PersonView = z.infer<typeof personViewSchema>;

export const outboxItemSchema = z.object({
  ...keyed,
  mutationId: mutationIdSchema,
  name: z.string(),
  scope: scopeSchema,
  args: z.looseObject({}),
  madeAt: isoTimeSchema,
  status: pendingSchema.shape.status,
  problem: problemSchema.nullable(),
  attempts: z.int(),
  /** Name of the conversation or space that it goes to. */
  place: z.string(),
  /** On a conflict: the row as it stands on the server. */
  current: z.looseObject({}).nullable(),
});
export type OutboxItem = z.infer<typeof outboxItemSchema>;

export const sessionInfoSchema = z.object({
  me: personSchema.nullable(),
  /** The reader's, when the platform knows it. */
  organisation: organisationSchema.nullable(),
  /** Whether the first snapshot is on disk: before that, empty lists are shown as loading. */
  isReady: z.boolean(),
  connection: z.enum(["connecting", "online", "offline", "signedOut", "refused"]),
  /** Why it is not online. */
  problem: problemSchema.nullable(),
  /** When another try is due, while offline. */
  retryAt: isoTimeSchema.nullable(),
  sync: z.object({
    isRunning: z.boolean(),
    isFirst: z.boolean(),
    received: z.int(),
    total: z.int().nullable(),
  }),
  /** `asides`: of those that wait, what only keeps things in step (read markers, drafts that are empty again). */
  outbox: z.object({ waiting: z.int(), asides: z.int(), failed: z.int() }),
  /** The network is metered or slow: pictures are better sent small. */
  isPoorLine: z.boolean(),
  /** Places of the reader that are marked above the ceiling: shown, and not kept on this machine. */
  notKept: z.int(),
  storage: z.object({ usedBytes: z.number(), quotaBytes: z.number(), isFull: z.boolean() }).nullable(),
  capabilities: capabilitiesSchema.nullable(),
  /** Rows that did not fit the contract and are not shown. */
  invalidRows: z.int(),
});
export type SessionInfo = z.infer<typeof sessionInfoSchema>;

export const timelineInfoSchema = z.object({
  /** `false` while the first window is being read. */
  isLoaded: z.boolean(),
  older: z.enum(["cached", "remote", "loading", "offline", "start"]),
  newer: z.enum(["cached", "loading", "end"]),
  /** Read marker when the window was opened: where the "new" line stands. Does not move while the view is open. */
  unreadAfter: isoTimeSchema.nullable(),
  /** The root of the thread, for a thread. */
  root: messageViewSchema.nullable(),
});
export type TimelineInfo = z.infer<typeof timelineInfoSchema>;

export const conversationInfoSchema = z.object({
  summary: conversationSummarySchema.nullable(),
  conversation: conversationSchema.nullable(),
  memberCount: z.int(),
  role: membershipSchema.shape.role.nullable(),
  ...keptness,
});
export type ConversationInfo = z.infer<typeof conversationInfoSchema>;

const none = z.never();
const noInfo = z.object({});

/** Every live query: its arguments, the items of its list, its `info`. */
export const queries = {
  session: { args: z.object({}), item: none, info: sessionInfoSchema },
  /** Sorted by latest activity, newest first. */
  conversations: {
    args: z.object({}),
    item: conversationSummarySchema,
    info: z.object({ unread: z.int(), mentions: z.int() }),
  },
  conversation: {
    args: z.object({ conversationId: conversationIdSchema }),
    item: none,
    info: conversationInfoSchema,
  },
  spaces: { args: z.object({}), item: spaceSummarySchema, info: noInfo },
  members: { args: z.object({ conversationId: conversationIdSchema }), item: personViewSchema, info: noInfo },
  /**
   * A window of a conversation (or, with `threadId`, of a thread), oldest first. It starts with `count` items at `at`
   * (the end, the read marker, a message id, or the first message from a time on) and grows through the `timeline.extend` call. At the end, new messages
   * are appended by themselves.
   */
  timeline: {
    args: z.object({
      conversationId: conversationIdSchema,
      threadId: messageIdSchema.optional(),
      at: z.union([z.literal("end"), z.literal("unread"), messageIdSchema, isoTimeSchema]),
      count: z.int().min(1).max(500),
    }),
    item: messageViewSchema,
    info: timelineInfoSchema,
  },
  /** People whose name, job or service has every word of `text`, accents and case aside; the reader's own row apart. */
  people: {
    args: z.object({ text: z.string(), limit: z.int().min(1).max(500) }),
    item: personViewSchema,
    info: noInfo,
  },
  person: {
    args: z.object({ personId: personIdSchema }),
    item: none,
    info: z.object({ view: personViewSchema.nullable() }),
  },
  /** The text begun in a conversation or, with `threadId`, in a thread; empty when there is none. */
  draft: {
    args: z.object({ conversationId: conversationIdSchema, threadId: messageIdSchema.optional() }),
    item: none,
    info: z.object({ body: z.string() }),
  },
  outbox: { args: z.object({}), item: outboxItemSchema, info: noInfo },
  ...conversationQueries,
  ...communityQueries,
  ...documentQueries,
  ...feedQueries,
  ...inboxQueries,
  ...taskQueries,
  ...calendarQueries,
} as const;

export type QueryName = keyof typeof queries;
export type QueryArgs<Q extends QueryName> = z.infer<(typeof queries)[Q]["args"]>;
export type QueryItem<Q extends QueryName> = z.infer<(typeof queries)[Q]["item"]>;
export type QueryInfo<Q extends QueryName> = z.infer<(typeof queries)[Q]["info"]>;

/** A file on its way, or all of a batch. */
export const uploadTargetSchema = z.union([
  z.object({ blobId: blobIdSchema }),
  z.object({ batchId: z.string() }),
]);
export type UploadTarget = z.infer<typeof uploadTargetSchema>;

/** One-off calls. `mutate` resolves once the write is on disk (above the ceiling: in memory), never waiting for the network. */
export const LARGE_UPLOAD_BYTES = 20 * 1024 * 1024;

export const workerCalls = {
  mutate: {
    args: z.object({ name: z.string(), scope: scopeSchema, args: z.looseObject({}) }),
    result: z.object({ mutationId: mutationIdSchema }),
  },
  /** With `changes`, as it was but for these arguments. */
  "outbox.retry": {
    args: z.object({ mutationId: mutationIdSchema, changes: z.record(z.string(), z.unknown()).optional() }),
    result: z.null(),
  },
  /** Also for a write that still waits: it is then never sent (fails with `conflict` once it is being sent). */
  "outbox.discard": { args: z.object({ mutationId: mutationIdSchema }), result: z.null() },
  "timeline.extend": {
    args: z.object({
      subscriptionId: z.int(),
      direction: z.enum(["older", "newer"]),
      count: z.int().min(1).max(500),
    }),
    result: z.null(),
  },
  "message.reactors": {
    args: z.object({ conversationId: conversationIdSchema, messageId: messageIdSchema, emoji: z.string() }),
    result: z.array(personBriefSchema),
  },
  /**
   * Keeps a file (encrypted, on this machine) and sends it to the scope as soon as it can, in parts, also after a restart.
   * A message that names the blob waits for it. Fails with `tooLarge` (the server's limit), `storageFull`, or `badRequest`
   * when the file changed or vanished while it was read.
   */
  "upload.add": {
    args: z.object({
      scope: scopeSchema,
      file: z.instanceof(Blob),
      name: z.string(),
      mediaType: z.string(),
      /** It waits for a good line, whatever its size: one that is neither metered nor slow. */
      isPatient: z.boolean().optional(),
      /** Made by the page when it wants to follow (`uploads`) or cancel it before it is kept. */
      blobId: blobIdSchema.optional(),
      /** Files that are added together, followed by `uploadBatches`; `files` is how many there will be. */
      batch: uploadBatchOfSchema.optional(),
    }),
    result: z.object({ blobId: blobIdSchema }),
  },
  "upload.cancel": { args: z.object({ blobId: blobIdSchema }), result: z.null() },
  "upload.retry": { args: z.object({ blobId: blobIdSchema }), result: z.null() },
  /** Held until it is resumed, also after a restart; it then goes on from where it stood. */
  "upload.pause": { args: uploadTargetSchema, result: z.null() },
  "upload.resume": { args: uploadTargetSchema, result: z.null() },
  /** Gives up what is not there yet: the files and the writes that name them. */
  "uploadBatch.cancel": { args: z.object({ batchId: z.string() }), result: z.null() },
  /** Tries again what failed of it. */
  "uploadBatch.retry": { args: z.object({ batchId: z.string() }), result: z.null() },
  /** The person types here, or stopped: told to the others at most every 3 s, never stored. */
  "typing.set": {
    args: z.object({
      scope: scopeSchema,
      conversationId: conversationIdSchema,
      threadId: messageIdSchema.optional(),
      isTyping: z.boolean(),
    }),
    result: z.null(),
  },
  /** Answered once all that this page has asked to be written is on the disk, or has failed. */
  "outbox.written": { args: z.object({}), result: z.null() },
  /** Try to reach the backend now. */
  "sync.retry": { args: z.object({}), result: z.null() },
  /**
   * The machine woke up, or its network is another one: with `isNewWay` everything is connected anew, within two seconds.
   * On a metered network, files above `LARGE_UPLOAD_BYTES` wait; on a slow one those that are patient.
   */
  "network.changed": {
    args: z.object({ isNewWay: z.boolean(), isMetered: z.boolean(), isSlow: z.boolean().optional() }),
    result: z.null(),
  },
  /** Sends these files although the line is not good. */
  "upload.sendAnyway": { args: uploadTargetSchema, result: z.null() },
  /** Deletes everything cached for this account; the outbox too. Ask first. */
  "cache.clear": { args: z.object({}), result: z.null() },
} as const;

export type WorkerCallName = keyof typeof workerCalls;
export type WorkerCallArgs<C extends WorkerCallName> = z.input<(typeof workerCalls)[C]["args"]>;
export type WorkerCallValue<C extends WorkerCallName> = z.output<(typeof workerCalls)[C]["result"]>;

/** From a page. `open` comes first; the same worker serves one profile, whatever the number of pages. */
export const pageMessageSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("open"),
    accountId: z.string(),
    /** Path of the account's gateway under this origin. */
    gatewayPath: z.string(),
    /** Raw AES-256 key. */
    key: z.instanceof(ArrayBuffer),
    keyId: z.string(),
    /** The key before: what is still under it is written anew under the other. */
    previous: z.object({ key: z.instanceof(ArrayBuffer), keyId: z.string() }).optional(),
    /** What is marked above it is never written to disk. Sent again with the same key when it changes. */
    ceiling: classificationSchema.nullable().optional(),
  }),
  z.object({ type: z.literal("subscribe"), id: z.int(), query: z.string(), args: z.looseObject({}) }),
  z.object({ type: z.literal("unsubscribe"), id: z.int() }),
  z.object({ type: z.literal("call"), id: z.int(), name: z.string(), args: z.looseObject({}) }),
  /** Whether the person is at this window: drives presence and read markers. */
  z.object({ type: z.literal("activity"), isActive: z.boolean() }),
  /** Forget the key and everything decrypted. */
  z.object({ type: z.literal("lock") }),
  z.object({ type: z.literal("close") }),
]);
export type PageMessage = z.infer<typeof pageMessageSchema>;

/** To a page. */
export type WorkerMessage =
  | { type: "opened" }
  /** Nothing is left under the key before this one. */
  | { type: "rotated"; keyId: string }
  | { type: "reset"; id: number; items: { key: string; sort: string }[]; info: unknown }
  | { type: "patch"; id: number; put: { key: string; sort: string }[]; remove: string[]; info?: unknown }
  | { type: "queryFailed"; id: number; error: z.infer<typeof problemSchema> }
  | {
      type: "result";
      id: number;
      result: { ok: true; value: unknown } | { ok: false; error: z.infer<typeof problemSchema> };
    }
  /** The worker cannot go on: another version of it holds the profile, storage refused… */
  | { type: "fatal"; error: z.infer<typeof problemSchema> };
