import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqliteStore } from "../../store/sqlite-store.ts";
import { describeCaldavReports } from "../../testing/caldav-reports.suite.ts";
import { describeCaldav } from "../../testing/caldav.suite.ts";

const folder = mkdtempSync(join(tmpdir(), "parvis-caldav-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeCaldavReports("server on SQLite", async () => openSqliteStore({ folder: join(folder, "reports") }));
describeCaldav("server on SQLite", async () => openSqliteStore({ folder }));
