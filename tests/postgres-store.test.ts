import { Client } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { blobIdSchema, createId, personIdSchema, spaceIdSchema } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { describeAttendance } from "#server/store/attendance.suite.ts";
import { describeLookups } from "#server/store/lookups.suite.ts";
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

  describeAttendance("PostgreSQL store", () => openPostgresStore({ url }));

  describeLookups("PostgreSQL store", () => openPostgresStore({ url }));

  test("a connection cut in the middle of a transaction fails that transaction and not the process", async () => {
    const store = await openPostgresStore({ url });
    const crashes: unknown[] = [];
    const onCrash = (error: unknown) => crashes.push(error);
    process.on("uncaughtException", onCrash);
    const scope = spaceScope(spaceIdSchema.parse(createId()));
    const cutting = store.transaction(async (tx) => {
      await tx.lock(scope);
      const admin = new Client({ connectionString: url });
      await admin.connect();
      const cut = await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()",
      );
      expect(cut.rowCount).toBe(1);
      await admin.end();
      // Until the cut has come through, with no question under way that could bring the news.
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      await tx.write([{ scope, collection: "group", id: "a", op: "put", data: { id: "a" } }]);
    });
    const outcome = await cutting.catch((error: unknown) => error);
    expect(crashes).toEqual([]);
    expect(outcome).toMatchObject({ kind: "unavailable" });
    process.off("uncaughtException", onCrash);
    expect(await store.head(scope)).toBe(0);
    await store.close();
  });

  test("commits that come in a bunch are told in their order", async () => {
    const [listening, writing] = [
      await openPostgresStore({ url, connections: 1 }),
      await openPostgresStore({ url }),
    ];
    const scope = spaceScope(spaceIdSchema.parse(createId()));
    const person = personIdSchema.parse(createId());
    const heard: string[] = [];
    const last = Promise.withResolvers<void>();
    listening.subscribe((events) => {
      for (const event of events) if ("scope" in event && event.scope === scope) heard.push(event.type);
      if (heard.length === 40) last.resolve();
    });
    // Its one connection is taken: what it hears of meanwhile it can only read afterwards, all at once.
    const taken = Promise.withResolvers<void>();
    const taking = listening.transaction(() => taken.promise);
    for (let round = 0; round < 10; round += 1) {
      await writing.transaction((tx) => tx.addReaders(scope, [person]));
      await writing.transaction((tx) =>
        tx.write([{ scope, collection: "group", id: `a${round}`, op: "put", data: { id: "a" } }]),
      );
      await writing.transaction((tx) => tx.removeReaders(scope, [person]));
      await writing.transaction((tx) =>
        tx.write([{ scope, collection: "group", id: `b${round}`, op: "put", data: { id: "b" } }]),
      );
    }
    taken.resolve();
    await taking;
    await last.promise;
    const round = ["readerAdded", "change", "readerRemoved", "change"];
    expect(heard).toEqual(Array.from({ length: 10 }, () => round).flat());
    await listening.close();
    await writing.close();
  });

  test("an upload that goes on at another server loses no piece of it", async () => {
    const stores = [await openPostgresStore({ url }), await openPostgresStore({ url })] as const;
    const [one, other] = stores.map((store) => store.blobs);
    if (one === undefined || other === undefined) throw new Error("no stores");
    const id = blobIdSchema.parse(createId());
    const bytes = new Uint8Array(3 * 1024 * 1024).fill(7);
    const ownerId = personIdSchema.parse(createId());
    const blob = { id, scope: DIRECTORY, name: "f", mediaType: "text/plain", sizeBytes: bytes.byteLength };
    await one.begin({ ...blob, receivedBytes: 0, isComplete: false, ownerId });
    const halfway = Promise.withResolvers<void>();
    const takenOver = Promise.withResolvers<void>();
    async function* slowly() {
      yield bytes.subarray(0, 1024 * 1024);
      halfway.resolve();
      await takenOver.promise;
      yield bytes.subarray(1024 * 1024);
    }
    async function* broken() {
      yield bytes.subarray(0, 10);
      throw new AppError("offline");
    }
    const first = one.append(id, 0, slowly()).catch((error: unknown) => error);
    await halfway.promise;
    await expect(other.append(id, 0, broken())).rejects.toMatchObject({ kind: "offline" });
    takenOver.resolve();
    expect(await first).toMatchObject({ kind: "conflict" });
    expect(await other.append(id, 0, new Blob([bytes]).stream())).toBe(bytes.byteLength);
    expect(await one.complete(id, undefined)).toMatchObject({ isComplete: true });
    for (const store of stores) await store.close();
  });

  test("a notification that makes no sense makes everyone look again, and ends nothing", async () => {
    const store = await openPostgresStore({ url, reconnectMs: 1 });
    const interrupted = new Promise<void>((resolve) => {
      store.subscribe((events) => {
        if (events.some((event) => event.type === "interrupted")) resolve();
      });
    });
    const admin = new Client({ connectionString: url });
    await admin.connect();
    await admin.query("SELECT pg_notify('parvis', '[{\"t\":\"of tomorrow\"}]')");
    await admin.end();
    await interrupted;
    expect(await store.head(DIRECTORY)).toBeGreaterThanOrEqual(0);
    await store.close();
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
        tx.write([{ scope, collection: "group", id: name, op: "put", data: { id: name } }]),
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
