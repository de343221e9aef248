import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY, parseScope, personScope, type Scope } from "#contract/scope.ts";
import { integerOf, personOf, scopeOf, storedRowOf, textOf } from "../columns.ts";
import { envelopeOf } from "../row-shape.ts";
import { isGuestPerson } from "./postgres-access.ts";
import { queryRows, type Queryable } from "./queries.ts";

const ROW = "seq, collection, id, rev, op, data";

/** Short questions, to the pool or inside a transaction. */
export class PostgresReader {
  readonly #db: Queryable;

  constructor(db: Queryable) {
    this.#db = db;
  }

  async head(scope: Scope): Promise<number> {
    const [row] = await queryRows(this.#db, "SELECT head FROM scopes WHERE scope = $1", [scope]);
    return row === undefined ? 0 : integerOf(row["head"]);
  }

  async get(scope: Scope, collection: CollectionName, id: string): Promise<Envelope | undefined> {
    // PostgreSQL refuses this character; no row has it in its id.
    if (id.includes("\0")) return undefined;
    const [row] = await queryRows(
      this.#db,
      `SELECT ${ROW} FROM rows WHERE scope = $1 AND collection = $2 AND id = $3`,
      [scope, collection, id],
    );
    return row === undefined ? undefined : envelopeOf(storedRowOf(scope, row));
  }

  async list(scope: Scope, collection: CollectionName): Promise<Envelope[]> {
    const rows = await queryRows(
      this.#db,
      `SELECT ${ROW} FROM rows WHERE scope = $1 AND collection = $2 AND op = 'put' ORDER BY seq`,
      [scope, collection],
    );
    return rows.map((row) => envelopeOf(storedRowOf(scope, row)));
  }

  async canRead(personId: PersonId, scope: Scope): Promise<boolean> {
    const { kind, id } = parseScope(scope);
    if (kind === "directory") return !(await isGuestPerson(this.#db, personId));
    if (kind === "person") return id === personId;
    const rows = await queryRows(this.#db, "SELECT 1 FROM readers WHERE scope = $1 AND person = $2", [
      scope,
      personId,
    ]);
    return rows.length > 0;
  }

  async readers(scope: Scope): Promise<PersonId[]> {
    const rows = await queryRows(this.#db, "SELECT person FROM readers WHERE scope = $1 ORDER BY person", [
      scope,
    ]);
    return rows.map((row) => personOf(row["person"]));
  }

  async scopesOf(personId: PersonId): Promise<{ scope: Scope; head: number }[]> {
    const own = personScope(personId);
    const rows = await queryRows(
      this.#db,
      `SELECT scope, head FROM (
         SELECT scopes.scope, scopes.head, (SELECT max(timeline_key) FROM rows
           WHERE rows.scope = scopes.scope AND timeline_key IS NOT NULL) AS newest
         FROM scopes JOIN readers ON readers.scope = scopes.scope WHERE readers.person = $1
       ) AS readable ORDER BY newest DESC NULLS LAST, scope`,
      [personId],
    );
    return [
      { scope: own, head: await this.head(own) },
      ...(await this.#directoryOf(personId)),
      ...rows.map((row) => ({ scope: scopeOf(row["scope"]), head: integerOf(row["head"]) })),
    ];
  }

  async #directoryOf(personId: PersonId): Promise<{ scope: Scope; head: number }[]> {
    if (await isGuestPerson(this.#db, personId)) return [];
    return [{ scope: DIRECTORY, head: await this.head(DIRECTORY) }];
  }

  async newestKey(scope: Scope): Promise<string | undefined> {
    const [row] = await queryRows(
      this.#db,
      "SELECT max(timeline_key) AS newest FROM rows WHERE scope = $1 AND timeline_key IS NOT NULL",
      [scope],
    );
    const newest = row?.["newest"];
    return newest === null || newest === undefined ? undefined : textOf(newest);
  }
}
