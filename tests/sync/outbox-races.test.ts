import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createId, mutationIdSchema } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Cache } from "#renderer/db/cache.ts";
import type { OutboxEntry } from "#renderer/db/outbox.ts";
import { retry } from "#renderer/sync/mutate.ts";
import { fastClock } from "./client.ts";
import { openCache } from "./open-cache.ts";

let cache: Cache;
let entry: OutboxEntry;
const indexedDB = new IDBFactory();
const { problem } = new AppError("forbidden");
const refuse = (each: OutboxEntry): OutboxEntry => ({ ...each, status: "rejected", problem });

beforeEach(async () => {
  cache = await openCache({ indexedDB });
  const id = mutationIdSchema.parse(createId());
  const mutation = { id, name: "presence.set", scope: DIRECTORY, args: {}, madeAt: toIsoTime(Date.now()) };
  entry = await cache.outbox.add(mutation, "");
});

afterEach(async () => {
  await cache.outbox.clear();
  cache.close();
});

describe("one entry of the outbox that two things happen to at once", () => {
  it("becomes one new write when its retry is asked for twice", async () => {
    await cache.outbox.change(entry.mutation.id, refuse);
    const context = { cache, clock: fastClock(1) };
    const twice = [retry(context, entry.mutation.id), retry(context, entry.mutation.id)];
    await twice[0];
    const first = cache.outbox.entries().map((each) => each.mutation.id);
    await twice[1];
    expect(cache.outbox.entries().map((each) => each.mutation.id)).toEqual(first);
    expect(first).not.toContain(entry.mutation.id);
  });

  it("is not put back as refused when its result comes first", async () => {
    const settle = async () => {
      await cache.store.append({
        entries: [],
        meta: [],
        outboxDelete: [entry.order],
        onApplied: () => {
          cache.outbox.settle([entry.order], []);
        },
      });
    };
    vi.spyOn(cache.store, "drain").mockImplementationOnce(settle);
    await cache.outbox.change(entry.mutation.id, refuse);
    expect(cache.outbox.entries()).toEqual([]);
    cache.close();
    cache = await openCache({ indexedDB });
    expect(cache.outbox.entries()).toEqual([]);
  });

  it("stays refused when the request that carried it fails afterwards", async () => {
    cache.outbox.mark([entry.order], "sending", null);
    await cache.outbox.change(entry.mutation.id, refuse);
    cache.outbox.mark([entry.order], "waiting", null);
    expect(cache.outbox.entries()[0]?.status).toBe("rejected");
  });
});
