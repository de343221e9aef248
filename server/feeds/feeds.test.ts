import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { describeFeeds } from "../testing/feeds.suite.ts";

const folder = mkdtempSync(join(tmpdir(), "parvis-feeds-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeFeeds("server on SQLite", async () => openSqliteStore({ folder }));
