import { randomUUID } from "node:crypto";
import { Pool, type PoolClient } from "pg";
import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { Announcer, type StoreListener } from "./announcer.ts";
import { textOf } from "./columns.ts";
import { PostgresAccounts } from "./postgres/postgres-accounts.ts";
import { listDue } from "./postgres/postgres-due.ts";
import { PostgresAttendance } from "./postgres/postgres-attendance.ts";
import { PostgresBlobs } from "./postgres/postgres-blobs.ts";
import { PostgresCalendarFeeds } from "./postgres/postgres-calendar-feeds.ts";
import { PostgresCalendarNames } from "./postgres/postgres-calendar-names.ts";
import { PostgresInvitationLinks } from "./postgres/postgres-invitation-links.ts";
import { CHANNEL, writeNotes } from "./postgres/notes.ts";
import { PostgresListener } from "./postgres/postgres-listener.ts";
import { PostgresReader } from "./postgres/postgres-reader.ts";
import { PostgresStreams } from "./postgres/postgres-streams.ts";
import { PostgresTransaction } from "./postgres/postgres-transaction.ts";
import { asAppError, isCollision, queryRows, translating } from "./postgres/queries.ts";
import { migrate } from "./postgres/schema.ts";
import { LAST_KEY } from "./row-shape.ts";
import type {
  DueRow,
  HistoryPage,
  HistoryRead,
  PassingEvent,
  Store,
  StoredLines,
  StoreTransaction,
} from "./store.ts";

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  clock?: () => number;
  /** Told when the database cannot be reached; the store goes on trying. */
  onError?: (error: unknown) => void;
  connections?: number;
  reconnectMs?: number;
}

/**
 * Every question here is a walk along an index. Before the table's statistics are there, or when they are old, the planner
 * would collect and sort a whole scope for each page instead: 200 times slower.
 */
const PLANNER = "-c enable_bitmapscan=off -c enable_seqscan=off";

