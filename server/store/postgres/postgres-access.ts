import type { PersonId } from "#contract/ids.ts";
import { personOf } from "../columns.ts";
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
