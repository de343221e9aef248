import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { spaceScope, type Scope } from "#contract/scope.ts";
import { defaultConfig } from "../config.ts";
import type { DueHandler } from "../due/due-context.ts";
import { DueRunner } from "../due/due-runner.ts";
import { silentLogger } from "../logger.ts";
import type { RowKey, Store } from "../store/store.ts";

/** Doing what is due, once, over one or more stores of the same data. */
export function describeDue(name: string, open: () => Promise<Store[]>): void {
  describe(`${name}: what is due`, () => {
    let stores: Store[];
    let store: Store;
    beforeAll(async () => {
      stores = await open();
      const [first] = stores;
      if (first === undefined) throw new Error("no store");
      store = first;
    });
    afterAll(async () => {
      for (const each of stores) await each.close();
    });

    function runner(handler: DueHandler, options: { nowMs: () => number; of?: Store; everyMs?: number }) {
      return new DueRunner({
        store: options.of ?? store,
        clock: options.nowMs,
        logger: silentLogger,
        limits: defaultConfig.limits,
        everyMs: options.everyMs ?? 60_000,
        handlers: { draft: handler },
      });
    }

    async function mark(scope: Scope, dueAtMs: number, id = "a"): Promise<RowKey> {
      const key = { scope, collection: "draft", id } as const;
      await store.transaction(async (tx) => {
        await tx.write([{ ...key, op: "put", data: { id, count: 0 } }]);
        await tx.setDue(key, dueAtMs);
      });
      return key;
    }

    async function countOf(key: RowKey): Promise<unknown> {
      return (await store.get(key.scope, key.collection, key.id))?.data["count"];
    }

    test("is done when its time has come and not before, and once", async () => {
      let nowMs = 1_000_000;
      const key = await mark(newScope(), 1_000_500);
      const due = runner(counting, { nowMs: () => nowMs });
      await due.run();
      expect(await countOf(key)).toBe(0);
      nowMs = 1_000_500;
      await due.run();
      await due.run();
      expect(await countOf(key)).toBe(1);
      await due.close();
    });

    test("is done once by two servers that look at the same moment", async () => {
      const keys = await Promise.all(
        Array.from({ length: 12 }, (_, index) => mark(newScope(), 1, `k${index}`)),
      );
      const runners = [...stores, ...stores].map((of) => runner(counting, { nowMs: () => 2, of }));
      await Promise.all(runners.map((each) => each.run()));
      expect(await Promise.all(keys.map(countOf))).toEqual(keys.map(() => 1));
      for (const each of runners) await each.close();
    });

    test("fails without holding up the rest, undoes what it wrote, and is tried again, less and less often", async () => {
      let nowMs = 1000;
      let tries = 0;
      let isBroken = true;
      const [bad, good] = [await mark(newScope(), 1, "bad"), await mark(newScope(), 2, "good")];
      const due = runner(
        async (context) => {
          await counting(context);
          if (context.key.id === "good") return;
          tries += 1;
          if (isBroken) throw tries === 1 ? new AppError("unavailable") : new TypeError("a bug");
        },
        { nowMs: () => nowMs },
      );
      await due.run();
      expect([await countOf(good), await countOf(bad), tries]).toEqual([1, 0, 1]);
      nowMs += 4999;
      await due.run();
      expect(tries).toBe(1);
      nowMs += 1;
      await due.run();
      expect(tries).toBe(2);
      nowMs += 9999;
      await due.run();
      expect(tries).toBe(2);
      isBroken = false;
      nowMs += 1;
      await due.run();
      expect([await countOf(bad), tries]).toEqual([1, 3]);
      await due.close();
    });

    test("a time set anew while it failed stays as it was set", async () => {
      const key = await mark(newScope(), 1);
      const due = runner(
        async () => {
          await store.accounts.list();
          throw new AppError("forbidden");
        },
        { nowMs: () => 10 },
      );
      await due.run();
      await store.transaction((tx) => tx.setDue(key, 77));
      expect((await store.due(100, 100)).filter((row) => row.key.scope === key.scope)).toEqual([
        { key, dueAtMs: 77 },
      ]);
      await store.transaction((tx) => tx.setDue(key, null));
      await due.close();
    });

    test("is not lost when a server is killed in the middle of it", async () => {
      const key = await mark(newScope(), 1);
      const killed = store.transaction(async (tx) => {
        await tx.lock(key.scope);
        await tx.setDue(key, null);
        throw new AppError("cancelled");
      });
      await expect(killed).rejects.toMatchObject({ kind: "cancelled" });
      const due = runner(counting, { nowMs: () => 2 });
      await due.run();
      expect(await countOf(key)).toBe(1);
      await due.close();
    });

    test("wakes a server that would have looked much later", async () => {
      const done = Promise.withResolvers<string>();
      const due = runner(
        async (context) => {
          await counting(context);
          done.resolve(context.key.id);
        },
        { nowMs: Date.now, everyMs: 600_000 },
      );
      due.start();
      await due.run();
      const key = await mark(newScope(), Date.now() + 20, "soon");
      expect(await done.promise).toBe("soon");
      await due.close();
      expect(await countOf(key)).toBe(1);
    });

    test("what nobody here knows how to do is left for a newer server", async () => {
      const key = { scope: newScope(), collection: "channel", id: "x" } as const;
      await store.transaction((tx) => tx.setDue(key, 1));
      const due = runner(counting, { nowMs: () => 2 });
      await due.run();
      expect(await store.transaction((tx) => tx.dueAt(key))).toBeGreaterThan(2);
      await store.transaction((tx) => tx.setDue(key, null));
      await due.close();
    });
  });
}

function newScope(): Scope {
  return spaceScope(spaceIdSchema.parse(createId()));
}

/** Writes down each time that it runs, in the row itself. */
const counting: DueHandler = async ({ tx, key, row }) => {
  const count = Number(row?.data["count"]) + 1;
  await tx.write([{ ...key, op: "put", data: { id: key.id, count } }]);
};
