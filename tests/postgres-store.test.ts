import { Client } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { openPostgresStore } from "#server/store/postgres-store.ts";
import type { StoreEvent } from "#server/store/store.ts";
import { describeStore } from "#server/store/store.suite.ts";
import { startPostgres } from "./peers/postgres.ts";

const postgres = await startPostgres();

describe.skipIf(postgres === undefined)("with a real PostgreSQL", () => {
  const url = postgres?.url ?? "";
  afterAll(() => postgres?.stop());

  describeStore("PostgreSQL store", {
    open: () => openPostgresStore({ url }),
    reopen: async (store) => {
      await store.close();
      return openPostgresStore({ url });
    },
  });

  test("a listening connection that is cut comes back and hears what it missed", async () => {
    const listening = await openPostgresStore({ url, reconnectMs: 100 });
    const writing = await openPostgresStore({ url });
    const heard: StoreEvent[] = [];
    const waits: (() => void)[] = [];
    listening.subscribe((events) => {
      heard.push(...events);
      for (const wake of waits.splice(0)) wake();
    });
    const heardSoon = async (isHeard: () => boolean) => {
      while (!isHeard()) {
        await new Promise<void>((resolve) => {
          waits.push(resolve);
        });
      }
    };
    const scope = spaceScope(spaceIdSchema.parse(createId()));
    const write = (name: string) =>
      writing.transaction((tx) =>
        tx.write([{ scope, collection: "person", id: name, op: "put", data: { id: name } }]),
      );
    const hasHeard = (name: string) => heard.some((event) => event.type === "change" && event.id === name);

    await write("before");
    await heardSoon(() => hasHeard("before"));
    const admin = new Client({ connectionString: url });
    await admin.connect();
    const cut = await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()",
    );
    expect(cut.rowCount).toBeGreaterThan(0);
    await write("during");
    await heardSoon(() => hasHeard("during"));
    expect(heard.some((event) => event.type === "interrupted")).toBe(true);
    await write("after");
    await heardSoon(() => hasHeard("after"));
    expect(heard.filter((event) => event.type === "change" && event.id === "during")).toHaveLength(1);
    await admin.end();
    await listening.close();
    await writing.close();
  });

  test("a database that went away is said to be unavailable, and served again when it is back", async () => {
    const store = await openPostgresStore({ url });
    const admin = new Client({ connectionString: url });
    await admin.connect();
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
    );
    await admin.end();
    await expect
      .poll(() => store.head(DIRECTORY).catch((error: unknown) => error), { timeout: 5000 })
      .toBeTypeOf("number");
    await store.close();
  });
});
