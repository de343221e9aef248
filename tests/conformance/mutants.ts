import { createId } from "#contract/ids.ts";

/** A backend with one fault: what it does to requests on their way in and to answers on their way out. */
export interface Mutant {
  /** What the backend does wrong. */
  fault: string;
  /** Group of checks that must notice. */
  group: string;
  /** Words from the name of the check that must fail. */
  check: string;
  request?: (request: ProxiedRequest) => ProxiedRequest | Response;
  /** Bodies of answers that are not streams. */
  answer?: (answer: ProxiedAnswer) => ProxiedAnswer;
  /** One frame of the events stream; nothing to drop it. */
  frame?: (frame: string) => string | undefined;
}

export interface ProxiedRequest {
  method: string;
  path: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | undefined;
}

interface ProxiedAnswer {
  path: string;
  method: string;
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

type Json = { [key: string]: unknown };

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Changes the lines of a sync answer. */
function syncLines(change: (lines: Json[]) => Json[]): (answer: ProxiedAnswer) => ProxiedAnswer {
  return (answer) => {
    if (!answer.path.startsWith("/v1/sync") || answer.status !== 200) return answer;
    const lines = textOf(answer.body)
      .split("\n")
      .filter((line) => line !== "")
      .map((line): unknown => JSON.parse(line))
      .filter((line) => isJson(line));
    return {
      ...answer,
      body: bytesOf(
        change(lines)
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(""),
      ),
    };
  };
}

/** Changes every object in the JSON of an answer, inner ones first. */
function deep(value: unknown, change: (value: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((each) => deep(each, change));
  if (!isJson(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner, change)])));
}

function mutationAnswers(change: (value: Json) => Json): (answer: ProxiedAnswer) => ProxiedAnswer {
  return (answer) =>
    answer.path === "/v1/mutations" && answer.status === 200
      ? { ...answer, body: bytesOf(JSON.stringify(deep(JSON.parse(textOf(answer.body)), change))) }
      : answer;
}

function mutationRequests(change: (value: Json) => Json): (request: ProxiedRequest) => ProxiedRequest {
  return (request) =>
    request.path === "/v1/mutations"
      ? { ...request, body: bytesOf(JSON.stringify(deep(JSON.parse(textOf(request.body)), change))) }
      : request;
}

const isEnvelope = (value: Json): boolean => "rev" in value && "seq" in value;

/** Forgets ids: the backend sees a fresh one each time, the caller its own. */
function withoutMemory(): Pick<Mutant, "request" | "answer"> {
  const originals = new Map<unknown, unknown>();
  return {
    request: mutationRequests((value) => {
      if (!("madeAt" in value)) return value;
      const id = createId();
      originals.set(id, value["id"]);
      return { ...value, id };
    }),
    answer: mutationAnswers((value) =>
      "status" in value && originals.has(value["id"]) ? { ...value, id: originals.get(value["id"]) } : value,
    ),
  };
}

export interface MutantOptions {
  /** An access token of the first account, for the fault of mixing callers up. */
  firstToken: string;
}

