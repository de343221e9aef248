import type { Pool } from "pg";
import type { Scope } from "#contract/scope.ts";
import { namesOf, type CalendarName, type CalendarNames, type CalendarNameStore } from "../calendar-names.ts";
import { textOf } from "../columns.ts";
import { queryCount, queryRows, translating } from "./queries.ts";

export class PostgresCalendarNames implements CalendarNameStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async keep(scope: Scope, { id, name }: CalendarName): Promise<void> {
    await translating(
      queryCount(
        this.#pool,
        `INSERT INTO calendar_names (scope, id, name) VALUES ($1, $2, $3)
         ON CONFLICT (scope, id, name) DO UPDATE SET key = DEFAULT`,
        [scope, id, name],
      ),
    );
  }

  async of(scope: Scope): Promise<CalendarNames> {
    const rows = await translating(
      queryRows(this.#pool, "SELECT id, name FROM calendar_names WHERE scope = $1 ORDER BY key", [scope]),
    );
    return namesOf(rows);
  }

  async called(scope: Scope, name: string): Promise<string[]> {
    const rows = await translating(
      queryRows(this.#pool, "SELECT id FROM calendar_names WHERE scope = $1 AND name = $2", [scope, name]),
    );
    return rows.map((row) => textOf(row["id"]));
  }
}
