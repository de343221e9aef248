import { z } from "zod";
import { envelopeSchema } from "./envelope.ts";
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
  /** The token has expired or was revoked; the connection ends. */
  signedOut: z.looseObject({}),
} as const;

export type ServerEventName = keyof typeof serverEvents;
export type ServerEvent = {
  [N in ServerEventName]: { event: N; data: z.infer<(typeof serverEvents)[N]>; id?: string };
}[ServerEventName];

export const EVENTS_HEARTBEAT_MS = 15_000;
