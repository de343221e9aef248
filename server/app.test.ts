import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqliteStore } from "./store/sqlite-store.ts";
import { describeAbuse } from "./testing/abuse.suite.ts";
import { describeArticles } from "./testing/articles.suite.ts";
import { describeCalendars } from "./testing/calendars.suite.ts";
import { describeScheduling } from "./testing/scheduling.suite.ts";
import { describeCommunities } from "./testing/communities.suite.ts";
import { describeDue } from "./testing/due.suite.ts";
import { describeEvents } from "./testing/events.suite.ts";
import { describeFreeBusy } from "./testing/free-busy.suite.ts";
import { describeShares } from "./testing/shares.suite.ts";
import { describeLibrary } from "./testing/library.suite.ts";
import { describeReading } from "./testing/reading.suite.ts";
import { describeSpaceLife } from "./testing/space-life.suite.ts";
import { describeTasks } from "./testing/tasks.suite.ts";
import { describeWriting } from "./testing/writing.suite.ts";

const root = mkdtempSync(join(tmpdir(), "parvis-app-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function open() {
  return openSqliteStore({ folder: mkdtempSync(join(root, "data-")) });
}

describeReading("server on SQLite", open);
describeEvents("server on SQLite", open);
describeWriting("server on SQLite", open);
describeAbuse("server on SQLite", open);
describeCommunities("server on SQLite", open);
describeSpaceLife("server on SQLite", open);
describeArticles("server on SQLite", open);
describeLibrary("server on SQLite", open);
describeShares("server on SQLite", open);
describeTasks("server on SQLite", open);
describeCalendars("server on SQLite", open);
describeScheduling("server on SQLite", open);
describeFreeBusy("server on SQLite", open);
describeDue("server on SQLite", async () => [await open()]);
