import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCache } from "./open-cache.ts";
import type { Cache } from "#renderer/db/cache.ts";
import { LiveQueries, type LiveQuery, type View } from "#renderer/db/live-queries.ts";

const NOTHING: View = { items: [], info: null };

let cache: Cache;
let live: LiveQueries;
let order: string[];

beforeEach(async () => {
  cache = await openCache();
  order = [];
  live = new LiveQueries({
    clock: {
      now: () => Date.now(),
      setTimeout: (run, delayMs) => Number(setTimeout(run, delayMs)),
      clearTimeout: (timer) => {
        clearTimeout(timer);
      },
    },
    createReader: () => cache.createReader(),
    onBug: (error) => order.push(`bug ${String(error)}`),
  });
});

afterEach(() => {
  live.close();
  cache.close();
});

/** Subscribes a query that is computed once `gate` lets it; resolves with its first answer. */
async function ask(name: string, options: { isPatient?: boolean; gate?: Promise<void> } = {}): Promise<void> {
  const { isPatient = false, gate = Promise.resolve() } = options;
  const query: LiveQuery = {
    isPatient,
    compute: async () => {
      order.push(`${name} runs`);
      await gate;
      return NOTHING;
    },
  };
  await new Promise<void>((resolve) => {
    live.subscribe(query, () => {
      order.push(`${name} answered`);
      resolve();
    });
  });
}

describe("live queries that read much", () => {
  it("answer after the ones that read little, whatever was asked first", async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const timeline = ask("timeline", { gate });
    const list = ask("list", { isPatient: true });
    const draft = ask("draft");
    await draft;
    expect(order).toEqual(["timeline runs", "draft runs", "draft answered"]);
    open();
    await Promise.all([timeline, list]);
    expect(order.slice(3)).toEqual(["timeline answered", "list runs", "list answered"]);
  });

  it("do not wait when nothing else is asked", async () => {
    await ask("list", { isPatient: true });
    expect(order).toEqual(["list runs", "list answered"]);
  });

  it("come when what they waited for fails", async () => {
    const list = () => ask("list", { isPatient: true });
    const failing = ask("timeline", { gate: Promise.reject(new Error("unreadable")) });
    await Promise.all([failing, list()]);
    expect(order).toContain("bug Error: unreadable");
    expect(order.at(-1)).toBe("list answered");
  });

  it("never run once their view is gone", async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const timeline = ask("timeline", { gate });
    const run = () => {
      order.push("list runs");
      return Promise.resolve(NOTHING);
    };
    live.subscribe({ isPatient: true, compute: run }, () => undefined).dispose();
    open();
    await timeline;
    await ask("draft");
    expect(order).not.toContain("list runs");
  });
});
