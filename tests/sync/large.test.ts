import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createId, messageIdSchema, personIdSchema, reactionId } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";
import { Client, fastClock } from "./client.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

const SEVERAL_MINUTES = 180_000;

let workplace: Workplace;
let client: Client;

beforeEach(async () => {
  workplace = await Workplace.create();
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

describe("large numbers", () => {
  it("shows 50,000 reactions on one message and takes one more", { timeout: SEVERAL_MINUTES }, async () => {
    await workplace.loadMessages(20);
    const message = (await workplace.store.list(workplace.scope, "message")).find(
      ({ data }) => data["body"] === "message 10",
    );
    const messageId = messageIdSchema.parse(message?.id);
    const conversationId = workplace.channelId;
    const createdAt = toIsoTime(Date.parse("2026-11-20T12:00:00.000Z"));
    await workplace.load(
      Array.from({ length: 50_000 }, (_, index) => {
        const personId = personIdSchema.parse(createId());
        const emoji = index % 5 === 0 ? "🎉" : "👍";
        const id = reactionId(messageId, personId, emoji);
        const data = { id, messageId, conversationId, personId, emoji, createdAt };
        return { scope: workplace.scope, collection: "reaction" as const, id, op: "put" as const, data };
      }),
    );
    client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
    await client.query("session", {}).until((view) => view.info.isReady, 60_000);
    const timeline = client.query("timeline", { conversationId, at: "end", count: 50 });
    const counts = () =>
      timeline.items
        .find((item) => item.key === messageId)
        ?.reactions.map(({ emoji, count, isMine }) => [emoji, count, isMine])
        .toSorted((a, b) => Number(b[1]) - Number(a[1]));
    await timeline.until(() => counts()?.[0]?.[1] === 40_000, 30_000);
    expect(counts()).toEqual([
      ["👍", 40_000, false],
      ["🎉", 10_000, false],
    ]);
    const args = { conversationId, messageId, emoji: "👍" };
    await client.call("mutate", { name: "reaction.add", scope: workplace.scope, args });
    await timeline.until(() => counts()?.[0]?.[1] === 40_001);
    await client.query("session", {}).until((view) => view.info.outbox.waiting === 0);
    await timeline.until(() => counts()?.[0]?.[1] === 40_001);
    const a2 = { conversationId, messageId, emoji: "🎉" };
    await workplace.mutate(workplace.ben, "reaction.add", workplace.scope, a2);
    await timeline.until(() => counts()?.[1]?.[1] === 10_001);
    expect(counts()?.[0]).toEqual(["👍", 40_001, true]);
    const people = await client.call("message.reactors", args);
    expect(people).toHaveLength(40_001);
  });

  it("replays 5,000 writes made offline in order", { timeout: SEVERAL_MINUTES }, async () => {
    let isConnected = true;
    const through = workplace.fetchAs(workplace.ada);
    const fetch: TestFetch = (path, init) =>
      isConnected ? through(path, init) : Promise.reject(new TypeError("no network"));
    client = new Client({ fetch, clock: fastClock(20) });
    await client.query("session", {}).until((view) => view.info.isReady);
    isConnected = false;
    client = await client.reopen();
    const conversationId = workplace.channelId;
    for (let index = 0; index < 5000; index++) {
      const args = { id: createId(), conversationId, body: `offline ${index}` };
      await client.call("mutate", { name: "message.send", scope: workplace.scope, args });
    }
    client = await client.reopen();
    await client.query("session", {}).until((view) => view.info.outbox.waiting === 5000);
    isConnected = true;
    await client.call("sync.retry", {});
    await client
      .query("session", {})
      .until(({ info }) => info.connection === "online" && info.outbox.waiting === 0, 120_000);
    expect(await workplace.bodies()).toEqual(Array.from({ length: 5000 }, (_, index) => `offline ${index}`));
  });
});
