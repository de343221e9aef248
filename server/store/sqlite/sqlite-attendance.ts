import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { PersonId } from "#contract/ids.ts";
import type { Attendance, AttendanceMark, AttendanceStore, AttendanceWrites } from "../attendance.ts";
import { personOf } from "../columns.ts";
import { isTrue } from "../account-columns.ts";
import type { SqliteConnections } from "./sqlite-accounts.ts";

/** Inside a transaction, on the writing connection. */
export class SqliteAttendanceWrites implements AttendanceWrites {
  readonly #set: StatementSync;
  readonly #remove: StatementSync;
  readonly #of: StatementSync;

  constructor(db: DatabaseSync) {
    this.#set = db.prepare(
      `INSERT INTO attendance (person, process, is_active) VALUES (?, ?, ?)
       ON CONFLICT (person, process) DO UPDATE SET is_active = excluded.is_active`,
    );
    this.#remove = db.prepare("DELETE FROM attendance WHERE person = ? AND process = ?");
    this.#of = db.prepare(
      "SELECT max(is_active) AS is_active FROM attendance WHERE person = ? GROUP BY person",
    );
  }

  async mark(process: string, marks: readonly AttendanceMark[]): Promise<void> {
    for (const { personId, attendance } of marks) {
      if (attendance === undefined) this.#remove.run(personId, process);
      else this.#set.run(personId, process, attendance === "active" ? 1 : 0);
    }
  }

  async of(personIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Attendance>> {
    return new Map(
      personIds.flatMap((personId) => {
        const row = this.#of.get(personId);
        return row === undefined ? [] : [[personId, isTrue(row["is_active"]) ? "active" : "idle"] as const];
      }),
    );
  }
}

/** A data folder has one process at a time: whatever other ones said is of the past. */
export class SqliteAttendance implements AttendanceStore {
  readonly #connections: SqliteConnections;
  #known: string | undefined;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
  }

  async beat(process: string): Promise<{ left: PersonId[]; wasForgotten: boolean }> {
    if (this.#known === process) return { left: [], wasForgotten: false };
    this.#known = process;
    const { queue, writing } = this.#connections;
    const rows = await queue.run(() =>
      writing.prepare("DELETE FROM attendance WHERE process <> ? RETURNING person").all(process),
    );
    return { left: [...new Set(rows.map((row) => personOf(row["person"])))], wasForgotten: true };
  }
}
