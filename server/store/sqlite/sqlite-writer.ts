import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Envelope } from "#contract/envelope.ts";
import type { BlobState } from "#contract/blobs.ts";
import { personIdSchema, type BlobId, type MutationId, type PersonId } from "#contract/ids.ts";
import type { CollectionName } from "#contract/collections.ts";
import { ADMINISTRATION, type Scope } from "#contract/scope.ts";
import { accessOf } from "../access.ts";
import { keepGuestCopies, Touched } from "../guest-copies.ts";
import { blobStateOf } from "../blob-columns.ts";
import { integerOf, optionalText, textOf } from "../columns.ts";
import { parseOutcome } from "../outcome.ts";
import { envelopeOf, isSameJson, lineOf, placeOf, timeOfKey, type StoredRow } from "../row-shape.ts";
import type { RowKey, RowWrite, StoredOutcome, StoreEvent, StoreTransaction } from "../store.ts";
import { endSessions } from "./sqlite-accounts.ts";
import { SqliteAccess } from "./sqlite-access.ts";
import { SqliteAttendanceWrites } from "./sqlite-attendance.ts";
import { SqliteDue } from "./sqlite-due.ts";
import { SqliteLookups } from "./sqlite-lookups.ts";
import type { SqliteReader } from "./sqlite-reader.ts";

/** The writing connection. One transaction runs at a time, so what it reads cannot change under it. */
export class SqliteWriter implements StoreTransaction {
  /** To announce once the transaction is committed. */
  events: StoreEvent[] = [];
  readonly find: SqliteLookups;
  readonly attendance: SqliteAttendanceWrites;
  readonly #access: SqliteAccess;
  readonly #touched = new Touched();
  readonly #db: DatabaseSync;
  readonly #reader: SqliteReader;
  readonly #due: SqliteDue;
  readonly #heads = new Map<Scope, { key: number; head: number }>();
  readonly #addScope: StatementSync;
  readonly #setHead: StatementSync;
  readonly #standing: StatementSync;
  readonly #messageKey: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #addReader: StatementSync;
  readonly #removeReader: StatementSync;
  readonly #outcome: StatementSync;
  readonly #saveOutcome: StatementSync;
  readonly #blob: StatementSync;
  readonly #condemn: StatementSync;

