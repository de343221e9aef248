import { z } from "zod";
import { envelopeSchema } from "./envelope.ts";
import { scopeSchema } from "./scope.ts";

/** Opaque to the client: where to go on in one scope. */
export const cursorSchema = z.string().min(1).max(200);

/** `GET /v1/scopes`: every stream the caller may read, most useful first, with the seq of its newest change. */
export const scopeListSchema = z.looseObject({
  scopes: z.array(z.looseObject({ scope: scopeSchema, head: z.int().nonnegative() })),
});
export type ScopeList = z.infer<typeof scopeListSchema>;

/**
 * `GET /v1/sync?scope=&cursor=&limit=&timeline=`, answered as `application/x-ndjson`.
 *
 * Each line is an Envelope or a SyncMark. Without a cursor a snapshot: small rows first, then timeline rows newest
 * first (at most `timeline` of them), then the tail of what changed meanwhile. With the cursor of the latest mark, what
 * came after it. A mark comes at least every 500 lines and as the last line; a reader cut off anywhere resumes from the
 * last mark it has: rows may come twice (same `rev`), none is missed. `410 cursorExpired`: start without a cursor.
 */
export const syncQuerySchema = z.object({
  scope: scopeSchema,
  cursor: cursorSchema.optional(),
  /** Envelopes in this answer; the server may give fewer. */
  limit: z.coerce.number().int().min(1).max(200_000).default(200_000),
  /** Timeline rows of the snapshot. */
  timeline: z.coerce.number().int().min(0).max(1_000_000).default(20_000),
});
export type SyncQuery = z.infer<typeof syncQuerySchema>;

/**
 * - `cursor`: resume here
 * - `seq`: live events up to this one are contained in what was sent; 0 while the snapshot is incomplete
 * - `isEnd`: nothing more at the moment; without it on the last line, ask again with `cursor`
 * - `total`: about how many envelopes the whole snapshot has, on the first mark
 * - `hasOlder`: on the mark that ends a snapshot, whether history has rows older than were sent
 */
export const syncMarkSchema = z.looseObject({
  mark: z.looseObject({
    cursor: cursorSchema,
    seq: z.int().nonnegative(),
    isEnd: z.boolean().optional(),
    total: z.int().nonnegative().optional(),
    hasOlder: z.boolean().optional(),
  }),
});
export type SyncMark = z.infer<typeof syncMarkSchema>;

export const syncLineSchema = z.union([syncMarkSchema, envelopeSchema]);

/**
 * `GET /v1/history/{collection}?scope=&conversationId=&before=&limit=`, NDJSON of envelopes, newest first by
 * (`sentAt`, `id`), strictly before `before` (`sentAt` or `sentAt~id`); the last line is a HistoryMark.
 * For messages: the conversation's own (without `threadId`) or, with `threadId`, that thread's replies.
 * What hangs on the messages sent (`messageParts`: reactions, votes…) follows in the same answer.
 */
export const historyQuerySchema = z.object({
  scope: scopeSchema,
  conversationId: z.string(),
  threadId: z.string().optional(),
  before: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

export const historyMarkSchema = z.looseObject({ history: z.looseObject({ hasOlder: z.boolean() }) });
export type HistoryMark = z.infer<typeof historyMarkSchema>;