export function createMutants({ firstToken }: MutantOptions): Mutant[] {
  let envelopeCount = 0;
  let frameCount = 0;
  return [
    {
      fault: "carries a mutation out each time it is sent",
      group: "idempotence",
      check: "an effect that was undone since",
      ...withoutMemory(),
    },
    {
      fault: "sends every row with rev 1",
      group: "messages",
      check: "counts its rev",
      answer: syncLines((lines) => lines.map((line) => (isEnvelope(line) ? { ...line, rev: 1 } : line))),
    },
    {
      fault: "sends envelopes without rev",
      group: "sync",
      check: "a snapshot ends with a mark",
      answer: syncLines((lines) => lines.map(({ rev: _rev, ...line }) => line)),
    },
    {
      fault: "sends the changes of a tail in the wrong order",
      group: "resume",
      check: "exactly what changed comes, in order",
      answer: syncLines((lines) => [
        ...lines.filter(isEnvelope).toReversed(),
        ...lines.filter((line) => !isEnvelope(line)),
      ]),
    },
    {
      fault: "loses a row now and then",
      group: "resume",
      check: "add up to the whole",
      answer: syncLines((lines) =>
        lines.filter((line) => {
          if (!isEnvelope(line)) return true;
          envelopeCount += 1;
          return envelopeCount % 7 !== 0;
        }),
      ),
    },
    {
      fault: "sends no mark but the last",
      group: "sync",
      check: "at least every 500 lines",
      answer: syncLines((lines) => [
        ...lines.filter(isEnvelope),
        ...lines.filter((line) => !isEnvelope(line)).slice(-1),
      ]),
    },
    {
      fault: "sends timeline rows oldest first",
      group: "snapshot order",
      check: "messages come newest first",
      answer: syncLines((lines) => {
        const messages = lines.filter((line) => line["collection"] === "message").toReversed();
        return lines.map((line) => (line["collection"] === "message" ? (messages.shift() ?? line) : line));
      }),
    },
    {
      fault: "checks who may read only when listing scopes",
      group: "visibility",
      check: "a hidden space is closed",
      request: (request) => {
        if (!request.path.startsWith("/v1/sync")) return request;
        request.headers.set("authorization", `Bearer ${firstToken}`);
        return request;
      },
    },
    {
      fault: "says applied when it was a conflict",
      group: "conflicts",
      check: "an edit of a text that has changed",
      answer: mutationAnswers((value) =>
        value["status"] === "conflict"
          ? { id: value["id"], status: "applied", changes: [value["current"]] }
          : value,
      ),
    },
    {
      fault: "keeps no former contents of files",
      group: "libraries",
      check: "keeps each content",
      answer: syncLines((lines) => lines.filter((line) => line["collection"] !== "libraryVersion")),
    },
    {
      fault: "numbers every name that is taken, unasked",
      group: "libraries",
      check: "a name is taken once",
      request: mutationRequests((value) =>
        "blobId" in value && "name" in value ? { ...value, numbered: true } : value,
      ),
    },
    {
      fault: "does not say of tasks that they are done",
      group: "tasks",
      check: "is done while it stands",
      answer: syncLines((lines) =>
        lines.map((line) => {
          if (line["collection"] !== "task" || !isJson(line["data"])) return line;
          const { done: _done, ...data } = line["data"];
          return { ...line, data };
        }),
      ),
    },
    {
      fault: "puts what is moved behind all others",
      group: "tasks",
      check: "moves never conflict",
      request: mutationRequests((value) =>
        "order" in value && !("title" in value) ? { ...value, order: "b0V" } : value,
      ),
    },
    {
      fault: "writes events anew without what it does not know",
      group: "calendars",
      check: "byte for byte",
      answer: syncLines((lines) =>
        lines.map((line) => {
          const { data } = line;
          if (line["collection"] !== "calendarObject" || !isJson(data)) return line;
          return {
            ...line,
            data: { ...data, data: String(data["data"]).replace(/X-UNKNOWN[^]*?came\r\n/, "") },
          };
        }),
      ),
    },
    {
      fault: "lets the last edit of an event win, whatever it was made of",
      group: "calendars",
      check: "of two edits of one revision",
      answer: mutationAnswers((value) =>
        value["status"] === "conflict"
          ? { id: value["id"], status: "applied", changes: [value["current"]] }
          : value,
      ),
    },
    {
      fault: "keeps invitations for itself",
      group: "calendars",
      check: "who is invited",
      answer: syncLines((lines) =>
        lines.filter(({ collection, data }) => collection !== "calendarObject" || !isCopy(data)),
      ),
    },
    {
      fault: "drops fields that it does not know",
      group: "unknown fields",
      check: "survive",
      request: mutationRequests((value) =>
        Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("x"))),
      ),
    },
    {
      fault: "serves errors as plain JSON",
      group: "errors",
      check: "an unknown address",
      answer: (answer) => {
        if (answer.status >= 400) answer.headers.set("content-type", "application/json");
        return answer;
      },
    },
    {
      fault: "ends a sign-in in the list alone",
      group: "devices",
      check: "its tokens stop",
      // The command is carried out on a session that is not there.
      request: (request) =>
        request.path === "/v1/mutations" && textOf(request.body).includes("session.end")
          ? {
              ...request,
              body: bytesOf(
                textOf(request.body).replace(/("id":")[0-9a-f-]{36}("[^{}]*"wipe")/, `$1${createId()}$2`),
              ),
            }
          : request,
    },
    {
      fault: "tells a device that has to forget nothing but to sign in again",
      group: "devices",
      check: "told to forget",
      answer: (answer) =>
        textOf(answer.body).includes("wipeRequired")
          ? { ...answer, body: bytesOf(textOf(answer.body).replaceAll("wipeRequired", "signInRequired")) }
          : answer,
    },
    {
      fault: "does not hear that a device has forgotten",
      group: "devices",
      check: "told to forget",
      request: (request) => (request.path === "/v1/token/wiped" ? Response.json({}) : request),
    },
    {
      fault: "forgets to revoke",
      group: "sign-in",
      check: "revoking ends the session",
      request: (request) => (request.path === "/v1/token/revoke" ? Response.json({}) : request),
    },
    {
      fault: "ignores ranges",
      group: "blobs",
      check: "one range is given",
      request: (request) => {
        request.headers.delete("range");
        return request;
      },
    },
    {
      fault: "loses live events",
      group: "events",
      check: "order of their seq",
      frame: (frame) => {
        // Of messages alone: counted among all changes, those that are lost could always be others.
        if (!frame.includes("event: change") || !frame.includes('"collection":"message"')) return frame;
        frameCount += 1;
        return frameCount % 3 === 0 ? undefined : frame;
      },
    },
    {
      fault: "gives messages the time that the client believes",
      group: "messages",
      check: "whatever the client's clock says",
      answer: mutationAnswers((value) =>
        "sentAt" in value ? { ...value, sentAt: "2039-01-01T00:00:00.000Z" } : value,
      ),
    },
    {
      fault: "reads history from the newest on each time",
      group: "history",
      check: "pages go back to the beginning",
      request: (request) => ({ ...request, path: request.path.replace(/&before=[^&]*/, "") }),
    },
    {
      fault: "does not tell those who lost a scope",
      group: "revocation",
      check: "who is removed hears",
      frame: (frame) => (frame.includes("event: scopeRemoved") ? undefined : frame),
    },
    {
      fault: "claims to have resumed when it has not",
      group: "events",
      check: "means nothing here is not resumed",
      frame: (frame) => frame.replace('"isResumed":false', '"isResumed":true'),
    },
  ];
}

/** What stands in the calendar of somebody invited. */
function isCopy(data: unknown): boolean {
  return (
    isJson(data) &&
    data["source"] !== undefined &&
    data["organizerId"] !== undefined &&
    data["calendarId"] !== undefined
  );
}
