import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Envelope } from "#contract/envelope.ts";
import { mutationRequestSchema, type Mutation } from "#contract/mutations.ts";
import { CONTRACT_VERSION, OLDEST_CONTRACT_VERSION } from "#contract/version.ts";
import { applyMutation } from "./stub-mutations.ts";
import type { Pace } from "./pace.ts";
import { StubScope } from "./stub-scope.ts";
import type { Workload } from "./workload.ts";

/**
 * A backend that answers `/v1/…` like a real one with the rows of a workload, for almost no work: what a bench
 * measures is then the client. It checks nothing and keeps nothing.
 */
export class StubBackend {
  readonly workload: Workload;
  /** Bytes a second over all answers of `/v1/sync`; undefined: as fast as they are read. */
  pace: Pace | undefined;
  readonly #scopes: Map<string, StubScope>;
  readonly #listeners = new Set<ServerResponse>();
  readonly #asked = new Set<string>();
  /** Answers to `/v1/sync` wait for this: to begin when the one who measures is ready. */
  gate: Promise<void> | undefined;
  /** What it says that it has. */
  modules: readonly string[] = ["messaging"];
  /** Answers to `/v1/sync` under way. */
  answering = 0;
  #eventId = 0;

  constructor(workload: Workload) {
    this.workload = workload;
    this.#scopes = new Map(workload.scopes.map((content) => [content.scope, new StubScope(content)]));
    for (const scope of this.#scopes.values()) scope.answer(undefined, 20_000, 200_000);
  }

  /** All rows as one answer: what the floor reads. */
  everything(): Buffer {
    return Buffer.concat(
      [...this.#scopes.values()].map((scope) => scope.answer(undefined, 1_000_000, 200_000)),
    );
  }

  /** Puts a change into its scope's stream and sends it to everyone who listens. */
  publish(envelopes: readonly Envelope[]): Envelope[] {
    const placed = envelopes.map(
      (envelope) => this.#scopes.get(envelope.scope)?.append(envelope) ?? envelope,
    );
    const frames = placed
      .map((row) => `event: change\nid: ${String(++this.#eventId)}\ndata: ${JSON.stringify(row)}\n\n`)
      .join("");
    for (const listener of this.#listeners) listener.write(frames);
    return placed;
  }

  /** Scopes that were synced at least once since `forget`. */
  get scopesAsked(): number {
    return this.#asked.size;
  }

  /** Before the next client comes. */
  forget(): void {
    this.#asked.clear();
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  async handle(request: IncomingMessage, response: ServerResponse, path: string, url: URL): Promise<void> {
    if (path === "/v1/capabilities") return sendJson(response, this.#capabilities());
    if (path === "/v1/me") return sendJson(response, { personId: this.workload.me });
    if (path === "/v1/scopes") return sendJson(response, { scopes: this.#heads() });
    if (path === "/v1/sync") return this.#sync(response, url.searchParams);
    if (path === "/v1/events") return this.#events(request, response);
    if (path.startsWith("/v1/history/")) return this.#history(response, url.searchParams);
    if (path === "/v1/mutations") return this.#mutate(request, response);
    response.writeHead(404, { "content-type": "application/problem+json" });
    response.end(JSON.stringify({ type: "about:blank", kind: "notFound", title: "Not found", status: 404 }));
  }

  #finder(scope: string): (id: string) => Record<string, unknown> | undefined {
    return (id) => this.#scopes.get(scope)?.find(id)?.data;
  }

  #capabilities(): object {
    return {
      service: "parvis",
      name: "Banc d'essai",
      server: { product: "bench", version: "1" },
      epoch: "bench",
      contract: { version: CONTRACT_VERSION, oldest: OLDEST_CONTRACT_VERSION },
      modules: this.modules,
      limits: { messageBytes: 65_536, mutationsPerRequest: 500, blobBytes: 1e9, blobPartBytes: 1e7 },
      signIn: [{ kind: "password" }],
    };
  }

  #heads(): { scope: string; head: number }[] {
    return [...this.#scopes.values()].map(({ scope, head }) => ({ scope, head }));
  }

  async #sync(response: ServerResponse, query: URLSearchParams): Promise<void> {
    const scope = this.#scopes.get(query.get("scope") ?? "");
    if (scope === undefined) return void response.writeHead(403).end();
    this.#asked.add(scope.scope);
    this.answering++;
    response.on("close", () => this.answering--);
    await this.gate;
    const timeline = Number(query.get("timeline") ?? 20_000);
    const body = scope.answer(
      query.get("cursor") ?? undefined,
      timeline,
      Number(query.get("limit") ?? 200_000),
    );
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    if (this.pace === undefined) return void response.end(body);
    await this.pace.send(response, body);
  }

  #events(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const hello = { isResumed: false, epoch: "bench", scopes: this.#heads() };
    response.write(`event: hello\ndata: ${JSON.stringify(hello)}\n\n`);
    this.#listeners.add(response);
    const heartbeat = setInterval(() => response.write(": still here\n\n"), 10_000);
    request.on("close", () => {
      clearInterval(heartbeat);
      this.#listeners.delete(response);
    });
  }

  #history(response: ServerResponse, query: URLSearchParams): void {
    const scope = this.#scopes.get(query.get("scope") ?? "");
    if (scope === undefined) return void response.writeHead(403).end();
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.end(
      scope.history({
        conversationId: query.get("conversationId") ?? "",
        threadId: query.get("threadId"),
        before: query.get("before"),
        limit: Number(query.get("limit") ?? 100),
      }),
    );
  }

  async #mutate(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { mutations } = mutationRequestSchema.parse(await json(request));
    const results = mutations.map((mutation: Mutation) => ({
      id: mutation.id,
      status: "applied",
      changes: this.publish(applyMutation(mutation, this.workload.me, this.#finder(mutation.scope))),
    }));
    sendJson(response, { results });
  }
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
