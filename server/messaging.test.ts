import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqliteStore } from "./store/sqlite-store.ts";
import { describeInbox } from "./testing/inbox.suite.ts";
import { describeInboxFuzz } from "./testing/inbox-fuzz.suite.ts";
import { describeMessages } from "./testing/messages.suite.ts";
import { describePersonal } from "./testing/personal.suite.ts";
import { describeSessions } from "./testing/sessions.suite.ts";
import { describePosts } from "./testing/posts.suite.ts";

const root = mkdtempSync(join(tmpdir(), "parvis-messaging-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function open() {
  return openSqliteStore({ folder: mkdtempSync(join(root, "data-")) });
}

describeMessages("server on SQLite", open);
describeInbox("server on SQLite", open);
describePosts("server on SQLite", open);
describePersonal("server on SQLite", open);
describeSessions("server on SQLite", open);
describeInboxFuzz("server on SQLite", open, { seeds: 3, steps: 300 });
