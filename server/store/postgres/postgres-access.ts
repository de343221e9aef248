import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { personOf, scopeOf } from "../columns.ts";
import type { GuestLookups } from "../guest-copies.ts";
import { queryRows, type Queryable } from "./queries.ts";

/** Keeps who may not read the directory: guests from outside. Returns those for whom it was otherwise before. */
export async function setGuests(
  db: Queryable,
  guests: readonly PersonId[],
  others: readonly PersonId[],
): Promise<{ shut: PersonId[]; opened: PersonId[] }> {
  const shut =
    guests.length === 0
      ? []
      : await queryRows(
          db,
          "INSERT INTO guests (person) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING person",
          [[...guests]],
        );
  const opened =
    others.length === 0
      ? []
      : await queryRows(db, "DELETE FROM guests WHERE person = ANY ($1) RETURNING person", [[...others]]);
  return {
    shut: shut.map((row) => personOf(row["person"])),
    opened: opened.map((row) => personOf(row["person"])),
  };
}

export async function isGuestPerson(db: Queryable, personId: PersonId): Promise<boolean> {
  return (await queryRows(db, "SELECT 1 FROM guests WHERE person = $1", [personId])).length > 0;
}

export class PostgresGuestLookups implements GuestLookups {
  readonly #db: Queryable;

  constructor(db: Queryable) {
    this.#db = db;
  }

  async hasGuest(scope: Scope): Promise<boolean> {
    const found = await queryRows(
      this.#db,
      "SELECT 1 FROM readers JOIN guests ON guests.person = readers.person WHERE readers.scope = $1 LIMIT 1",
      [scope],
    );
    return found.length > 0;
  }

  async sharedWithGuests(personIds: readonly PersonId[]): Promise<{ scope: Scope; personId: PersonId }[]> {
    const rows = await queryRows(
      this.#db,
      `SELECT own.scope, own.person FROM readers AS own
       WHERE EXISTS (SELECT 1 FROM guests) AND own.person = ANY ($1)
         AND (own.scope LIKE 'space:%' OR own.scope LIKE 'conversation:%') AND EXISTS (
           SELECT 1 FROM readers JOIN guests ON guests.person = readers.person WHERE readers.scope = own.scope)`,
      [[...personIds]],
    );
    return rows.map((row) => ({ scope: scopeOf(row["scope"]), personId: personOf(row["person"]) }));
  }
}
