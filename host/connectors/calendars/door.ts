import { accountIdSchema, type AccountId } from "#contract/account.ts";
import { mutationRequestSchema, mutations, type Mutation, type MutationResult } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { scopeListSchema, syncQuerySchema } from "#contract/sync.ts";
import type { DriveFault } from "#contract/drives.ts";
import { DriveError } from "../../drives/drive-error.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import { secure } from "../../gateway/headers.ts";
import { problemResponse } from "../../gateway/problem-response.ts";
import type { CalendarStream, RemoteWrite } from "./calendar-stream.ts";
import { mergeEvents, type MergedEvents } from "./event-merge.ts";

/** What the door needs of the accounts. */
export interface RemoteStreams {
  of(accountId: AccountId): readonly CalendarStream[];
  /** @throws AppError forbidden: no such calendar */
  get(accountId: AccountId, scope: Scope): CalendarStream;
  /** A page listens from now on; what is returned ends it. */
  attend(accountId: AccountId, say: MergedEvents["say"]): () => void;
}

/** Those that go by themselves, or that the person puts right: the write waits. */
const PASSING = new Set<DriveFault>([
  "unreachable",
  "damaged",
  "locked",
  "needsPassword",
  "wrongPassword",
  "cancelled",
]);

/** The doors of a workplace with remote calendars beside its own scopes: its server is never asked for them. */
export function besideWorkplace(gateway: Gateway, streams: RemoteStreams): Gateway {
  return {
    async handle(request, end) {
      const { pathname, searchParams } = new URL(request.url);
      const match = /^\/gateway\/([^/]+)(\/v1\/(?:scopes|events|sync|mutations))$/.exec(pathname);
      const accountId = accountIdSchema.safeParse(match?.[1]).data;
      if (match === null || accountId === undefined) return gateway.handle(request, end);
      const door = new RemoteDoor(gateway, streams, accountId);
      const signal = end === undefined ? request.signal : AbortSignal.any([request.signal, end]);
      try {
        if (match[2] === "/v1/events") return await door.events(request, end);
        if (match[2] === "/v1/scopes") return await door.scopes(request, end);
        if (match[2] === "/v1/mutations") return await door.mutations(request, end, signal);
        return isRemote(searchParams.get("scope"))
          ? await door.sync(searchParams, signal)
          : await gateway.handle(request, end);
      } catch (error) {
        if (error instanceof DriveError) return problemResponse(passing(error).problem);
        if (error instanceof AppError) return problemResponse(error.problem);
        throw error;
      }
    },
  };
}

class RemoteDoor {
  readonly #gateway: Gateway;
  readonly #streams: RemoteStreams;
  readonly #accountId: AccountId;

  constructor(gateway: Gateway, streams: RemoteStreams, accountId: AccountId) {
    this.#gateway = gateway;
    this.#streams = streams;
    this.#accountId = accountId;
  }

  async scopes(request: Request, end?: AbortSignal): Promise<Response> {
    const response = await this.#gateway.handle(request, end);
    if (!response.ok) return response;
    const text = await response.text();
    const list = scopeListSchema.safeParse(readJson(text));
    // What is no such list is for the page to judge.
    if (!list.success) return new Response(text, { status: response.status, headers: response.headers });
    return json({ ...list.data, scopes: [...list.data.scopes, ...(await this.#heads())] });
  }

  async events(request: Request, end?: AbortSignal): Promise<Response> {
    const response = await this.#gateway.handle(request, end);
    if (!response.ok || response.body === null) return response;
    let leave: (() => void) | undefined;
    const merged = mergeEvents(
      response.body,
      () => this.#heads(),
      () => leave?.(),
    );
    leave = this.#streams.attend(this.#accountId, merged.say);
    return new Response(merged.stream, { status: response.status, headers: response.headers });
  }

  async sync(query: URLSearchParams, signal: AbortSignal): Promise<Response> {
    const { scope, cursor } = syncQuerySchema.parse(Object.fromEntries(query));
    const answer = await this.#streams.get(this.#accountId, scope).sync(cursor, signal);
    const mark = { cursor: answer.cursor, seq: answer.seq, isEnd: true, total: answer.envelopes.length };
    const lines = [...answer.envelopes, { mark }].map((line) => `${JSON.stringify(line)}\n`);
    const headers = secure(new Headers({ "content-type": "application/x-ndjson" }));
    return new Response(lines.join(""), { headers });
  }

  /** A batch is of one lane, and a lane of one scope. */
  async mutations(request: Request, end: AbortSignal | undefined, signal: AbortSignal): Promise<Response> {
    const text = await request.text();
    const forward = () =>
      this.#gateway.handle(
        new Request(request.url, {
          method: "POST",
          headers: request.headers,
          body: text,
          signal: request.signal,
        }),
        end,
      );
    if (!text.includes('"remote:')) return forward();
    const parsed = mutationRequestSchema.safeParse(readJson(text));
    if (!parsed.success || !parsed.data.mutations.some(({ scope }) => isRemote(scope))) return forward();
    const results: MutationResult[] = [];
    // oxlint-disable-next-line no-await-in-loop -- in the order in which they were made
    for (const mutation of parsed.data.mutations) results.push(await this.#carryOut(mutation, signal));
    return json({ results });
  }

  async #carryOut(mutation: Mutation, signal: AbortSignal): Promise<MutationResult> {
    const { id, scope } = mutation;
    try {
      const outcome = await this.#streams
        .get(this.#accountId, scope)
        .write(mutation, writeOf(mutation), signal);
      if (outcome.status === "applied") return { id, ...outcome };
      return { id, ...outcome, error: conflict().problem };
    } catch (error) {
      if (!(error instanceof AppError) || (error instanceof DriveError && PASSING.has(error.fault)))
        throw error;
      return { id, status: "rejected", error: error.problem };
    }
  }

  #heads() {
    return Promise.all(
      this.#streams
        .of(this.#accountId)
        .map(async (stream) => ({ scope: stream.scope, head: await stream.head() })),
    );
  }
}

function isRemote(scope: string | null): boolean {
  return scope?.startsWith("remote:") === true;
}

/** @throws AppError unsupported, badRequest */
function writeOf({ name, scope, args }: Mutation): RemoteWrite {
  if (parseScope(scope).kind === "remote" && isTaken(name)) {
    const parsed = mutations[name].safeParse(args);
    if (!parsed.success)
      throw new AppError("badRequest", { title: "This write cannot be read", detail: parsed.error.message });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very name
    return { name, args: parsed.data } as RemoteWrite;
  }
  throw new AppError("unsupported", {
    title: "What lies elsewhere does not take this",
    detail: "Only its events and tasks can be written, as far as iCalendar has a property for it.",
  });
}

const taken = [
  "calendarObject.put",
  "calendarObject.remove",
  "task.create",
  "task.update",
  "task.move",
  "task.remove",
] as const satisfies readonly RemoteWrite["name"][];

function isTaken(name: string): name is RemoteWrite["name"] {
  return taken.some((each) => each === name);
}

/** To a page its server is away, whatever the reason: its own sign-in has nothing to do with it. */
function passing(error: DriveError): AppError {
  const { title, detail, retryAfter } = error.problem;
  return new AppError("unavailable", {
    title,
    retryAfter: retryAfter ?? 30,
    ...(detail === undefined ? {} : { detail }),
  });
}

function conflict(): AppError {
  return new AppError("conflict", {
    title: "Someone else changed this",
    detail: "It is no longer as it was when you changed it. Look at it and decide again.",
  });
}

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), {
    headers: secure(new Headers({ "content-type": "application/json" })),
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
