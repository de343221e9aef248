import { z } from "zod";
import { blobStateSchema } from "../blobs.ts";
import {
  calendarFeedListSchema,
  calendarFeedRequestSchema,
  newCalendarFeedSchema,
} from "../calendar-feeds.ts";
import { capabilitiesSchema } from "../capabilities.ts";
import { collections } from "../collections.ts";
import { envelopeSchema } from "../envelope.ts";
import { serverEvents, signalRequestSchema } from "../events.ts";
import { freeBusyRequestSchema, freeBusySchema } from "../free-busy.ts";
import {
  invitationAcceptanceSchema,
  invitationLinkSchema,
  invitationPreviewRequestSchema,
  invitationPreviewSchema,
} from "../guest-invitations.ts";
import { personIdSchema } from "../ids.ts";
import { mutationRequestSchema, mutationResponseSchema, mutationSchema, mutations } from "../mutations.ts";
import { problemSchema } from "../problem.ts";
import { scopeSchema } from "../scope.ts";
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
import { historyMarkSchema, scopeListSchema, syncMarkSchema } from "../sync.ts";
import { isoTimeSchema } from "../time.ts";

export type JsonObject = { [key: string]: unknown };

const { change: _change, ...ownEvents } = serverEvents;

/** Schemas by their name in `components.schemas`. All ids are the same schema, hence one name. */
const named: Record<string, z.ZodType> = {
  Uuid: personIdSchema,
  Scope: scopeSchema,
  IsoTime: isoTimeSchema,
  Envelope: envelopeSchema,
  Problem: problemSchema,
  Capabilities: capabilitiesSchema,
  TokenRequest: tokenRequestSchema,
  TokenResponse: tokenResponseSchema,
  RevokeRequest: revokeRequestSchema,
  WipedRequest: wipedRequestSchema,
  AppPasswordRequest: appPasswordRequestSchema,
  AppPassword: appPasswordSchema,
  CalendarFeedRequest: calendarFeedRequestSchema,
  NewCalendarFeed: newCalendarFeedSchema,
  CalendarFeedList: calendarFeedListSchema,
  FreeBusyRequest: freeBusyRequestSchema,
  FreeBusy: freeBusySchema,
  SessionList: sessionListSchema,
  Me: meSchema,
  ScopeList: scopeListSchema,
  SyncMark: syncMarkSchema,
  HistoryMark: historyMarkSchema,
  Mutation: mutationSchema,
  MutationRequest: mutationRequestSchema,
  MutationResponse: mutationResponseSchema,
  BlobState: blobStateSchema,
  SignalRequest: signalRequestSchema,
  InvitationLink: invitationLinkSchema,
  InvitationPreviewRequest: invitationPreviewRequestSchema,
  InvitationPreview: invitationPreviewSchema,
  InvitationAcceptance: invitationAcceptanceSchema,
  ...renamed(collections, (name) => `Row_${name}`),
  ...renamed(mutations, (name) => `Args_${name}`),
  ...renamed(ownEvents, (name) => `Event_${name}`),
};

function renamed(
  table: Record<string, z.ZodType>,
  rename: (name: string) => string,
): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(table).map(([name, schema]) => [rename(name), schema]));
}

export function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1) of everything named, referring to each other. */
export function componentSchemas(): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _dialect, ...schema }]) => [id, schema]),
  );
}

/** The parameters of a query string from its schema. */
export function queryParameters(schema: z.ZodObject, texts: Record<string, string>): JsonObject[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: "query",
    required: required.includes(name),
    description: texts[name] ?? "",
    schema: name === "scope" ? reference("Scope") : property,
  }));
}