  constructor(db: DatabaseSync, reader: SqliteReader) {
    this.#db = db;
    this.#reader = reader;
    this.attendance = new SqliteAttendanceWrites(db);
    this.#access = new SqliteAccess(db);
    this.find = new SqliteLookups(db, reader);
    this.#due = new SqliteDue(db);
    this.#addScope = db.prepare("INSERT INTO scopes (scope, head) VALUES (?, 0)");
    this.#setHead = db.prepare("UPDATE scopes SET head = ? WHERE key = ?");
    this.#standing = db.prepare(
      "SELECT rowid AS row, seq, rev, op, data FROM rows WHERE scope = ? AND collection = ? AND id = ?",
    );
    this.#messageKey = db.prepare(
      "SELECT timeline_key FROM rows WHERE scope = ? AND collection = 'message' AND id = ?",
    );
    this.#insert = db.prepare(
      `INSERT INTO rows (scope, collection, id, seq, rev, op, data, timeline_key, conversation_id, parent_id)
       VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?)`,
    );
    this.#update = db.prepare(
      `UPDATE rows SET seq = ?, rev = ?, op = ?, data = ?, timeline_key = ?, conversation_id = ?, parent_id = ?
       WHERE rowid = ?`,
    );
    this.#addReader = db.prepare("INSERT OR IGNORE INTO readers (person, scope) VALUES (?, ?)");
    this.#removeReader = db.prepare("DELETE FROM readers WHERE person = ? AND scope = ?");
    this.#outcome = db.prepare("SELECT outcome FROM mutations WHERE person = ? AND id = ?");
    this.#condemn = db.prepare("UPDATE blobs SET is_condemned = 1 WHERE id = ? AND owner = ?");
    this.#blob = db.prepare("SELECT * FROM blobs WHERE id = ?");
    this.#saveOutcome = db.prepare("INSERT INTO mutations (person, id, outcome) VALUES (?, ?, ?)");
  }

  /** Called first in each transaction, and after a rollback. */
  reset(): void {
    this.events = [];
    this.#heads.clear();
    this.#touched.clear();
  }

  /** Called before the commit, when everything is written. */
  async settle(): Promise<void> {
    await keepGuestCopies(this, this.#access, this.#touched);
  }

  /** Called last before the commit. */
  flushHeads(): void {
    for (const { key, head } of this.#heads.values()) this.#setHead.run(head, key);
    for (const event of this.events) {
      if (event.type === "readerAdded") event.head = this.#heads.get(event.scope)?.head ?? event.head;
    }
    this.#heads.clear();
  }

  async lockRows(): Promise<void> {
    // One transaction runs at a time.
  }

  lock(): Promise<void> {
    return Promise.resolve();
  }

  get(scope: Scope, collection: CollectionName, id: string): Promise<Envelope | undefined> {
    return Promise.resolve(this.#reader.get(scope, collection, id));
  }

  list(scope: Scope, collection: CollectionName): Promise<Envelope[]> {
    return Promise.resolve(this.#reader.list(scope, collection));
  }

  canRead(personId: PersonId, scope: Scope): Promise<boolean> {
    return Promise.resolve(this.#reader.canRead(personId, scope));
  }

  readers(scope: Scope): Promise<PersonId[]> {
    return Promise.resolve(this.#reader.readers(scope));
  }

  async scopesOf(personId: PersonId): Promise<{ scope: Scope; head: number }[]> {
    return this.#reader.scopesOf(personId);
  }

  async blob(id: BlobId): Promise<BlobState | undefined> {
    const row = this.#blob.get(id);
    return row === undefined ? undefined : blobStateOf(row);
  }

  async condemnBlobs(blobs: readonly { id: BlobId; ownerId: PersonId }[]): Promise<void> {
    for (const { id, ownerId } of blobs) this.#condemn.run(id, ownerId);
  }

  async write(rows: readonly RowWrite[]): Promise<Envelope[]> {
    return rows.map((row) => envelopeOf(this.#writeRow(row)));
  }

  async load(rows: readonly RowWrite[]): Promise<number> {
    const before = this.events.length;
    for (const row of rows) this.#writeRow(row);
    return this.events.length - before;
  }

  async newestSentAt(scope: Scope): Promise<string | undefined> {
    const key = this.#reader.newestKey(scope);
    return key === undefined ? undefined : timeOfKey(key);
  }

  async addReaders(scope: Scope, personIds: readonly PersonId[]): Promise<void> {
    const stream = this.#head(scope);
    for (const personId of personIds) this.#letIn(scope, stream, personId);
  }

  async removeReaders(scope: Scope, personIds: readonly PersonId[]): Promise<void> {
    const stream = this.#head(scope);
    for (const personId of personIds) this.#shutOut(scope, stream, personId);
  }

  async setDue({ scope, collection, id }: RowKey, dueAtMs: number | null): Promise<void> {
    const { key } = this.#head(scope);
    if (dueAtMs === null) {
      this.#due.clear(key, collection, id);
      return;
    }
    this.#due.set(key, collection, id, dueAtMs);
    this.events.push({ type: "due", dueAtMs });
  }

  async dueAt({ scope, collection, id }: RowKey): Promise<number | undefined> {
    const key = this.#reader.key(scope);
    return key === undefined ? undefined : this.#due.at(key, collection, id);
  }

  async filesOf(scope: Scope, limit: number): Promise<{ id: BlobId; ownerId: PersonId }[]> {
    return this.#due.files(scope, limit);
  }

  async endSession(sessionId: string): Promise<void> {
    for (const ended of endSessions(this.#db, "session_id = ?", sessionId)) {
      this.events.push({ type: "sessionEnded", sessionId: ended });
    }
  }

  async removeScope(scope: Scope): Promise<void> {
    await this.removeReaders(scope, this.#reader.readers(scope));
    this.#due.removeRows(this.#head(scope).key);
    for (const table of ["calendar_names", "calendar_feeds"])
      this.#db.prepare(`DELETE FROM ${table} WHERE scope = ?`).run(scope);
  }

  async outcome(personId: PersonId, id: MutationId): Promise<StoredOutcome | undefined> {
    const row = this.#outcome.get(personId, id);
    return row === undefined ? undefined : parseOutcome(textOf(row["outcome"]));
  }

  async saveOutcome(personId: PersonId, id: MutationId, outcome: StoredOutcome): Promise<void> {
    this.#saveOutcome.run(personId, id, JSON.stringify(outcome));
  }

  #writeRow(row: RowWrite): StoredRow {
    const { scope, collection, id, op } = row;
    const stream = this.#head(scope);
    const data = JSON.stringify(row.data);
    const standing = this.#standing.get(stream.key, collection, id);
    if (standing !== undefined && standing["op"] === op && isSameJson(textOf(standing["data"]), data)) {
      return { ...row, data, seq: integerOf(standing["seq"]), rev: integerOf(standing["rev"]) };
    }
    stream.head += 1;
    const seq = stream.head;
    const rev = standing === undefined ? 1 : integerOf(standing["rev"]) + 1;
    const place = placeOf(row, (messageId) => this.#keyOf(stream.key, messageId));
    const { timelineKey, conversationId, parentId } = place;
    if (standing === undefined) {
      this.#insert.run(stream.key, collection, id, seq, op, data, timelineKey, conversationId, parentId);
    } else {
      const rowId = integerOf(standing["row"]);
      this.#update.run(seq, rev, op, data, timelineKey, conversationId, parentId, rowId);
    }
    if (op === "delete") this.#due.clear(stream.key, collection, id);
    const stored = { scope, seq, collection, id, rev, op, data };
    this.events.push({ type: "change", scope, seq, collection, id, line: lineOf(stored) });
    this.#noteAccess(stored);
    return stored;
  }

  /** Who may read the directory and administration follows from the rows of people. */
  #noteAccess(row: StoredRow): void {
    const access = accessOf(row);
    const personId = personIdSchema.safeParse(row.id).data;
    if (access === undefined || personId === undefined) return;
    const { scope } = row;
    this.#touched.people.add(personId);
    if (this.#access.setGuest(personId, access.isGuest)) {
      this.#touched.turned.add(personId);
      const { head } = this.#head(scope);
      if (access.isGuest) this.events.push({ type: "readerRemoved", scope, personId });
      else this.events.push({ type: "readerAdded", scope, personId, head });
    }
    if (access.isAdministrator === this.#reader.canRead(personId, ADMINISTRATION)) return;
    const stream = this.#head(ADMINISTRATION);
    if (access.isAdministrator) this.#letIn(ADMINISTRATION, stream, personId);
    else this.#shutOut(ADMINISTRATION, stream, personId);
  }

  #letIn(scope: Scope, stream: { key: number; head: number }, personId: PersonId): void {
    if (this.#addReader.run(personId, stream.key).changes === 0) return;
    this.#touched.scopes.add(scope);
    this.events.push({ type: "readerAdded", scope, personId, head: stream.head });
  }

  #shutOut(scope: Scope, stream: { key: number }, personId: PersonId): void {
    if (this.#removeReader.run(personId, stream.key).changes === 0) return;
    this.#touched.scopes.add(scope);
    this.events.push({ type: "readerRemoved", scope, personId });
  }

  #keyOf(scopeKey: number, messageId: string): string | undefined {
    return optionalText(this.#messageKey.get(scopeKey, messageId)?.["timeline_key"]);
  }

  #head(scope: Scope): { key: number; head: number } {
    const known = this.#heads.get(scope);
    if (known !== undefined) return known;
    const key = this.#reader.key(scope) ?? Number(this.#addScope.run(scope).lastInsertRowid);
    const stream = { key, head: this.#reader.head(scope) };
    this.#heads.set(scope, stream);
    return stream;
  }
}
