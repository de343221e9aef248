import type { z } from "zod";
import { blobQuerySchema, blobStateSchema } from "../blobs.ts";
import { accountSchema, hostChannels, hostEventSchema } from "../bridge.ts";
import {
  calendarFeedListSchema,
  calendarFeedRequestSchema,
  newCalendarFeedSchema,
} from "../calendar-feeds.ts";
import { capabilitiesSchema } from "../capabilities.ts";
import { collections } from "../collections.ts";
import { envelopeSchema } from "../envelope.ts";
import { serverEvents } from "../events.ts";
import { freeBusyRequestSchema, freeBusySchema } from "../free-busy.ts";
import { mutationRequestSchema, mutationResponseSchema, mutations } from "../mutations.ts";
import { problemSchema } from "../problem.ts";
import { settingsSchema } from "../settings.ts";
import {
  appPasswordRequestSchema,
  appPasswordSchema,
  meSchema,
  revokeRequestSchema,
  sessionListSchema,
  tokenRequestSchema,
  tokenResponseSchema,
  wipedRequestSchema,
} from "../sign-in.ts";
import {
  historyMarkSchema,
  historyQuerySchema,
  scopeListSchema,
  syncLineSchema,
  syncMarkSchema,
  syncQuerySchema,
} from "../sync.ts";
import { pageMessageSchema, queries, workerCalls } from "../worker.ts";

/** Every schema that two programs must agree on, by name: what the wire hash covers. */
export function wireSchemas(): ReadonlyMap<string, z.ZodType> {
  const named: [string, z.ZodType][] = [
    ["envelope", envelopeSchema],
    ["problem", problemSchema],
    ["capabilities", capabilitiesSchema],
    ["tokenRequest", tokenRequestSchema],
    ["tokenResponse", tokenResponseSchema],
    ["revokeRequest", revokeRequestSchema],
    ["wipedRequest", wipedRequestSchema],
    ["appPasswordRequest", appPasswordRequestSchema],
    ["appPassword", appPasswordSchema],
    ["calendarFeedRequest", calendarFeedRequestSchema],
    ["newCalendarFeed", newCalendarFeedSchema],
    ["calendarFeedList", calendarFeedListSchema],
    ["freeBusyRequest", freeBusyRequestSchema],
    ["freeBusy", freeBusySchema],
    ["sessionList", sessionListSchema],
    ["me", meSchema],
    ["scopeList", scopeListSchema],
    ["syncQuery", syncQuerySchema],
    ["syncLine", syncLineSchema],
    ["syncMark", syncMarkSchema],
    ["historyQuery", historyQuerySchema],
    ["historyMark", historyMarkSchema],
    ["mutationRequest", mutationRequestSchema],
    ["mutationResponse", mutationResponseSchema],
    ["blobState", blobStateSchema],
    ["blobQuery", blobQuerySchema],
    ["settings", settingsSchema],
    ["account", accountSchema],
    ["hostEvent", hostEventSchema],
    ["pageMessage", pageMessageSchema],
  ];
  return new Map([
    ...named,
    ...prefixed("collection", collections),
    ...prefixed("mutation", mutations),
    ...prefixed("event", serverEvents),
    ...parts("host", hostChannels),
    ...parts("query", queries),
    ...parts("call", workerCalls),
  ]);
}

function prefixed(prefix: string, schemas: Record<string, z.ZodType>): [string, z.ZodType][] {
  return Object.entries(schemas).map(([name, schema]) => [`${prefix}:${name}`, schema]);
}

/** Tables whose lines have several schemas: arguments and result of a call, item and info of a query. */
function parts(prefix: string, table: Record<string, Record<string, z.ZodType>>): [string, z.ZodType][] {
  return Object.entries(table).flatMap(([name, line]) => prefixed(`${prefix}:${name}`, line));
}
