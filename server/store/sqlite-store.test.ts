import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { createId, personIdSchema } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { describeAttendance } from "./attendance.suite.ts";
import { describeLookups } from "./lookups.suite.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { describeStore } from "./store.suite.ts";

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "parvis-store-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const suiteFolder = newFolder();
describeStore("SQLite store", {
  open: async () => openSqliteStore({ folder: suiteFolder }),
  reopen: async (store) => {
    await store.close();
    return openSqliteStore({ folder: suiteFolder });
  },
});

describeAttendance("SQLite store", async () => openSqliteStore({ folder: newFolder() }));

describeLookups("SQLite store", async () => openSqliteStore({ folder: newFolder() }));

function problemOf(open: () => unknown): AppError {
  try {
    open();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it opened");
}

test("a data folder is one process's: the second is told which one has it", async () => {
  const folder = newFolder();
  const store = openSqliteStore({ folder });
  const error = problemOf(() => openSqliteStore({ folder }));
  expect(error.kind).toBe("locked");
  expect(error.problem.detail).toContain(`Process ${process.pid}`);
  await store.close();
  await openSqliteStore({ folder }).close();
});

/** Back before these tables and columns were there. */
const BEFORE_ATTENDANCE = `DROP TABLE calendar_feeds; DROP TABLE calendar_names; DROP TABLE attendance; DROP TABLE invitation_links; DROP TABLE guests;
  DROP INDEX blobs_unfinished; DROP INDEX blobs_condemned;
  ALTER TABLE blobs DROP COLUMN touched_at_ms; ALTER TABLE blobs DROP COLUMN is_condemned;`;

test("sessions of data written before refresh tokens had generations go on; used tokens are forgotten", async () => {
  const folder = newFolder();
  const session = {
    kind: "refresh" as const,
    sessionId: "s",
    personId: personIdSchema.parse(createId()),
    expiresAtMs: Date.now() + 60_000,
    generation: 0,
  };
  const before = openSqliteStore({ folder });
  await before.accounts.saveSession({ ...session, tokenHash: "used" });
  await before.accounts.saveSession({ ...session, tokenHash: "fresh" });
  await before.close();
  const db = new DatabaseSync(join(folder, "workplace.db"));
  db.exec(`ALTER TABLE sessions DROP COLUMN generation; ALTER TABLE sessions DROP COLUMN used_at_ms;
    ALTER TABLE sessions ADD COLUMN is_used INTEGER NOT NULL DEFAULT 0;
    UPDATE sessions SET is_used = 1 WHERE token_hash = 'used'; DROP TABLE due; DROP INDEX blobs_by_scope;
    DROP INDEX rows_of_everyone; DROP INDEX rows_waiting; ${BEFORE_ATTENDANCE}
    DELETE FROM migrations WHERE version >= 2`);
  db.close();
  const store = openSqliteStore({ folder });
  expect(await store.accounts.session("used")).toBeUndefined();
  expect(await store.accounts.useRefreshToken("fresh", Date.now(), 30_000)).toBe(true);
  await store.close();
});

test("items of the inbox written before they were found by conversation are found", async () => {
  const folder = newFolder();
  const scope = personScope(personIdSchema.parse(createId()));
  const data = { id: createId(), conversationId: createId(), messageId: createId() };
  const before = openSqliteStore({ folder });
  const row = { scope, collection: "notification", id: data.id, op: "put", data } as const;
  await before.transaction((tx) => tx.write([row]));
  await before.close();
  const db = new DatabaseSync(join(folder, "workplace.db"));
  db.exec(`UPDATE rows SET parent_id = NULL, conversation_id = NULL;
    DROP INDEX rows_of_everyone; DROP INDEX rows_waiting; ${BEFORE_ATTENDANCE} DELETE FROM migrations WHERE version >= 4`);
  db.close();
  const store = openSqliteStore({ folder });
  await store.transaction(async ({ find }) => {
    expect(await find.waiting(scope, data.conversationId)).toHaveLength(1);
    expect(await find.ofEveryone("notification", data.messageId)).toHaveLength(1);
  });
  await store.close();
});

test("data written by a newer server are refused and left alone", async () => {
  const folder = newFolder();
  await openSqliteStore({ folder }).close();
  const db = new DatabaseSync(join(folder, "workplace.db"));
  db.exec("INSERT INTO migrations (version) VALUES (99)");
  db.close();
  const error = problemOf(() => openSqliteStore({ folder }));
  expect(error.kind).toBe("unsupported");
  expect(error.problem.detail).toContain("99");
});
