import { blobQuerySchema } from "../blobs.ts";
import { historyQuerySchema, syncQuerySchema } from "../sync.ts";
import { serverEvents } from "../events.ts";
import { body, json, problems } from "./answers.ts";
import { queryParameters, reference, type JsonObject } from "./components.ts";
import { feedPaths } from "./feed-paths.ts";
import { freeBusyPaths } from "./free-busy-paths.ts";
import { guestPaths } from "./guest-paths.ts";

/** Text made of lines; `x-parvis-lines` names the schema of each. */
const ndjson = (description: string, lines: string[]): JsonObject => ({
  description,
  content: {
    "application/x-ndjson": {
      schema: { type: "string", description: "One JSON value a line, each ended by a line feed." },
      "x-parvis-lines": { anyOf: lines.map(reference) },
    },
  },
});

const eventStream: JsonObject = {
  description:
    "Server-sent events without end. Every frame has `event` and `data` (JSON); `change` frames have an `id` to resume from. A comment line comes at least every 15 seconds.",
  content: {
    "text/event-stream": {
      schema: { type: "string" },
      "x-parvis-events": Object.fromEntries(
        Object.keys(serverEvents).map((name) => [
          name,
          name === "change" ? reference("Envelope") : reference(`Event_${name}`),
        ]),
      ),
    },
  },
};

const scopeText = "The stream.";
const blobId: JsonObject = {
  name: "id",
  in: "path",
  required: true,
  description: "Made by the client (UUIDv7).",
  schema: reference("Uuid"),
};
const header = (description: string, schema: JsonObject = { type: "string" }): JsonObject => ({
  description,
  schema,
});
const requestHeader = (name: string, description: string): JsonObject => ({
  name,
  in: "header",
  required: false,
  description,
  schema: { type: "string" },
});
const uploadHeaders: JsonObject = {
  "Upload-Offset": header("Bytes received.", { type: "integer" }),
  "Upload-Complete": header("`?1` once complete, else `?0`."),
};
const bytes = (description: string, headers: JsonObject): JsonObject => ({
  description,
  headers,
  content: { "application/octet-stream": {} },
});
const fileHeaders: JsonObject = {
  ETag: header("The SHA-256 of the file, quoted."),
  "Accept-Ranges": header("`bytes`."),
  "Content-Disposition": header("An attachment with its name (RFC 6266)."),
};

