import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createId, messageIdSchema } from "#contract/ids.ts";
import { Client } from "./client.ts";
import { Workplace } from "./workplace.ts";

let workplace: Workplace;
let client: Client;

beforeEach(async () => {
  workplace = await Workplace.create();
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

describe("first sync", () => {
  it("brings people, conversations and the newest messages", async () => {
    await workplace.loadMessages(1200);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    const session = client.query("session", {});
    const conversations = client.query("conversations", {});
    const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 50 });
    await session.until((view) => view.info.isReady);
    expect(session.info.me?.displayName).toBe("Ada Lovelace");
    expect(session.info.connection).toBe("online");
    await conversations.until((view) => view.items[0]?.unread === 100);
    expect(conversations.items[0]).toMatchObject({
      name: "Général",
      space: { name: "Voirie" },
      kind: "channel",
    });
    expect(conversations.items[0]?.lastMessage?.excerpt).toBe("message 1199");
    await timeline.until((view) => view.items.length === 50);
    expect(timeline.items.at(-1)?.message.body).toBe("message 1199");
    expect(timeline.items.at(-1)?.author.displayName).toBe("Bénédicte Œuvrard");
    expect(timeline.info).toMatchObject({ isLoaded: true, older: "cached", newer: "end" });
  });

  it("shows everything from disk when the workplace cannot be reached", async () => {
    await workplace.loadMessages(700);
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await client.query("session", {}).until((view) => view.info.isReady);
    client = await client.reopen({ fetch: () => Promise.reject(new TypeError("no network")) });
    const session = client.query("session", {});
    const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 50 });
    await timeline.until((view) => view.items.length === 50);
    expect(timeline.items.at(-1)?.message.body).toBe("message 699");
    await session.until((view) => view.info.connection === "offline");
    expect(session.info).toMatchObject({ isReady: true, problem: { kind: "offline" } });
    for (let shown = 50; shown < 700; shown += 200) {
      await client.call("timeline.extend", { subscriptionId: timeline.id, direction: "older", count: 200 });
    }
    await timeline.until((view) => view.items.length === 700);
    expect(timeline.items.map((item) => item.message.body)).toEqual(
      Array.from({ length: 700 }, (_, index) => `message ${index}`),
    );
  });

  it("shows a message sent at once, and the server's copy in its place", async () => {
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 50 });
    await timeline.until((view) => view.info.isLoaded);
    const id = messageIdSchema.parse(createId());
    await client.call("mutate", {
      name: "message.send",
      scope: workplace.scope,
      args: { id, conversationId: workplace.channelId, body: "Bonjour" },
    });
    await timeline.until((view) => view.items.length === 1);
    await timeline.until((view) => view.items[0]?.pending === null);
    expect(timeline.items[0]?.key).toBe(id);
    expect(await workplace.bodies()).toEqual(["Bonjour"]);
    await client.query("session", {}).until((view) => view.info.outbox.waiting === 0);
  });
});
