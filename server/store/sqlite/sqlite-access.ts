import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Keeps who may not read the directory: guests from outside. */
export class SqliteAccess {
  readonly #add: StatementSync;
  readonly #remove: StatementSync;

  constructor(db: DatabaseSync) {
    this.#add = db.prepare("INSERT OR IGNORE INTO guests (person) VALUES (?)");
    this.#remove = db.prepare("DELETE FROM guests WHERE person = ?");
  }

  /** True when it was otherwise before. */
  setGuest(personId: string, isGuest: boolean): boolean {
    return (isGuest ? this.#add : this.#remove).run(personId).changes > 0;
  }
}