export const paths: JsonObject = {
  "/v1/capabilities": {
    get: {
      operationId: "getCapabilities",
      summary: "What this server is and can do. No credentials needed.",
      tags: ["capabilities"],
      security: [],
      responses: { "200": json("Capabilities", "The server."), ...problems() },
    },
  },
  "/v1/token": {
    post: {
      operationId: "createToken",
      summary: "Signs in or renews a sign-in (OAuth 2.0 token endpoint with a JSON body).",
      tags: ["sign-in"],
      security: [],
      requestBody: body("TokenRequest"),
      responses: {
        "200": json(
          "TokenResponse",
          "Tokens. Each refresh gives the next refresh token; an older one coming back ends its session.",
        ),
        ...problems(
          "badRequest",
          "signInFailed",
          "signInRequired",
          "wipeRequired",
          "tooLarge",
          "unsupported",
        ),
      },
    },
  },
  "/v1/token/revoke": {
    post: {
      operationId: "revokeToken",
      summary: "Ends the session of this token (RFC 7009).",
      tags: ["sign-in"],
      security: [],
      requestBody: body("RevokeRequest"),
      responses: {
        "200": { description: "It no longer works, whether or not it ever did." },
        ...problems("badRequest"),
      },
    },
  },
  "/v1/token/wiped": {
    post: {
      operationId: "acknowledgeWipe",
      summary:
        "The device has forgotten everything, as `wipeRequired` asked. The refresh token is the proof.",
      tags: ["sign-in"],
      security: [],
      requestBody: body("WipedRequest"),
      responses: {
        "200": { description: "Noted, if there was such an order." },
        ...problems("badRequest"),
      },
    },
  },
  "/v1/app-passwords": {
    post: {
      operationId: "createAppPassword",
      summary: "A password for a program that signs in to `/dav/` with a name and a password. Told once.",
      tags: ["sign-in"],
      requestBody: body("AppPasswordRequest"),
      responses: {
        "201": json("AppPassword", "The name to sign in with, and the password."),
        ...problems("badRequest", "signInRequired"),
      },
    },
  },
  "/v1/admin/sessions": {
    get: {
      operationId: "listSessions",
      summary: "Somebody's sign-ins, for administrators.",
      tags: ["sign-in"],
      parameters: [
        { name: "personId", in: "query", required: true, description: "Whose.", schema: reference("Uuid") },
      ],
      responses: {
        "200": json("SessionList", "Their sign-ins, the newest first."),
        ...problems("badRequest", "signInRequired", "forbidden"),
      },
    },
  },
  "/v1/me": {
    get: {
      operationId: "getMe",
      summary: "Whose token this is.",
      tags: ["sign-in"],
      responses: { "200": json("Me", "The person."), ...problems("signInRequired") },
    },
  },
  "/v1/scopes": {
    get: {
      operationId: "listScopes",
      summary: "Every stream the caller may read, most useful first.",
      tags: ["sync"],
      responses: { "200": json("ScopeList", "The scopes with their heads."), ...problems("signInRequired") },
    },
  },
  "/v1/sync": {
    get: {
      operationId: "sync",
      summary: "The rows of one scope: a snapshot, or what came after a cursor.",
      tags: ["sync"],
      parameters: queryParameters(syncQuerySchema, {
        scope: scopeText,
        cursor: "Of the latest mark received; without it a snapshot.",
        limit: "Envelopes in this answer; the server may give fewer.",
        timeline: "Timeline rows of the snapshot.",
      }),
      responses: {
        "200": ndjson("Envelopes and marks; a mark at least every 500 lines and as the last line.", [
          "Envelope",
          "SyncMark",
        ]),
        ...problems("badRequest", "signInRequired", "forbidden", "cursorExpired"),
      },
    },
  },
  "/v1/events": {
    get: {
      operationId: "listenToEvents",
      summary: "Changes as they happen.",
      tags: ["sync"],
      parameters: [
        requestHeader("Last-Event-ID", "Resumes after this `change` frame."),
        {
          name: "cursor",
          in: "query",
          required: false,
          description: "The same, where headers cannot be set.",
          schema: { type: "string" },
        },
        {
          name: "presence",
          in: "query",
          required: false,
          description: "`none`: this connection does not make its person present.",
          schema: { type: "string", enum: ["none"] },
        },
      ],
      responses: { "200": eventStream, ...problems("signInRequired") },
    },
  },
  "/v1/mutations": {
    post: {
      operationId: "mutate",
      summary: "Carries out commands in order, each id once for ever.",
      tags: ["mutations"],
      requestBody: body("MutationRequest"),
      responses: {
        "200": json(
          "MutationResponse",
          "One result for each mutation. `args` per name: `Args_NAME` in the schemas.",
        ),
        ...problems("badRequest", "signInRequired", "tooLarge"),
      },
    },
  },
  "/v1/signals": {
    post: {
      operationId: "signal",
      summary:
        "What is worth nothing a moment later: a machine is alive, somebody types. Passed on and forgotten.",
      tags: ["signals"],
      requestBody: body("SignalRequest"),
      responses: {
        "204": { description: "Taken, whether or not anybody hears of it." },
        ...problems("badRequest", "signInRequired", "tooLarge"),
      },
    },
  },
  "/v1/history/{collection}": {
    get: {
      operationId: "readHistory",
      summary: "Older content than a snapshot carries, newest first.",
      tags: ["sync"],
      parameters: [
        {
          name: "collection",
          in: "path",
          required: true,
          description: "`message`: the reactions on the messages sent follow them.",
          schema: { type: "string" },
        },
        ...queryParameters(historyQuerySchema, {
          scope: scopeText,
          conversationId: "The channel or conversation.",
          threadId: "Only the replies in this thread.",
          before: "`sentAt` or `sentAt~id`, excluded.",
          limit: "Messages in this answer.",
        }),
      ],
      responses: {
        "200": ndjson("Envelopes; the last line is a HistoryMark.", ["Envelope", "HistoryMark"]),
        ...problems("badRequest", "signInRequired", "forbidden", "notFound"),
      },
    },
  },
  "/v1/blobs/{id}": {
    parameters: [blobId],
    put: {
      operationId: "putBlob",
      summary: "Sends a file, whole or in parts that join on; a part sent again is accepted.",
      tags: ["blobs"],
      parameters: [
        ...queryParameters(blobQuerySchema, { scope: "Who may read the file.", name: "Its name." }),
        requestHeader("Content-Range", "`bytes FIRST-LAST/TOTAL` of a part."),
        requestHeader("Repr-Digest", "`sha-256=:BASE64:` of the whole file (RFC 9530), on the last part."),
      ],
      requestBody: { required: true, content: { "*/*": {} } },
      responses: {
        "200": json("BlobState", "Complete."),
        "202": json("BlobState", "More is awaited, from `receivedBytes`."),
        ...problems("badRequest", "signInRequired", "forbidden", "conflict", "tooLarge"),
        "409": {
          description:
            "Does not join on: the state, whose `receivedBytes` is the offset expected, as a problem.",
          content: {
            "application/problem+json": { schema: { anyOf: [reference("BlobState"), reference("Problem")] } },
          },
        },
      },
    },
    get: {
      operationId: "getBlob",
      summary: "A file or one range of it.",
      tags: ["blobs"],
      parameters: [
        requestHeader("Range", "One range: `bytes=FIRST-LAST`."),
        requestHeader("If-None-Match", "Entity tags already held."),
        requestHeader("If-Range", "The entity tag that the range belongs to."),
      ],
      responses: {
        "200": bytes("The file.", fileHeaders),
        "206": bytes("The range.", { ...fileHeaders, "Content-Range": header("Where the range lies.") }),
        "304": { description: "Already held." },
        "416": {
          description: "The range lies outside the file.",
          content: { "application/problem+json": { schema: reference("Problem") } },
        },
        ...problems("badRequest", "signInRequired", "notFound"),
      },
    },
    head: {
      operationId: "headBlob",
      summary: "Where an upload stands, or the headers of the file.",
      tags: ["blobs"],
      responses: {
        "200": { description: "Complete.", headers: { ...uploadHeaders, ...fileHeaders } },
        "204": { description: "Unfinished, seen by its owner only.", headers: uploadHeaders },
        ...problems("badRequest", "signInRequired", "notFound"),
      },
    },
  },
  ...guestPaths,
  ...feedPaths,
  ...freeBusyPaths,
};
