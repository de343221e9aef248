import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CollectionName } from "#contract/collections.ts";
import {
  conversationIdSchema,
  createId,
  membershipId,
  personIdSchema,
  spaceIdSchema,
  type ConversationId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { DIRECTORY, spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { createServerApp, type ServerApp } from "#server/app.ts";
import type { ServerConfig } from "#server/config.ts";
import { addReaders, loadRows } from "#server/seed/load-rows.ts";
import { spaceRows } from "#server/seed/space-rows.ts";
import { hashToken } from "#server/sign-in/tokens.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import type { RowWrite, Store } from "#server/store/store.ts";

export type TestFetch = (path: string, init?: RequestInit) => Promise<Response>;

/** The day on which the prepared rows were written. */
const DAY_MS = Date.parse("2026-11-20T08:00:00.000Z");

/** The reference server over a database in a folder of its own, with two people, a space and its channel. */
export class Workplace {
  readonly ada = personIdSchema.parse(createId());
  readonly ben = personIdSchema.parse(createId());
  readonly spaceId: SpaceId = spaceIdSchema.parse(createId());
  readonly scope: Scope = spaceScope(this.spaceId);
  readonly channelId: ConversationId = conversationIdSchema.parse(createId());
  readonly #folder: string;
  readonly #config: Partial<ServerConfig>;
  #store: Store;
  #app: ServerApp;

  private constructor(folder: string, config: Partial<ServerConfig>, store: Store, app: ServerApp) {
    this.#folder = folder;
    this.#config = config;
    this.#store = store;
    this.#app = app;
  }

  static async create(config: Partial<ServerConfig> = {}): Promise<Workplace> {
    const folder = await mkdtemp(join(tmpdir(), "parvis-sync-"));
    const store = openSqliteStore({ folder });
    const app = await createServerApp({ store, config });
    const workplace = new Workplace(folder, config, store, app);
    await workplace.#prepare();
    return workplace;
  }

  get store(): Store {
    return this.#store;
  }

  async close(): Promise<void> {
    await this.#app.close();
    await this.#store.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** The same address answers from other data, as after a server was set up anew. */
  async replaceData(): Promise<void> {
    await this.#app.close();
    await this.#store.close();
    await rm(this.#folder, { recursive: true, force: true });
    this.#store = openSqliteStore({ folder: await mkdtemp(join(tmpdir(), "parvis-sync-")) });
    this.#app = await createServerApp({ store: this.#store, config: this.#config });
    await this.#prepare();
  }

  /** What the gateway does: the same request with this person's token. */
  fetchAs(personId: PersonId): TestFetch {
    return async (path, init) => {
      const signal = init?.signal ?? undefined;
      signal?.throwIfAborted();
      const headers = new Headers(init?.headers);
      headers.set("authorization", `Bearer ${tokenOf(personId)}`);
      const request = new Request(`http://workplace.test${path}`, { ...init, headers });
      const response = await this.#app.fetch(request);
      signal?.throwIfAborted();
      if (response.body === null || signal === undefined) return response;
      const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal });
      return new Response(body, response);
    };
  }

  async load(rows: Iterable<RowWrite>): Promise<void> {
    await loadRows(this.#store, rows);
  }

  /** Messages of the channel as an import would write them, one a minute. */
  async loadMessages(
    count: number,
    options: { conversationId?: ConversationId; authorId?: PersonId } = {},
  ): Promise<void> {
    const { conversationId = this.channelId, authorId = this.ben } = options;
    await this.load(
      Array.from({ length: count }, (_, index) => {
        const id = createId();
        const data = {
          id,
          conversationId,
          authorId,
          body: `message ${index}`,
          sentAt: toIsoTime(DAY_MS + index * 60_000),
          version: 1,
        };
        return row(this.scope, "message", id, data);
      }),
    );
  }

  /** Sends one mutation as this person, past any client. */
  async mutate(personId: PersonId, name: string, scope: Scope, args: object): Promise<void> {
    const mutation = { id: createId(), name, scope, args, madeAt: toIsoTime(Date.now()) };
    const response = await this.fetchAs(personId)("/v1/mutations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ mutations: [mutation] }),
    });
    const answer = await response.text();
    if (!response.ok || !answer.includes('"status":"applied"')) throw new Error(answer);
  }

  /** Bodies of the channel's messages as the server has them, in order of time. */
  async bodies(
    conversationId: ConversationId = this.channelId,
    scope: Scope = this.scope,
  ): Promise<string[]> {
    const messages = (await this.#store.list(scope, "message")).filter(
      ({ op, data }) =>
        op === "put" && data["conversationId"] === conversationId && data["deletedAt"] === undefined,
    );
    return messages
      .toSorted((a, b) => (String(a.data["sentAt"]) < String(b.data["sentAt"]) ? -1 : 1))
      .map(({ data }) => String(data["body"]));
  }

  async #prepare(): Promise<void> {
    const createdAt = toIsoTime(DAY_MS - 86_400_000);
    const { spaceId, scope, channelId } = this;
    await this.load([
      row(DIRECTORY, "person", this.ada, { id: this.ada, displayName: "Ada Lovelace" }),
      row(DIRECTORY, "person", this.ben, {
        id: this.ben,
        displayName: "Bénédicte Œuvrard",
        jobTitle: "Archiviste",
      }),
      ...spaceRows({
        id: spaceId,
        name: "Voirie",
        kind: "community",
        visibility: "open",
        memberCount: 2,
        createdAt,
      }),
      row(scope, "channel", channelId, { id: channelId, spaceId, name: "Général", createdAt }),
      ...[this.ada, this.ben].map((personId) => {
        const id = membershipId(spaceId, personId);
        return row(scope, "membership", id, { id, spaceId, personId, role: "animator", joinedAt: createdAt });
      }),
    ]);
    await addReaders(this.#store, scope, [this.ada, this.ben]);
    for (const personId of [this.ada, this.ben]) {
      await this.#store.accounts.saveSession({
        tokenHash: hashToken(tokenOf(personId)),
        kind: "access",
        sessionId: createId(),
        personId,
        expiresAtMs: Date.now() + 86_400_000,
        generation: 0,
      });
    }
  }
}

function tokenOf(personId: PersonId): string {
  return `token-${personId}`;
}

function row(scope: Scope, collection: CollectionName, id: string, data: object): RowWrite {
  return { scope, collection, id, op: "put", data };
}
