import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createId, messageIdSchema } from "#contract/ids.ts";
import { CacheDatabase } from "#renderer/db/database.ts";
import { Client } from "./client.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

let workplace: Workplace;
let client: Client;

beforeEach(async () => {
  workplace = await Workplace.create();
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

/** A workplace whose snapshots hold only the newest messages, and one whose reactions may be missing. */
function shortSnapshots(rows: number): TestFetch {
  const through = workplace.fetchAs(workplace.ada);
  return (path, init) => through(path.startsWith("/v1/sync") ? `${path}&timeline=${rows + 1}` : path, init);
}

describe("history", () => {
  it("goes on beyond the cache, keeps what came and says where it begins", async () => {
    await workplace.loadMessages(300);
    client = new Client({ fetch: shortSnapshots(60) });
    const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 50 });
    await timeline.until((view) => view.items.length === 50 && view.info.older === "cached");
    const extend = { subscriptionId: timeline.id, direction: "older" as const, count: 100 };
    await client.call("timeline.extend", extend);
    await timeline.until((view) => view.items.length === 60 && view.info.older === "remote");
    while (timeline.info.older !== "start") {
      const before = timeline.items.length;
      await client.call("timeline.extend", extend);
      await timeline.until((view) => view.items.length > before && view.info.older !== "loading");
    }
    expect(timeline.items.map((item) => item.message.body)).toEqual(
      Array.from({ length: 300 }, (_, index) => `message ${index}`),
    );
    client = await client.reopen({ fetch: () => Promise.reject(new TypeError("no network")) });
    const again = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 300 });
    await again.until((view) => view.items.length === 300);
  });

  it("does not show an old message that changed until history has reached it", async () => {
    await workplace.loadMessages(200);
    client = new Client({ fetch: shortSnapshots(20) });
    const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 20 });
    await timeline.until((view) => view.items.length === 20 && view.info.older === "remote");
    const old = (await workplace.store.list(workplace.scope, "message")).find(
      ({ data }) => data["body"] === "message 3",
    );
    const args = { id: old?.id, conversationId: workplace.channelId, body: "changed", baseVersion: 1 };
    await workplace.mutate(workplace.ben, "message.edit", workplace.scope, args);
    const conversationId = workplace.channelId;
    const next = { id: createId(), conversationId, body: "after the change" };
    await workplace.mutate(workplace.ben, "message.send", workplace.scope, next);
    await timeline.until((view) => view.items.at(-1)?.message.body === "after the change");
    expect(timeline.items.map((item) => item.message.body)).not.toContain("changed");
    await client.call("timeline.extend", { subscriptionId: timeline.id, direction: "older", count: 500 });
    await timeline.until((view) => view.items.length === 201);
    expect(timeline.items[3]?.message.body).toBe("changed");
  });

  it("does not take back what another window has fetched further", async () => {
    await workplace.loadMessages(300);
    const held = Promise.withResolvers<void>();
    const through = shortSnapshots(20);
    const fetch: TestFetch = async (path, init) => {
      const response = await through(path, init);
      if (path.includes("limit=11&")) await held.promise;
      return response;
    };
    client = new Client({ fetch });
    const conversationId = workplace.channelId;
    const views = [20, 19].map((count) => client.query("timeline", { conversationId, at: "end", count }));
    const [near, far] = views;
    for (const view of views) await view.until(({ info }) => info.older !== "loading");
    await near?.until(({ info }) => info.older === "remote");
    await far?.until(({ info }) => info.older === "cached");
    const older = (id = 0, count = 0) =>
      client.call("timeline.extend", { subscriptionId: id, direction: "older", count });
    await older(far?.id, 10);
    await far?.until(({ info }) => info.older === "remote");
    const slow = older(near?.id, 11);
    await older(far?.id, 100);
    await far?.until((view) => view.items.length === 120);
    held.resolve();
    await slow;
    await near?.until((view) => view.items.length === 31);
    expect(far?.items.length).toBe(120);
  });

  it("shows history for which there is no room on disk", async () => {
    await workplace.loadMessages(100);
    client = new Client({ fetch: shortSnapshots(20) });
    await client.query("session", {}).until((view) => view.info.isReady);
    const full = new DOMException("no room", "QuotaExceededError");
    const commit = vi.spyOn(CacheDatabase.prototype, "commit").mockRejectedValue(full);
    const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 50 });
    await timeline.until((view) => view.items.length === 70);
    expect(timeline.items[0]?.message.body).toBe("message 30");
    await client.query("session", {}).until((view) => view.info.storage?.isFull === true);
    commit.mockRestore();
    await client.query("session", {}).until((view) => view.info.storage?.isFull === false);
  });

  it("fetches a thread that is older than the cache", async () => {
    const root = messageIdSchema.parse(createId());
    const place = { conversationId: workplace.channelId };
    await workplace.mutate(workplace.ben, "message.send", workplace.scope, {
      ...place,
      id: root,
      body: "root",
    });
    for (let index = 0; index < 5; index++) {
      const reply = { ...place, id: createId(), threadId: root, body: `reply ${index}` };
      await workplace.mutate(workplace.ben, "message.send", workplace.scope, reply);
    }
    for (let index = 0; index < 30; index++) {
      await workplace.mutate(workplace.ben, "message.send", workplace.scope, {
        ...place,
        id: createId(),
        body: "x",
      });
    }
    client = new Client({ fetch: shortSnapshots(31) });
    const timeline = client.query("timeline", { ...place, at: "end", count: 50 });
    await timeline.until((view) => view.items.length === 31);
    const thread = client.query("timeline", { ...place, threadId: root, at: "end", count: 20 });
    await thread.until((view) => view.items.length === 5 && view.info.older === "start");
    expect(thread.info.root?.message.body).toBe("root");
  });

  it("says that older messages are out of reach while offline", async () => {
    await workplace.loadMessages(100);
    client = new Client({ fetch: shortSnapshots(20) });
    await client.query("session", {}).until((view) => view.info.isReady);
    client = await client.reopen({ fetch: () => Promise.reject(new TypeError("no network")) });
    const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 20 });
    await timeline.until((view) => view.items.length === 20 && view.info.older === "offline");
    await client.call("timeline.extend", { subscriptionId: timeline.id, direction: "older", count: 20 });
    expect(timeline.items).toHaveLength(20);
  });

  it("opens at the first unread message and around a message, and grows to the end", async () => {
    await workplace.loadMessages(200);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    const all = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 200 });
    await all.until((view) => view.items.length === 200);
    const target = all.items[60];
    if (target === undefined) throw new Error("nothing to open at");
    const around = client.query("timeline", {
      conversationId: workplace.channelId,
      at: target.message.id,
      count: 20,
    });
    await around.until((view) => view.items.length === 20);
    expect(around.items[10]?.message.body).toBe("message 60");
    expect(around.info).toMatchObject({ older: "cached", newer: "cached" });
    await client.call("timeline.extend", { subscriptionId: around.id, direction: "newer", count: 500 });
    await around.until((view) => view.info.newer === "end" && view.items.length === 150);
    await client.call("cache.clear", {});
    await all.until((view) => view.items.length === 200 && view.info.older === "start");
  });
});