/** Several processes may use one database: each hears of the others' commits. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const onError = options.onError ?? (() => undefined);
  const config = {
    connectionString: options.url,
    connectionTimeoutMillis: 10_000,
    options: PLANNER,
  };
  const pool = new Pool({ ...config, max: options.connections ?? 10, keepAlive: true });
  // A connection that breaks while nobody uses it is replaced by the pool.
  pool.on("error", onError);
  const announcer = new Announcer();
  const reconnectMs = options.reconnectMs ?? 500;
  const listener = new PostgresListener({ config, db: pool, announcer, onError, reconnectMs });
  try {
    const epoch = await prepare(pool);
    await listener.start();
    return new PostgresStore({ pool, epoch, announcer, listener, clock: options.clock ?? Date.now });
  } catch (error) {
    await listener.close();
    await pool.end();
    throw asAppError(error);
  }
}

async function prepare(pool: Pool): Promise<string> {
  const client = await pool.connect();
  try {
    await migrate(client, randomUUID);
    const [row] = await queryRows(client, "SELECT value FROM meta WHERE name = 'epoch'");
    return textOf(row?.["value"]);
  } finally {
    client.release();
  }
}

interface Parts {
  pool: Pool;
  epoch: string;
  announcer: Announcer;
  listener: PostgresListener;
  clock: () => number;
}

const ATTEMPTS = 8;

class PostgresStore implements Store {
  readonly epoch: string;
  readonly accounts: PostgresAccounts;
  readonly attendance: PostgresAttendance;
  readonly blobs: PostgresBlobs;
  readonly calendarFeeds: PostgresCalendarFeeds;
  readonly calendarNames: PostgresCalendarNames;
  readonly invitationLinks: PostgresInvitationLinks;
  readonly #parts: Parts;
  readonly #reader: PostgresReader;
  readonly #streams: PostgresStreams;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.epoch = parts.epoch;
    this.accounts = new PostgresAccounts(parts.pool, parts.clock);
    this.attendance = new PostgresAttendance(parts.pool);
    this.calendarFeeds = new PostgresCalendarFeeds(parts.pool);
    this.calendarNames = new PostgresCalendarNames(parts.pool);
    this.invitationLinks = new PostgresInvitationLinks(parts.pool);
    this.blobs = new PostgresBlobs(parts.pool, parts.clock);
    this.#reader = new PostgresReader(parts.pool);
    this.#streams = new PostgresStreams(parts.pool);
  }

  async transaction<T>(run: (tx: StoreTransaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const client = await translating(this.#parts.pool.connect());
      client.on("error", onBroken);
      let failure: unknown;
      try {
        return await attemptTransaction(client, run);
      } catch (error) {
        failure = error;
      } finally {
        // A connection in an unknown state is not given to the next one.
        const isUnknown = failure !== undefined && !(await rolledBack(client));
        client.off("error", onBroken);
        client.release(isUnknown);
      }
      if (attempt >= ATTEMPTS || !isCollision(failure)) throw asAppError(failure);
    }
  }

  head(scope: Scope): Promise<number> {
    return translating(this.#reader.head(scope));
  }

  scopesOf(personId: PersonId): Promise<{ scope: Scope; head: number }[]> {
    return translating(this.#reader.scopesOf(personId));
  }

  canRead(personId: PersonId, scope: Scope): Promise<boolean> {
    return translating(this.#reader.canRead(personId, scope));
  }

  readers(scope: Scope): Promise<PersonId[]> {
    return translating(this.#reader.readers(scope));
  }

  get(scope: Scope, collection: CollectionName, id: string): Promise<Envelope | undefined> {
    return translating(this.#reader.get(scope, collection, id));
  }

  list(scope: Scope, collection: CollectionName): Promise<Envelope[]> {
    return translating(this.#reader.list(scope, collection));
  }

  readTail(scope: Scope, after: number, limit: number): AsyncIterable<StoredLines> {
    return this.#streams.tail(scope, after, limit);
  }

  readSmall(scope: Scope, head: number, after: number, limit: number): AsyncIterable<StoredLines> {
    return this.#streams.small(scope, head, after, limit);
  }

  readTimeline(
    scope: Scope,
    head: number,
    before: string | undefined,
    limit: number,
  ): AsyncIterable<StoredLines> {
    return this.#streams.timeline(scope, head, before ?? LAST_KEY, limit);
  }

  count(scope: Scope): Promise<{ small: number; timeline: number }> {
    return translating(this.#streams.count(scope));
  }

  readHistory(query: HistoryRead): Promise<HistoryPage & { parts: Envelope[] }> {
    return translating(this.#streams.history(query));
  }

  due(nowMs: number, limit: number): Promise<DueRow[]> {
    return translating(listDue(this.#parts.pool, nowMs, limit));
  }

  async tell(event: PassingEvent): Promise<void> {
    for (const payload of writeNotes([{ t: "t", data: event.data }])) {
      await translating(queryRows(this.#parts.pool, "SELECT pg_notify($1, $2)", [CHANNEL, payload]));
    }
  }

  subscribe(listener: StoreListener): () => void {
    return this.#parts.announcer.subscribe(listener);
  }

  async close(): Promise<void> {
    await this.#parts.listener.close();
    await this.#parts.pool.end();
  }
}

async function attemptTransaction<T>(
  client: PoolClient,
  run: (tx: StoreTransaction) => Promise<T>,
): Promise<T> {
  await client.query("BEGIN");
  const tx = new PostgresTransaction(client);
  const value = await run(tx);
  await tx.settle();
  await tx.notify();
  await client.query("COMMIT");
  return value;
}

/** Whatever runs on a connection that breaks fails by itself; without a listener the event would end the process. */
function onBroken(): void {}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query("ROLLBACK");
    return true;
  } catch {
    // The connection is gone, and its transaction with it.
    return false;
  }
}
