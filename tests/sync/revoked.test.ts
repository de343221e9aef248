import { afterEach, beforeEach, expect, describe, it, vi } from "vitest";
import { AppError } from "#contract/problem.ts";
import type { Cache } from "#renderer/db/cache.ts";
import { Api } from "#renderer/sync/api.ts";
import { loadHistory } from "#renderer/sync/history.ts";
import { ScopeSync } from "#renderer/sync/scope-sync.ts";
import { Watchdog } from "#renderer/sync/watchdog.ts";
import { Client, fastClock } from "./client.ts";
import { openCache } from "./open-cache.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

let workplace: Workplace;
let cache: Cache;
let stop: AbortController;

beforeEach(async () => {
  workplace = await Workplace.create();
  await workplace.loadMessages(30);
  cache = await openCache();
  stop = new AbortController();
});

afterEach(async () => {
  cache.close();
  await workplace.close();
});

/** Takes the scope away in the moment in which rows are being put in place. */
function revokeDuringApply(): void {
  const apply = cache.store.apply.bind(cache.store);
  vi.spyOn(cache.store, "apply").mockImplementationOnce(async (rows) => {
    const applying = apply(rows);
    stop.abort(new AppError("cancelled"));
    await Promise.all([applying, cache.purge(workplace.scope)]);
    return await applying;
  });
}

function line() {
  return {
    api: new Api({ fetch: workplace.fetchAs(workplace.ada), basePath: "" }),
    cache,
    scope: workplace.scope,
    watchdog: new Watchdog(fastClock(1), 60_000),
    signal: stop.signal,
  };
}

async function sync(): Promise<void> {
  const quiet = { onRows: () => undefined, onTotal: () => undefined, onInvalid: () => undefined };
  const { written } = await new ScopeSync({ ...line(), seen: undefined, ...quiet }).run();
  await written;
}

describe("a scope that is revoked while its rows arrive", () => {
  it("leaves no position, or what was purged would never be fetched again", async () => {
    revokeDuringApply();
    await expect(sync()).rejects.toThrow("cancelled");
    expect(cache.positions.get(workplace.scope)).toBeUndefined();
    expect(cache.scopes()).not.toContain(workplace.scope);
  });

  it("leaves no history behind when an older page was under way", async () => {
    await sync();
    revokeDuringApply();
    const request = {
      scope: workplace.scope,
      conversationId: workplace.channelId,
      threadId: undefined,
      before: undefined,
      limit: 10,
    };
    await expect(loadHistory(line(), request)).rejects.toThrow("cancelled");
    expect(cache.positions.history(workplace.scope, workplace.channelId)).toBeUndefined();
  });
});

describe("a scope that cannot be read though it was announced", () => {
  const forbidden = { type: "about:blank", kind: "forbidden", title: "Not yours to read", status: 403 };

  function refusing(times: number, isListed: boolean): TestFetch {
    const through = workplace.fetchAs(workplace.ada);
    let refused = 0;
    return async (path, init) => {
      if (path.startsWith("/v1/sync") && path.includes(encodeURIComponent(workplace.scope))) {
        if (refused++ < times) return Response.json(forbidden, { status: 403 });
      }
      if (path === "/v1/scopes" && !isListed) return Response.json({ scopes: [] });
      return await through(path, init);
    };
  }

  it("is let go when the server no longer lists it, and holds nothing up", async () => {
    const client = new Client({ fetch: refusing(1000, false) });
    const session = client.query("session", {});
    await session.until(({ info }) => info.isReady && info.problem === null);
    expect(client.query("conversations", {}).items).toEqual([]);
    await client.closeCleanly();
  });

  it("is read as soon as it can be, when it is still listed", async () => {
    const client = new Client({ fetch: refusing(2, true) });
    await client.query("session", {}).until(({ info }) => info.isReady);
    const conversations = client.query("conversations", {});
    await conversations.until(({ items }) => items.length === 1);
    expect(conversations.items[0]?.conversationId).toBe(workplace.channelId);
    await client.closeCleanly();
  });
});
