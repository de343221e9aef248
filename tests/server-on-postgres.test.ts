import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, describe } from "vitest";
import { openPostgresStore } from "#server/store/postgres-store.ts";
import { describePermissions } from "#server/rules/permissions.suite.ts";
import { describeAbuse } from "#server/testing/abuse.suite.ts";
import { describeArticles } from "#server/testing/articles.suite.ts";
import { describeCaldavReports } from "#server/testing/caldav-reports.suite.ts";
import { describeCaldav } from "#server/testing/caldav.suite.ts";
import { describeCommunities } from "#server/testing/communities.suite.ts";
import { describeDav } from "#server/testing/dav.suite.ts";
import { describeFeeds } from "#server/testing/feeds.suite.ts";
import { describeFreeBusy } from "#server/testing/free-busy.suite.ts";
import { describeDue } from "#server/testing/due.suite.ts";
import { describeEvents } from "#server/testing/events.suite.ts";
import { describeReading } from "#server/testing/reading.suite.ts";
import { describeSpaceLife } from "#server/testing/space-life.suite.ts";
import { describeShares } from "#server/testing/shares.suite.ts";
import { describeLibrary } from "#server/testing/library.suite.ts";
import { describeCalendars } from "#server/testing/calendars.suite.ts";
import { describeScheduling } from "#server/testing/scheduling.suite.ts";
import { describeTasks } from "#server/testing/tasks.suite.ts";
import { describeWriting } from "#server/testing/writing.suite.ts";
import { startPostgres } from "./peers/postgres.ts";

const postgres = await startPostgres();

describe.skipIf(postgres === undefined)("with a real PostgreSQL", () => {
  const url = postgres?.url ?? "";
  afterAll(() => postgres?.stop());

  /** Each suite in a database of its own. */
  async function createDatabase(): Promise<string> {
    const name = `parvis_${randomUUID().replaceAll("-", "")}`;
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return url.replace(/postgres$/, name);
  }

  async function open() {
    return openPostgresStore({ url: await createDatabase() });
  }

  async function openTwo() {
    const database = await createDatabase();
    return [await openPostgresStore({ url: database }), await openPostgresStore({ url: database })];
  }

  describeReading("server on PostgreSQL", open);
  describeEvents("server on PostgreSQL", open);
  describeWriting("server on PostgreSQL", open);
  describeLibrary("server on PostgreSQL", open);
  describeShares("server on PostgreSQL", open);
  describeDav("server on PostgreSQL", open);
  describeCaldav("server on PostgreSQL", open);
  describeFeeds("server on PostgreSQL", open);
  describeCaldavReports("server on PostgreSQL", open);
  describeAbuse("server on PostgreSQL", open);
  describePermissions("server on PostgreSQL", open);
  describeCommunities("server on PostgreSQL", open);
  describeSpaceLife("server on PostgreSQL", open);
  describeArticles("server on PostgreSQL", open);
  describeTasks("server on PostgreSQL", open);
  describeCalendars("server on PostgreSQL", open);
  describeScheduling("server on PostgreSQL", open);
  describeFreeBusy("server on PostgreSQL", open);
  describeDue("servers on PostgreSQL", openTwo);
});
