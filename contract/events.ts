import { z } from "zod";
import { envelopeSchema } from "./envelope.ts";
import { conversationIdSchema, messageIdSchema, personIdSchema } from "./ids.ts";
import { scopeSchema } from "./scope.ts";

/**
 * `GET /v1/events`, `text/event-stream`. Resumed by `Last-Event-ID` (or `?cursor=`): when the server still has what
 * came after it, that is sent and `hello.isResumed` is true; otherwise the receiver compares `hello.scopes` with what it
 * has and catches up through `/v1/sync`. A comment line comes at least every 15 s.
 * With `?presence=none` it does not make its person present: nobody is at that machine, it only waits for news.
 *
 * Every frame has `event:` (a key of `serverEvents`) and `data:` (JSON on one line); `change` frames have an `id:`.
 */
export const serverEvents = {
  /** First frame of each connection. */
  hello: z.looseObject({
    isResumed: z.boolean(),
    epoch: z.string(),
    scopes: z.array(z.looseObject({ scope: scopeSchema, head: z.int().nonnegative() })),
  }),
  change: envelopeSchema,
  /** The caller may now read this scope: sync it. */
  scopeAdded: z.looseObject({ scope: scopeSchema, head: z.int().nonnegative() }),
  /** The caller may no longer read this scope: purge it. */
  scopeRemoved: z.looseObject({ scope: scopeSchema }),
  /** Somebody is writing here, or stopped. Of the last 10 s; never kept. */
  typing: z.looseObject({
    scope: scopeSchema,
    conversationId: conversationIdSchema,
    threadId: messageIdSchema.optional(),
    personId: personIdSchema,
    isTyping: z.boolean(),
  }),
  /** The token has expired or was revoked; the connection ends. */
  signedOut: z.looseObject({}),
} as const;

export type ServerEventName = keyof typeof serverEvents;
export type ServerEvent = {
  [N in ServerEventName]: { event: N; data: z.infer<(typeof serverEvents)[N]>; id?: string };
}[ServerEventName];

export const EVENTS_HEARTBEAT_MS = 15_000;

/**
 * `POST /v1/signals`, answers 204: what is worth nothing a moment later. Never stored, never in an outbox.
 * - `alive`: this machine's connection still stands. Sent every `ALIVE_EVERY_MS` while the events stream is open;
 *   a person none of whose machines has said so for `ALIVE_FOR_MS` is shown as offline. `machine` tells a person's
 *   machines apart; whoever is active at one of them is active
 * - `typing`: repeated at most every 3 s while the person types; shown to others for 6 s after the last. It counts as
 *   being active
 */
export const signalSchema = z.discriminatedUnion("kind", [
  z.looseObject({
    kind: z.literal("alive"),
    machine: z.string().min(1).max(100),
    isActive: z.boolean(),
    /** The person closed the application. */
    isLeaving: z.boolean().optional(),
  }),
  z.looseObject({
    kind: z.literal("typing"),
    scope: scopeSchema,
    conversationId: conversationIdSchema,
    threadId: messageIdSchema.optional(),
    isTyping: z.boolean(),
  }),
]);
export type Signal = z.infer<typeof signalSchema>;
export const signalRequestSchema = z.looseObject({ signals: z.array(signalSchema).min(1).max(20) });
export type SignalRequest = z.infer<typeof signalRequestSchema>;

export const ALIVE_EVERY_MS = 10_000;
export const ALIVE_FOR_MS = 25_000;
