import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { describeDav } from "../testing/dav.suite.ts";

const folder = mkdtempSync(join(tmpdir(), "parvis-dav-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeDav("server on SQLite", async () => openSqliteStore({ folder }));
