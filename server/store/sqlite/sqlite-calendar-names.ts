import type { Scope } from "#contract/scope.ts";
import { namesOf, type CalendarName, type CalendarNames, type CalendarNameStore } from "../calendar-names.ts";
import { textOf } from "../columns.ts";
import type { SqliteConnections } from "./sqlite-accounts.ts";

export class SqliteCalendarNames implements CalendarNameStore {
  readonly #connections: SqliteConnections;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
  }

  async keep(scope: Scope, { id, name }: CalendarName): Promise<void> {
    const { queue, writing } = this.#connections;
    await queue.run(() => {
      writing
        .prepare("INSERT OR REPLACE INTO calendar_names (scope, id, name) VALUES (?, ?, ?)")
        .run(scope, id, name);
    });
  }

  async of(scope: Scope): Promise<CalendarNames> {
    const rows = this.#connections.reading
      .prepare("SELECT id, name FROM calendar_names WHERE scope = ? ORDER BY key")
      .all(scope);
    return namesOf(rows);
  }

  async called(scope: Scope, name: string): Promise<string[]> {
    const rows = this.#connections.reading
      .prepare("SELECT id FROM calendar_names WHERE scope = ? AND name = ?")
      .all(scope, name);
    return rows.map((row) => textOf(row["id"]));
  }
}
