import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { Announcer, type StoreListener } from "./announcer.ts";
import { textOf } from "./columns.ts";
import { LAST_KEY } from "./row-shape.ts";
import { SerialQueue } from "./serial-queue.ts";
import { lockFolder } from "./sqlite/folder-lock.ts";
import { migrate } from "./sqlite/schema.ts";
import { SqliteAccounts } from "./sqlite/sqlite-accounts.ts";
import { SqliteAttendance } from "./sqlite/sqlite-attendance.ts";
import { SqliteBlobs } from "./sqlite/sqlite-blobs.ts";
import { SqliteCalendarFeeds } from "./sqlite/sqlite-calendar-feeds.ts";
import { SqliteCalendarNames } from "./sqlite/sqlite-calendar-names.ts";
import { SqliteDue } from "./sqlite/sqlite-due.ts";
import { asAppError } from "./sqlite/sqlite-errors.ts";
import { SqliteInvitationLinks } from "./sqlite/sqlite-invitation-links.ts";
import { SqliteReader } from "./sqlite/sqlite-reader.ts";
import { SqliteStreams } from "./sqlite/sqlite-streams.ts";
import { SqliteWriter } from "./sqlite/sqlite-writer.ts";
import type {
  DueRow,
  HistoryPage,
  HistoryRead,
  PassingEvent,
  Store,
  StoredLines,
  StoreTransaction,
} from "./store.ts";

export interface SqliteStoreOptions {
  /** Data folder, made if needed: `workplace.db`, `blobs/`. One process at a time. */
  folder: string;
  clock?: () => number;
}

/** @throws AppError locked, when another process has the folder; unsupported, when a newer server wrote it. */
export function openSqliteStore(options: SqliteStoreOptions): Store {
  mkdirSync(options.folder, { recursive: true });
  const unlock = lockFolder(options.folder);
  try {
    return new SqliteStore(options.folder, options.clock ?? Date.now, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

class SqliteStore implements Store {
  readonly epoch: string;
  readonly accounts: SqliteAccounts;
  readonly attendance: SqliteAttendance;
  readonly blobs: SqliteBlobs;
  readonly calendarFeeds: SqliteCalendarFeeds;
  readonly calendarNames: SqliteCalendarNames;
  readonly invitationLinks: SqliteInvitationLinks;
  readonly #writing: DatabaseSync;
  readonly #reading: DatabaseSync;
  readonly #writingReader: SqliteReader;
  readonly #writer: SqliteWriter;
  readonly #reader: SqliteReader;
  readonly #streams: SqliteStreams;
  readonly #due: SqliteDue;
  readonly #queue = new SerialQueue();
  readonly #announcer = new Announcer();
  readonly #unlock: () => void;

  constructor(folder: string, clock: () => number, unlock: () => void) {
    this.#unlock = unlock;
    const file = join(folder, "workplace.db");
    this.#writing = new DatabaseSync(file);
    // FULL: what was acknowledged survives a power cut, not only a killed process.
    this.#writing.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    this.#writing.exec("PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY");
    migrate(this.#writing, randomUUID);
    // A second connection sees committed rows only, also while a transaction is half done.
    this.#reading = new DatabaseSync(file);
    this.#reading.exec("PRAGMA query_only = ON; PRAGMA cache_size = -32000; PRAGMA mmap_size = 268435456");
    this.epoch = textOf(
      this.#reading.prepare("SELECT value FROM meta WHERE name = 'epoch'").get()?.["value"],
    );
    this.#writingReader = new SqliteReader(this.#writing);
    this.#writer = new SqliteWriter(this.#writing, this.#writingReader);
    this.#reader = new SqliteReader(this.#reading);
    this.#due = new SqliteDue(this.#reading);
    this.#streams = new SqliteStreams(this.#reading, this.#reader);
    const connections = { reading: this.#reading, writing: this.#writing, queue: this.#queue };
    this.accounts = new SqliteAccounts(connections, clock, (events) => this.#announcer.announce(events));
    this.attendance = new SqliteAttendance(connections);
    this.calendarFeeds = new SqliteCalendarFeeds(connections);
    this.calendarNames = new SqliteCalendarNames(connections);
    this.invitationLinks = new SqliteInvitationLinks(connections);
    this.blobs = new SqliteBlobs(connections, join(folder, "blobs"), clock);
  }

  transaction<T>(run: (tx: StoreTransaction) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      this.#writer.reset();
      this.#writing.exec("BEGIN IMMEDIATE");
      let value: T;
      try {
        value = await run(this.#writer);
        await this.#writer.settle();
        this.#writer.flushHeads();
        this.#writing.exec("COMMIT");
      } catch (error) {
        this.#rollback();
        throw asAppError(error);
      }
      this.#announcer.announce(this.#writer.events);
      return value;
    });
  }

  #rollback(): void {
    // Some failures (a full disk) have already rolled back.
    if (this.#writing.isTransaction) this.#writing.exec("ROLLBACK");
    this.#writer.reset();
    this.#writingReader.forgetKeys();
  }

  async head(scope: Scope): Promise<number> {
    return this.#reader.head(scope);
  }

  async scopesOf(personId: PersonId): Promise<{ scope: Scope; head: number }[]> {
    return this.#reader.scopesOf(personId);
  }

  async canRead(personId: PersonId, scope: Scope): Promise<boolean> {
    return this.#reader.canRead(personId, scope);
  }

  async readers(scope: Scope): Promise<PersonId[]> {
    return this.#reader.readers(scope);
  }

  async get(scope: Scope, collection: CollectionName, id: string): Promise<Envelope | undefined> {
    return this.#reader.get(scope, collection, id);
  }

  async list(scope: Scope, collection: CollectionName): Promise<Envelope[]> {
    return this.#reader.list(scope, collection);
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

  async count(scope: Scope): Promise<{ small: number; timeline: number }> {
    return this.#streams.count(scope);
  }

  async readHistory(query: HistoryRead): Promise<HistoryPage & { parts: Envelope[] }> {
    return this.#streams.history(query);
  }

  async due(nowMs: number, limit: number): Promise<DueRow[]> {
    return this.#due.list(nowMs, limit);
  }

  async tell(event: PassingEvent): Promise<void> {
    this.#announcer.announce([event]);
  }

  subscribe(listener: StoreListener): () => void {
    return this.#announcer.subscribe(listener);
  }

  async close(): Promise<void> {
    await this.#queue.run(() => {
      this.#reading.close();
      this.#writing.close();
      this.#unlock();
    });
  }
}
