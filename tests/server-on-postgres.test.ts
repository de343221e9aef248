import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, describe } from "vitest";
import { openPostgresStore } from "#server/store/postgres-store.ts";
import { describeAbuse } from "#server/testing/abuse.suite.ts";
import { describeEvents } from "#server/testing/events.suite.ts";
import { describeReading } from "#server/testing/reading.suite.ts";
import { describeWriting } from "#server/testing/writing.suite.ts";
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

  describeReading("server on PostgreSQL", open);
  describeEvents("server on PostgreSQL", open);
  describeWriting("server on PostgreSQL", open);
  describeAbuse("server on PostgreSQL", open);
});
