import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { scopeOf } from "../columns.ts";
import type { GuestLookups } from "../guest-copies.ts";

/** Keeps who may not read the directory: guests from outside. */
export class SqliteAccess implements GuestLookups {
  readonly #add: StatementSync;
  readonly #remove: StatementSync;
  readonly #any: StatementSync;
  readonly #has: StatementSync;
  readonly #shared: StatementSync;

  constructor(db: DatabaseSync) {
    this.#add = db.prepare("INSERT OR IGNORE INTO guests (person) VALUES (?)");
    this.#remove = db.prepare("DELETE FROM guests WHERE person = ?");
    this.#any = db.prepare("SELECT 1 FROM guests LIMIT 1");
    this.#has = db.prepare(
      `SELECT 1 FROM scopes JOIN readers ON readers.scope = scopes.key JOIN guests ON guests.person = readers.person
       WHERE scopes.scope = ? LIMIT 1`,
    );
    this.#shared = db.prepare(
      `SELECT scopes.scope FROM readers AS own JOIN scopes ON scopes.key = own.scope
       WHERE own.person = ? AND (scopes.scope LIKE 'space:%' OR scopes.scope LIKE 'conversation:%') AND EXISTS (
         SELECT 1 FROM readers JOIN guests ON guests.person = readers.person WHERE readers.scope = own.scope)`,
    );
  }

  async hasGuest(scope: Scope): Promise<boolean> {
    return this.#any.get() !== undefined && this.#has.get(scope) !== undefined;
  }

  async sharedWithGuests(personIds: readonly PersonId[]): Promise<{ scope: Scope; personId: PersonId }[]> {
    if (this.#any.get() === undefined) return [];
    return personIds.flatMap((personId) =>
      this.#shared.all(personId).map((row) => ({ scope: scopeOf(row["scope"]), personId })),
    );
  }

  /** True when it was otherwise before. */
  setGuest(personId: string, isGuest: boolean): boolean {
    return (isGuest ? this.#add : this.#remove).run(personId).changes > 0;
  }
}
