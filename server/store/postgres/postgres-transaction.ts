import type { PoolClient } from "pg";
import type { BlobState } from "#contract/blobs.ts";
import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import { personIdSchema, type BlobId, type MutationId, type PersonId } from "#contract/ids.ts";
import { ADMINISTRATION, DIRECTORY, type Scope } from "#contract/scope.ts";
import { accessOf } from "../access.ts";
import { keepGuestCopies, Touched } from "../guest-copies.ts";
import { blobStateOf } from "../blob-columns.ts";
import { integerOf, personOf, scopeOf, storedRowOf, textOf } from "../columns.ts";
import { parseOutcome } from "../outcome.ts";
import { envelopeOf, messageOf, timeOfKey, type StoredRow } from "../row-shape.ts";
import type { RowKey, RowWrite, StoredOutcome, StoreTransaction } from "../store.ts";
import { CHANNEL, writeNotes, type Note } from "./notes.ts";
import { PostgresGuestLookups, setGuests } from "./postgres-access.ts";
import { endSessions } from "./postgres-accounts.ts";
import { PostgresAttendanceWrites } from "./postgres-attendance.ts";
import { keyOfRow, planWrites, type PlannedRow, type Standing } from "./plan-writes.ts";
import { clearDue, dueAt, filesOf, removeRows, saveDue } from "./postgres-due.ts";
import { PostgresLookups } from "./postgres-lookups.ts";
import { PostgresReader } from "./postgres-reader.ts";
import { queryCount, queryRows } from "./queries.ts";

/** One transaction on its own connection. Rows of scopes are locked in the order of their names: no deadlock. */
export class PostgresTransaction implements StoreTransaction {
  readonly find: PostgresLookups;
  readonly #client: PoolClient;
  readonly attendance: PostgresAttendanceWrites;
  readonly #reader: PostgresReader;
  readonly #touched = new Touched();
  readonly #heads = new Map<Scope, { first: number; head: number }>();
  readonly #readerNotes: (Note & { t: "a" | "r" })[] = [];
  readonly #sessionNotes: Note[] = [];
  #soonest: number | undefined;

  constructor(client: PoolClient) {
    this.#client = client;
    this.#reader = new PostgresReader(client);
    this.attendance = new PostgresAttendanceWrites(client);
    this.find = new PostgresLookups(client);
  }

  async lockRows(scopes: readonly Scope[]): Promise<void> {
    await this.#lockScopes([...new Set(scopes)]);
  }

  async lock(scope: Scope): Promise<void> {
    // By name and not by row: the scope may not exist yet.
    await this.#client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [scope]);
  }

  get(scope: Scope, collection: CollectionName, id: string): Promise<Envelope | undefined> {
    return this.#reader.get(scope, collection, id);
  }

  list(scope: Scope, collection: CollectionName): Promise<Envelope[]> {
    return this.#reader.list(scope, collection);
  }

  canRead(personId: PersonId, scope: Scope): Promise<boolean> {
    return this.#reader.canRead(personId, scope);
  }

  readers(scope: Scope): Promise<PersonId[]> {
    return this.#reader.readers(scope);
  }

  scopesOf(personId: PersonId): Promise<{ scope: Scope; head: number }[]> {
    return this.#reader.scopesOf(personId);
  }

