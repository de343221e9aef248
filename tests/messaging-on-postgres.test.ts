import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, describe } from "vitest";
import { openPostgresStore } from "#server/store/postgres-store.ts";
import { describeInbox } from "#server/testing/inbox.suite.ts";
import { describeInboxFuzz } from "#server/testing/inbox-fuzz.suite.ts";
import { describeMessages } from "#server/testing/messages.suite.ts";
import { describePersonal } from "#server/testing/personal.suite.ts";
import { describeSessions } from "#server/testing/sessions.suite.ts";
import { describePosts } from "#server/testing/posts.suite.ts";
import { startPostgres } from "./peers/postgres.ts";

const postgres = await startPostgres();

describe.skipIf(postgres === undefined)("with a real PostgreSQL", () => {
  const url = postgres?.url ?? "";
  afterAll(() => postgres?.stop());

  /** Each suite in a database of its own. */
  async function open() {
    const name = `parvis_${randomUUID().replaceAll("-", "")}`;
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return openPostgresStore({ url: url.replace(/postgres$/, name) });
  }

  describeMessages("server on PostgreSQL", open);
  describeInbox("server on PostgreSQL", open);
  describePosts("server on PostgreSQL", open);
  describePersonal("server on PostgreSQL", open);
  describeSessions("server on PostgreSQL", open);
  describeInboxFuzz("server on PostgreSQL", open, { seeds: 1, steps: 200 });
});
