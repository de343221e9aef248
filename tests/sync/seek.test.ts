import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createId, messageIdSchema, type MessageId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { isoTimeSchema } from "#contract/time.ts";
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

/** Snapshots that hold only the newest messages; every page of history is asked for through `onHistory`. */
function shortSnapshots(
  rows: number,
  onHistory: (path: string) => Promise<void> | void = () => undefined,
): TestFetch {
  const through = workplace.fetchAs(workplace.ada);
  return async (path, init) => {
    if (path.startsWith("/v1/history")) await onHistory(path);
    return await through(path.startsWith("/v1/sync") ? `${path}&timeline=${rows + 1}` : path, init);
  };
}

async function idOf(body: string): Promise<MessageId> {
  const rows = await workplace.store.list(workplace.scope, "message");
  return messageIdSchema.parse(rows.find(({ data }) => data["body"] === body)?.id);
}

async function ready(): Promise<void> {
  await client.query("session", {}).until((view) => view.info.isReady);
}

function timeline(at: "end" | "unread" | MessageId | ReturnType<typeof isoTimeSchema.parse>, count = 20) {
  return client.query("timeline", { conversationId: workplace.channelId, at, count });
}

describe("a timeline opened where the cache has nothing", () => {
  it("fetches history to the message, with no gap between it and the newest", async () => {
    await workplace.loadMessages(1600);
    client = new Client({ fetch: shortSnapshots(50) });
    await ready();
    const view = timeline(await idOf("message 400"));
    await view.until(({ items }) => items.length === 20, 20_000);
    expect(view.items[10]?.message.body).toBe("message 400");
    expect(view.info).toMatchObject({ older: "cached", newer: "cached" });
    await client.call("timeline.extend", { subscriptionId: view.id, direction: "newer", count: 500 });
    await view.until(({ items }) => items.length === 520);
    const bodies = view.items.map((item) => item.message.body);
    expect(bodies).toEqual(Array.from({ length: 520 }, (_, index) => `message ${390 + index}`));
  });

  it("opens at a day", async () => {
    await workplace.loadMessages(1200);
    client = new Client({ fetch: shortSnapshots(50) });
    await ready();
    // One message a minute from eight o'clock.
    const view = timeline(isoTimeSchema.parse("2026-11-20T10:00:00.000Z"));
    await view.until(({ items }) => items.length === 20);
    expect(view.items[10]?.message.body).toBe("message 120");
  });

  it("says that it is loading meanwhile, and gives up when the view is closed", async () => {
    await workplace.loadMessages(1500);
    let pages = 0;
    const first = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const fetch = shortSnapshots(50, async () => {
      pages++;
      first.resolve();
      await gate.promise;
    });
    client = new Client({ fetch });
    await ready();
    const view = timeline(await idOf("message 10"));
    await view.until(({ info }) => info.older === "loading");
    expect(view.items).toEqual([]);
    await first.promise;
    client.leave(view);
    gate.resolve();
    const newest = timeline("end");
    await newest.until(({ items }) => items.length === 20);
    expect(pages).toBe(1);
  });

  it("opens as far back as it can while offline, and says so", async () => {
    await workplace.loadMessages(500);
    client = new Client({ fetch: shortSnapshots(50) });
    await ready();
    const old = await idOf("message 10");
    client = await client.reopen({ fetch: () => Promise.reject(new TypeError("no network")) });
    const view = timeline(old);
    await view.until(({ info, items }) => info.older === "offline" && items.length > 0);
    expect(view.items[0]?.message.body).toBe("message 450");
  });

  it("opens at the end when there is no such message", async () => {
    await workplace.loadMessages(300);
    client = new Client({ fetch: shortSnapshots(50) });
    await ready();
    const view = timeline(messageIdSchema.parse(createId()));
    await view.until(({ items }) => items.length === 20);
    expect(view.items.at(-1)?.message.body).toBe("message 299");
  });

  it("opens at once towards what is unread, as far back as is cached, and at it when asked for its time", async () => {
    await workplace.loadMessages(600);
    const readAt = isoTimeSchema.parse("2026-11-20T12:59:00.000Z");
    const { channelId: conversationId } = workplace;
    await workplace.mutate(workplace.ada, "readMarker.set", personScope(workplace.ada), {
      conversationId,
      readAt,
    });
    client = new Client({ fetch: shortSnapshots(50) });
    await ready();
    const view = timeline("unread");
    await view.until(({ items }) => items.length > 0);
    expect(view.items[0]?.message.body).toBe("message 550");
    expect(view.info).toMatchObject({ unreadAfter: readAt, older: "remote" });
    const there = timeline(readAt);
    await there.until(({ items }) => items.length === 20);
    expect(there.items[10]?.message.body).toBe("message 299");
  });

  it("shows a thread whose root and replies are not cached", async () => {
    const root = messageIdSchema.parse(createId());
    const place = { conversationId: workplace.channelId };
    const say = (args: object) =>
      workplace.mutate(workplace.ben, "message.send", workplace.scope, { ...place, ...args });
    await say({ id: root, body: "root" });
    const replies = [1, 2, 3].map((number) => ({ id: createId(), threadId: root, body: `reply ${number}` }));
    for (const reply of replies) await say(reply);
    for (let index = 0; index < 40; index++) await say({ id: createId(), body: "later" });
    client = new Client({ fetch: shortSnapshots(20) });
    await ready();
    const thread = client.query("timeline", { ...place, threadId: root, at: "end", count: 20 });
    await thread.until(({ items, info }) => items.length === 3 && info.root !== null);
    const at = messageIdSchema.parse(replies[0]?.id);
    const atReply = client.query("timeline", { ...place, threadId: root, at, count: 20 });
    await atReply.until(({ items }) => items.length === 3);
    expect(thread.info.root?.message.body).toBe("root");
  });
});