  async blob(id: BlobId): Promise<BlobState | undefined> {
    const [row] = await queryRows(this.#client, "SELECT * FROM blobs WHERE id = $1", [id]);
    return row === undefined ? undefined : blobStateOf(row);
  }

  async condemnBlobs(blobs: readonly { id: BlobId; ownerId: PersonId }[]): Promise<void> {
    if (blobs.length === 0) return;
    await queryCount(
      this.#client,
      `UPDATE blobs SET is_condemned = true FROM unnest($1::text[], $2::text[]) AS gone (id, owner)
       WHERE blobs.id = gone.id AND blobs.owner = gone.owner`,
      [blobs.map(({ id }) => id), blobs.map(({ ownerId }) => ownerId)],
    );
  }

  async write(rows: readonly RowWrite[]): Promise<Envelope[]> {
    const { results } = await this.#write(rows);
    return results.map((row) => envelopeOf(row));
  }

  async load(rows: readonly RowWrite[]): Promise<number> {
    const { changed } = await this.#write(rows);
    return changed.length;
  }

  async newestSentAt(scope: Scope): Promise<string | undefined> {
    const key = await this.#reader.newestKey(scope);
    return key === undefined ? undefined : timeOfKey(key);
  }

  async addReaders(scope: Scope, personIds: readonly PersonId[]): Promise<void> {
    const heads = await this.#lockScopes([scope]);
    const added = await queryRows(
      this.#client,
      `INSERT INTO readers (scope, person) SELECT $1, person FROM unnest($2::text[]) AS person
       ON CONFLICT DO NOTHING RETURNING person`,
      [scope, personIds],
    );
    if (added.length > 0) this.#touched.scopes.add(scope);
    for (const row of added) {
      const person = personOf(row["person"]);
      this.#readerNotes.push({ t: "a", scope, person, head: heads.get(scope) ?? 0 });
    }
  }

  async removeReaders(scope: Scope, personIds: readonly PersonId[]): Promise<void> {
    const removed = await queryRows(
      this.#client,
      "DELETE FROM readers WHERE scope = $1 AND person = ANY ($2) RETURNING person",
      [scope, personIds],
    );
    if (removed.length > 0) this.#touched.scopes.add(scope);
    for (const row of removed) this.#readerNotes.push({ t: "r", scope, person: personOf(row["person"]) });
  }

  async setDue(key: RowKey, dueAtMs: number | null): Promise<void> {
    if (dueAtMs === null) return clearDue(this.#client, [key]);
    await saveDue(this.#client, key, dueAtMs);
    this.#soonest = Math.min(this.#soonest ?? dueAtMs, dueAtMs);
  }

  dueAt(key: RowKey): Promise<number | undefined> {
    return dueAt(this.#client, key);
  }

  filesOf(scope: Scope, limit: number): Promise<{ id: BlobId; ownerId: PersonId }[]> {
    return filesOf(this.#client, scope, limit);
  }

  async endSession(sessionId: string): Promise<void> {
    for (const session of await endSessions(this.#client, "session_id = $1", sessionId)) {
      this.#sessionNotes.push({ t: "s", session });
    }
  }

  async removeScope(scope: Scope): Promise<void> {
    await this.#lockScopes([scope]);
    await this.removeReaders(scope, await this.#reader.readers(scope));
    await removeRows(this.#client, scope);
  }

  async outcome(personId: PersonId, id: MutationId): Promise<StoredOutcome | undefined> {
    const [row] = await queryRows(
      this.#client,
      "SELECT outcome FROM mutations WHERE person = $1 AND id = $2",
      [personId, id],
    );
    return row === undefined ? undefined : parseOutcome(textOf(row["outcome"]));
  }

  async saveOutcome(personId: PersonId, id: MutationId, outcome: StoredOutcome): Promise<void> {
    await this.#client.query("INSERT INTO mutations (person, id, outcome) VALUES ($1, $2, $3)", [
      personId,
      id,
      JSON.stringify(outcome),
    ]);
  }

  /** Called before the commit, when everything is written. */
  async settle(): Promise<void> {
    await keepGuestCopies(this, new PostgresGuestLookups(this.#client), this.#touched);
  }

  /** Called last before the commit: the notifications go out with it, in the order of the commits. */
  async notify(): Promise<void> {
    const notes: Note[] = [...this.#sessionNotes];
    for (const note of this.#readerNotes) {
      const head = this.#heads.get(note.scope)?.head;
      notes.push(note.t === "a" ? { ...note, head: head ?? note.head } : note);
    }
    for (const [scope, { first, head }] of this.#heads) {
      if (head > first) notes.push({ t: "c", scope, from: first, to: head });
    }
    if (this.#soonest !== undefined) notes.push({ t: "d", at: this.#soonest });
    for (const payload of writeNotes(notes)) {
      await this.#client.query("SELECT pg_notify($1, $2)", [CHANNEL, payload]);
    }
  }

  async #write(writes: readonly RowWrite[]): Promise<{ results: StoredRow[]; changed: PlannedRow[] }> {
    if (writes.length === 0) return { results: [], changed: [] };
    const heads = await this.#lockScopes([...new Set(writes.map((write) => write.scope))]);
    const rows = await this.#standing(writes);
    const plan = planWrites(writes, { heads, rows, messageKeys: await this.#messageKeys(writes) });
    if (plan.changed.length > 0) {
      await this.#saveHeads(plan.heads);
      await this.#save(plan.changed);
      const deleted = plan.changed.filter((row) => row.op === "delete");
      if (deleted.length > 0) await clearDue(this.#client, deleted);
      await this.#noteAccess(plan.changed);
    }
    return plan;
  }

  /** Who may read the directory and administration follows from the rows of people. */
  async #noteAccess(changed: readonly PlannedRow[]): Promise<void> {
    const people = changed.flatMap((row) => {
      const access = accessOf(row);
      const personId = personIdSchema.safeParse(row.id).data;
      return access === undefined || personId === undefined ? [] : [{ personId, ...access }];
    });
    if (people.length === 0) return;
    for (const { personId } of people) this.#touched.people.add(personId);
    const guests = people.flatMap(({ personId, isGuest }) => (isGuest ? [personId] : []));
    const others = people.flatMap(({ personId, isGuest }) => (isGuest ? [] : [personId]));
    const { shut, opened } = await setGuests(this.#client, guests, others);
    for (const person of [...shut, ...opened]) this.#touched.turned.add(person);
    for (const person of shut) this.#readerNotes.push({ t: "r", scope: DIRECTORY, person });
    const head = this.#heads.get(DIRECTORY)?.head ?? 0;
    for (const person of opened) this.#readerNotes.push({ t: "a", scope: DIRECTORY, person, head });
    const standing = new Set(await this.#reader.readers(ADMINISTRATION));
    const wrong = people.filter(
      ({ personId, isAdministrator }) => standing.has(personId) !== isAdministrator,
    );
    const added = wrong.filter(({ isAdministrator }) => isAdministrator);
    const removed = wrong.filter(({ isAdministrator }) => !isAdministrator);
    if (added.length > 0)
      await this.addReaders(
        ADMINISTRATION,
        added.map(({ personId }) => personId),
      );
    if (removed.length > 0)
      await this.removeReaders(
        ADMINISTRATION,
        removed.map(({ personId }) => personId),
      );
  }

  async #lockScopes(scopes: Scope[]): Promise<Map<Scope, number>> {
    const sorted = scopes.sort();
    await this.#client.query(
      "INSERT INTO scopes (scope, head) SELECT scope, 0 FROM unnest($1::text[]) AS scope ON CONFLICT DO NOTHING",
      [sorted],
    );
    const rows = await queryRows(
      this.#client,
      "SELECT scope, head FROM scopes WHERE scope = ANY ($1) ORDER BY scope FOR UPDATE",
      [sorted],
    );
    const heads = new Map<Scope, number>();
    for (const row of rows) {
      const scope = scopeOf(row["scope"]);
      const head = integerOf(row["head"]);
      heads.set(scope, head);
      if (!this.#heads.has(scope)) this.#heads.set(scope, { first: head, head });
    }
    return heads;
  }

  async #standing(writes: readonly RowWrite[]): Promise<Standing["rows"]> {
    const rows = await queryRows(
      this.#client,
      // LIMIT holds the planner to one look into the index per row, also where it knows nothing of the table yet.
      `SELECT found.* FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (scope, collection, id),
       LATERAL (SELECT scope, collection, id, seq, rev, op, data FROM rows WHERE rows.scope = wanted.scope
         AND rows.collection = wanted.collection AND rows.id = wanted.id LIMIT 1) AS found`,
      [
        writes.map((write) => write.scope),
        writes.map((write) => write.collection),
        writes.map((write) => write.id),
      ],
    );
    const standing = rows.map((row) => storedRowOf(scopeOf(row["scope"]), row));
    return new Map(standing.map((row) => [keyOfRow(row), row]));
  }

  async #messageKeys(writes: readonly RowWrite[]): Promise<Map<string, string>> {
    const all = new Map(
      writes.flatMap((write) => {
        const id = messageOf(write);
        return id === undefined ? [] : [[`${write.scope}\n${id}`, { scope: write.scope, id }]];
      }),
    );
    if (all.size === 0) return new Map();
    const wanted = [...all.values()];
    const rows = await queryRows(
      this.#client,
      `SELECT found.* FROM unnest($1::text[], $2::text[]) AS wanted (scope, id),
       LATERAL (SELECT scope, id, timeline_key FROM rows WHERE rows.scope = wanted.scope
         AND rows.collection = 'message' AND rows.id = wanted.id LIMIT 1) AS found`,
      [wanted.map(({ scope }) => scope), wanted.map(({ id }) => id)],
    );
    return new Map(
      rows.map((row) => {
        const key = { scope: textOf(row["scope"]), collection: "message", id: textOf(row["id"]) };
        return [keyOfRow(key), textOf(row["timeline_key"])];
      }),
    );
  }

  async #saveHeads(heads: ReadonlyMap<Scope, number>): Promise<void> {
    await queryCount(
      this.#client,
      `UPDATE scopes SET head = new.head FROM unnest($1::text[], $2::bigint[]) AS new (scope, head)
       WHERE scopes.scope = new.scope`,
      [[...heads.keys()], [...heads.values()]],
    );
    for (const [scope, head] of heads) {
      const known = this.#heads.get(scope);
      if (known !== undefined) known.head = head;
    }
  }

  async #save(rows: readonly PlannedRow[]): Promise<void> {
    await this.#client.query(
      `INSERT INTO rows (scope, collection, id, seq, rev, op, data, timeline_key, conversation_id, parent_id)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::int[], $6::text[], $7::text[],
         $8::text[], $9::text[], $10::text[])
       ON CONFLICT (scope, collection, id) DO UPDATE SET seq = excluded.seq, rev = excluded.rev, op = excluded.op,
         data = excluded.data, timeline_key = excluded.timeline_key, conversation_id = excluded.conversation_id,
         parent_id = excluded.parent_id`,
      [
        rows.map((row) => row.scope),
        rows.map((row) => row.collection),
        rows.map((row) => row.id),
        rows.map((row) => row.seq),
        rows.map((row) => row.rev),
        rows.map((row) => row.op),
        rows.map((row) => row.data),
        rows.map((row) => row.timelineKey),
        rows.map((row) => row.conversationId),
        rows.map((row) => row.parentId),
      ],
    );
  }
}
