import type { Pool, PoolClient } from "pg";
import type { PersonId } from "#contract/ids.ts";
import { isTrue } from "../account-columns.ts";
import type { Attendance, AttendanceMark, AttendanceStore, AttendanceWrites } from "../attendance.ts";
import { personOf } from "../columns.ts";
import { queryCount, queryRows, translating } from "./queries.ts";

export class PostgresAttendanceWrites implements AttendanceWrites {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async mark(process: string, marks: readonly AttendanceMark[]): Promise<void> {
    const there = marks.filter(({ attendance }) => attendance !== undefined);
    const gone = marks.filter(({ attendance }) => attendance === undefined);
    if (there.length > 0) {
      await queryCount(
        this.#client,
        `INSERT INTO attendance (person, process, is_active)
         SELECT person, $2, is_active FROM unnest($1::text[], $3::boolean[]) AS mark (person, is_active)
         ON CONFLICT (person, process) DO UPDATE SET is_active = excluded.is_active`,
        [
          there.map(({ personId }) => personId),
          process,
          there.map(({ attendance }) => attendance === "active"),
        ],
      );
    }
    if (gone.length > 0) {
      await queryCount(this.#client, "DELETE FROM attendance WHERE person = ANY ($1) AND process = $2", [
        gone.map(({ personId }) => personId),
        process,
      ]);
    }
  }

  async of(personIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Attendance>> {
    const rows = await queryRows(
      this.#client,
      "SELECT person, bool_or(is_active) AS is_active FROM attendance WHERE person = ANY ($1) GROUP BY person",
      [[...personIds]],
    );
    return new Map(
      rows.map((row) => [personOf(row["person"]), isTrue(row["is_active"]) ? "active" : "idle"]),
    );
  }
}

/** By the database's clock: those of the servers may differ. */
export class PostgresAttendance implements AttendanceStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async beat(process: string, silentForMs: number): Promise<{ left: PersonId[]; wasForgotten: boolean }> {
    const known = await translating(
      queryCount(this.#pool, "UPDATE processes SET seen_at = clock_timestamp() WHERE id = $1", [process]),
    );
    if (known === 0) {
      await translating(
        queryCount(
          this.#pool,
          "INSERT INTO processes (id, seen_at) VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING",
          [process],
        ),
      );
    }
    // What a forgotten process had marked goes with it.
    const rows = await translating(
      queryRows(
        this.#pool,
        `WITH silent AS (SELECT id FROM processes
             WHERE seen_at < clock_timestamp() - make_interval(secs => $1::double precision / 1000) FOR UPDATE SKIP LOCKED),
           left_behind AS (DELETE FROM attendance WHERE process IN (SELECT id FROM silent)
             OR NOT EXISTS (SELECT FROM processes WHERE processes.id = attendance.process) RETURNING person),
           forgotten AS (DELETE FROM processes WHERE id IN (SELECT id FROM silent))
         SELECT DISTINCT person FROM left_behind`,
        [silentForMs],
      ),
    );
    return { left: rows.map((row) => personOf(row["person"])), wasForgotten: known === 0 };
  }
}
