import { createId, messageIdSchema, mutationIdSchema, personIdSchema, type PersonId } from "#contract/ids.ts";
import type { Envelope } from "#contract/envelope.ts";
import { mutationResponseSchema, type MutationResult } from "#contract/mutations.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { syncLineSchema, type SyncMark } from "#contract/sync.ts";
import { createServerApp, type ServerApp } from "../app.ts";
import type { ServerConfig } from "../config.ts";
import { createAccounts, loadRows } from "../seed/load-rows.ts";
import { hashToken } from "../sign-in/tokens.ts";
import type { Store } from "../store/store.ts";
import { EventReader } from "./event-reader.ts";

/** Longer than any test moves its clock. */
const YEAR_MS = 365 * 24 * 3_600_000;

/** A whole server over a store, called without a socket, with people who are signed in. For tests. */
export class TestWorkplace {
  readonly store: Store;
  readonly app: ServerApp;
  /** The server's clock; set it to make time pass. */
  nowMs: number;

  private constructor(store: Store, app: ServerApp, clock: { nowMs: number }) {
    this.store = store;
    this.app = app;
    this.nowMs = clock.nowMs;
  }

  static async open(store: Store, config: Partial<ServerConfig> = {}): Promise<TestWorkplace> {
    const holder: { workplace?: TestWorkplace; nowMs: number } = { nowMs: Date.now() };
    const app = await createServerApp({
      store,
      config,
      clock: () => holder.workplace?.nowMs ?? holder.nowMs,
    });
    holder.workplace = new TestWorkplace(store, app, holder);
    return holder.workplace;
  }

  async person(displayName: string, more: object = {}): Promise<TestPerson> {
    const personId = personIdSchema.parse(createId());
    const data = { id: personId, displayName, ...more };
    await loadRows(this.store, [{ scope: DIRECTORY, collection: "person", id: personId, op: "put", data }]);
    await createAccounts(this.store, [{ personId, username: personId }]);
    return new TestPerson(this, personId, await this.signIn(personId, YEAR_MS));
  }

  /** A new access token of a new session. */
  async signIn(personId: PersonId, lastsMs = 3_600_000): Promise<{ token: string; sessionId: string }> {
    const [token, sessionId] = [createId(), createId()];
    const expiresAtMs = this.nowMs + lastsMs;
    await this.store.accounts.saveSession({
      tokenHash: hashToken(token),
      kind: "access",
      sessionId,
      personId,
      expiresAtMs,
      generation: 0,
    });
    return { token, sessionId };
  }
}

export class TestPerson {
  readonly workplace: TestWorkplace;
  readonly id: PersonId;
  readonly sessionId: string;
  readonly token: string;

  constructor(workplace: TestWorkplace, id: PersonId, session: { token: string; sessionId: string }) {
    this.workplace = workplace;
    this.id = id;
    this.token = session.token;
    this.sessionId = session.sessionId;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const request = new Request(`http://parvis.test${path}`, {
      headers: { authorization: `Bearer ${this.token}`, ...headers },
    });
    return await this.workplace.app.fetch(request);
  }

  async post(path: string, body: unknown): Promise<Response> {
    const request = new Request(`http://parvis.test${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return await this.workplace.app.fetch(request);
  }

  /** A whole file. */
  async put(path: string, content: string): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      "content-type": "text/plain",
      "content-length": String(Buffer.byteLength(content)),
    };
    const request = new Request(`http://parvis.test${path}`, { method: "PUT", headers, body: content });
    const response = await this.workplace.app.fetch(request);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return response;
  }

  mutation(name: string, scope: string, args: object, id: string = createId()) {
    return { id: mutationIdSchema.parse(id), name, scope, args, madeAt: "2026-11-22T18:00:00.000Z" };
  }

  async sendAll(mutations: object[]): Promise<MutationResult[]> {
    const response = await this.post("/v1/mutations", { mutations });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return mutationResponseSchema.parse(await response.json()).results;
  }

  async mutate(name: string, scope: string, args: object): Promise<MutationResult> {
    const [result] = await this.sendAll([this.mutation(name, scope, args)]);
    if (result === undefined) throw new Error("no result");
    return result;
  }

  /** The same, for what must succeed. */
  async does(name: string, scope: string, args: object): Promise<Envelope[]> {
    const result = await this.mutate(name, scope, args);
    if (result.status !== "applied") throw new Error(`${name}: ${JSON.stringify(result)}`);
    return result.changes;
  }

  async sends(scope: string, conversationId: string, body: string, more: object = {}): Promise<Envelope> {
    const id = messageIdSchema.parse(createId());
    const changes = await this.does("message.send", scope, { id, conversationId, body, ...more });
    const message = changes.find((change) => change.id === id);
    if (message === undefined) throw new Error("the message did not come back");
    return message;
  }

  async syncPage(query: Record<string, string>): Promise<{ rows: Envelope[]; marks: SyncMark["mark"][] }> {
    const response = await this.get(`/v1/sync?${new URLSearchParams(query).toString()}`);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return parseSync(await response.text());
  }

  async rows(scope: string, collection?: string): Promise<Envelope[]> {
    const { rows } = await this.syncPage({ scope });
    return collection === undefined ? rows : rows.filter((row) => row.collection === collection);
  }

  async events(headers: Record<string, string> = {}): Promise<EventReader> {
    return new EventReader(await this.get("/v1/events", headers));
  }
}

function parseSync(text: string): { rows: Envelope[]; marks: SyncMark["mark"][] } {
  const rows: Envelope[] = [];
  const marks: SyncMark["mark"][] = [];
  for (const line of text.split("\n").filter((each) => each !== "")) {
    const value = syncLineSchema.parse(JSON.parse(line));
    if (isMark(value)) marks.push(value.mark);
    else rows.push(value);
  }
  return { rows, marks };
}

function isMark(line: SyncMark | Envelope): line is SyncMark {
  return "mark" in line;
}
