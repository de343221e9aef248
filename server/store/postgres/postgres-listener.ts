import { Client, type ClientConfig } from "pg";
import type { Scope } from "#contract/scope.ts";
import type { Announcer } from "../announcer.ts";
import { integerOf, scopeOf, storedRowOf } from "../columns.ts";
import { lineOf } from "../row-shape.ts";
import type { StoreEvent } from "../store.ts";
import { CHANNEL, parseNotes, type Note } from "./notes.ts";
import { queryRows, type Queryable } from "./queries.ts";

export interface ListenerOptions {
  config: ClientConfig;
  /** Rows are read through it, not through the listening connection. */
  db: Queryable;
  announcer: Announcer;
  onError: (error: unknown) => void;
  reconnectMs: number;
}

/**
 * Learns of the commits of every process, this one's too, through one connection that listens. Notifications come in the
 * order of the commits, so each scope is read onwards from where it was. When the connection breaks, another is made and
 * every scope is read from where it was.
 */
export class PostgresListener {
  readonly #options: ListenerOptions;
  readonly #known = new Map<Scope, number>();
  #client: Client | undefined;
  #pending: Note[] = [];
  #isPumping = false;
  #isClosed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#connect();
    for (const [scope, head] of await this.#heads()) this.#known.set(scope, head);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const client = new Client({ ...this.#options.config, keepAlive: true });
    client.on("error", (error) => this.#broken(client, error));
    client.on("end", () => this.#broken(client, undefined));
    client.on("notification", ({ payload }) => this.#onNotification(client, payload ?? "[]"));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      if (this.#isClosed) throw new Error("closed meanwhile");
    } catch (error) {
      await client.end();
      throw error;
    }
    this.#client = client;
  }

  #onNotification(client: Client, payload: string): void {
    try {
      this.#pending.push(...parseNotes(payload));
      this.#pump();
    } catch (error) {
      // Said by a newer server, or by nobody of ours: what it meant is found by looking at everything anew.
      this.#giveUp(client, error);
    }
  }

  #giveUp(client: Client, error: unknown): void {
    this.#broken(client, error);
    client.end().catch(this.#options.onError);
  }

  #broken(client: Client, error: unknown): void {
    if (this.#isClosed || this.#client !== client) return;
    this.#client = undefined;
    this.#options.onError(error ?? new Error("the listening connection ended"));
    this.#reconnectSoon();
  }

  #reconnectSoon(): void {
    this.#retry = setTimeout(() => {
      this.#reconnect().catch((error: unknown) => {
        this.#options.onError(error);
        if (!this.#isClosed) this.#reconnectSoon();
      });
    }, this.#options.reconnectMs);
  }

  async #reconnect(): Promise<void> {
    await this.#connect();
    const heads = await this.#heads();
    for (const [scope, to] of heads) {
      const from = this.#known.get(scope) ?? 0;
      if (to > from) this.#pending.push({ t: "c", scope, from, to });
    }
    this.#options.announcer.announce([{ type: "interrupted" }]);
    this.#pump();
  }

  async #heads(): Promise<Map<Scope, number>> {
    const rows = await queryRows(this.#options.db, "SELECT scope, head FROM scopes");
    return new Map(rows.map((row) => [scopeOf(row["scope"]), integerOf(row["head"])]));
  }

  #pump(): void {
    if (this.#isPumping || this.#isClosed) return;
    this.#isPumping = true;
    this.#deliverAll()
      .catch((error: unknown) => {
        // What was not read stays unread in `known`, and the reconnection reads it.
        this.#options.onError(error);
        const client = this.#client;
        if (client !== undefined) this.#giveUp(client, error);
      })
      .finally(() => {
        this.#isPumping = false;
        if (this.#pending.length > 0 && this.#client !== undefined) this.#pump();
      });
  }

  /** All notifications that came meanwhile are answered with one question to the database. */
  async #deliverAll(): Promise<void> {
    while (this.#pending.length > 0 && !this.#isClosed) {
      const notes = this.#pending;
      this.#pending = [];
      this.#options.announcer.announce(inOrder(notes, await this.#readChanges(notes)));
    }
  }

  async #readChanges(notes: readonly Note[]): Promise<ChangeEvent[]> {
    const ranges = new Map<Scope, { after: number; to: number }>();
    for (const note of notes) {
      if (note.t !== "c") continue;
      const after = ranges.get(note.scope)?.after ?? this.#known.get(note.scope) ?? note.from;
      if (note.to > after) ranges.set(note.scope, { after, to: note.to });
    }
    if (ranges.size === 0) return [];
    const rows = await queryRows(
      this.#options.db,
      `SELECT range.scope, seq, collection, id, rev, op, data
       FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS range (scope, after, upto),
       LATERAL (SELECT * FROM rows WHERE rows.scope = range.scope AND rows.seq > range.after
         AND rows.seq <= range.upto ORDER BY rows.seq OFFSET 0) AS changed`,
      [
        [...ranges.keys()],
        [...ranges.values()].map((range) => range.after),
        [...ranges.values()].map((range) => range.to),
      ],
    );
    for (const [scope, { to }] of ranges) this.#known.set(scope, to);
    return rows.map((row) => {
      const stored = storedRowOf(scopeOf(row["scope"]), row);
      const { scope, seq, collection, id } = stored;
      return { type: "change", scope, seq, collection, id, line: lineOf(stored) };
    });
  }
}

type ChangeEvent = StoreEvent & { type: "change" };

/** Each change behind the notes of the commits before its own; `changes` are in order within their scope. */
function inOrder(notes: readonly Note[], changes: readonly ChangeEvent[]): StoreEvent[] {
  const waiting = Map.groupBy(changes, (change) => change.scope);
  return notes.flatMap((note): StoreEvent[] => {
    if (note.t !== "c") return eventsOf(note);
    const ofScope = waiting.get(note.scope) ?? [];
    const later = ofScope.findIndex((change) => change.seq > note.to);
    return ofScope.splice(0, later < 0 ? ofScope.length : later);
  });
}

function eventsOf(note: Note): StoreEvent[] {
  if (note.t === "a") {
    return [{ type: "readerAdded", scope: note.scope, personId: note.person, head: note.head }];
  }
  if (note.t === "r") return [{ type: "readerRemoved", scope: note.scope, personId: note.person }];
  if (note.t === "s") return [{ type: "sessionEnded", sessionId: note.session }];
  if (note.t === "t") return [{ type: "typing", data: note.data }];
  if (note.t === "d") return [{ type: "due", dueAtMs: note.at }];
  return [];
}
