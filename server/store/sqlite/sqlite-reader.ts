import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY, parseScope, personScope, type Scope } from "#contract/scope.ts";
import { integerOf, personOf, scopeOf, storedRowOf, textOf } from "../columns.ts";
import { envelopeOf } from "../row-shape.ts";

const ROW = "seq, collection, id, rev, op, data";

/** Questions to one connection: the writer asks them inside its transaction, everyone else on a second connection. */
export class SqliteReader {
  readonly #guest: StatementSync;
  readonly #scopeKeys = new Map<Scope, number>();
  readonly #scope: StatementSync;
  readonly #row: StatementSync;
  readonly #collection: StatementSync;
  readonly #reads: StatementSync;
  readonly #readers: StatementSync;
  readonly #scopes: StatementSync;
  readonly #newest: StatementSync;

  constructor(db: DatabaseSync) {
    this.#guest = db.prepare("SELECT 1 FROM guests WHERE person = ?");
    this.#scope = db.prepare("SELECT key, head FROM scopes WHERE scope = ?");
    this.#row = db.prepare(`SELECT ${ROW} FROM rows WHERE scope = ? AND collection = ? AND id = ?`);
    this.#collection = db.prepare(
      `SELECT ${ROW} FROM rows WHERE scope = ? AND collection = ? AND op = 'put' ORDER BY seq`,
    );
    this.#reads = db.prepare("SELECT 1 AS yes FROM readers WHERE person = ? AND scope = ?");
    this.#readers = db.prepare("SELECT person FROM readers WHERE scope = ? ORDER BY person");
    this.#scopes = db.prepare(`
      SELECT scope, head, (SELECT max(timeline_key) FROM rows
        WHERE rows.scope = scopes.key AND timeline_key IS NOT NULL) AS newest
      FROM scopes WHERE key IN (SELECT scope FROM readers WHERE person = ?)
      ORDER BY newest IS NULL, newest DESC, scope`);
    this.#newest = db.prepare(
      "SELECT max(timeline_key) AS newest FROM rows WHERE scope = ? AND timeline_key IS NOT NULL",
    );
  }

  /** The scope's key in the tables; keys never change, so they are remembered. */
  key(scope: Scope): number | undefined {
    const known = this.#scopeKeys.get(scope);
    if (known !== undefined) return known;
    const row = this.#scope.get(scope);
    if (row === undefined) return undefined;
    const key = integerOf(row["key"]);
    this.#scopeKeys.set(scope, key);
    return key;
  }

  /** After a rollback a key may never have existed. */
  forgetKeys(): void {
    this.#scopeKeys.clear();
  }

  head(scope: Scope): number {
    const row = this.#scope.get(scope);
    return row === undefined ? 0 : integerOf(row["head"]);
  }

  get(scope: Scope, collection: CollectionName, id: string): Envelope | undefined {
    const key = this.key(scope);
    const row = key === undefined ? undefined : this.#row.get(key, collection, id);
    return row === undefined ? undefined : envelopeOf(storedRowOf(scope, row));
  }

  list(scope: Scope, collection: CollectionName): Envelope[] {
    const key = this.key(scope);
    if (key === undefined) return [];
    return this.#collection.all(key, collection).map((row) => envelopeOf(storedRowOf(scope, row)));
  }

  canRead(personId: PersonId, scope: Scope): boolean {
    const { kind, id } = parseScope(scope);
    if (kind === "directory") return this.#guest.get(personId) === undefined;
    if (kind === "person") return id === personId;
    const key = this.key(scope);
    return key !== undefined && this.#reads.get(personId, key) !== undefined;
  }

  readers(scope: Scope): PersonId[] {
    const key = this.key(scope);
    return key === undefined ? [] : this.#readers.all(key).map((row) => personOf(row["person"]));
  }

  scopesOf(personId: PersonId): { scope: Scope; head: number }[] {
    const own = personScope(personId);
    const mayReadDirectory = this.canRead(personId, DIRECTORY);
    return [
      { scope: own, head: this.head(own) },
      ...(mayReadDirectory ? [{ scope: DIRECTORY, head: this.head(DIRECTORY) }] : []),
      ...this.#scopes
        .all(personId)
        .map((row) => ({ scope: scopeOf(row["scope"]), head: integerOf(row["head"]) })),
    ];
  }

  newestKey(scope: Scope): string | undefined {
    const key = this.key(scope);
    const newest = key === undefined ? null : this.#newest.get(key)?.["newest"];
    return newest === null || newest === undefined ? undefined : textOf(newest);
  }
}
