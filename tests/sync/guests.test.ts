import { afterEach, beforeEach, expect, it } from "vitest";
import { DIRECTORY } from "#contract/scope.ts";
import { Client } from "./client.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

let workplace: Workplace;
let client: Client;
const read: string[] = [];

beforeEach(async () => {
  workplace = await Workplace.create();
  await workplace.loadMessages(3, { authorId: workplace.ada });
  const ben = { id: workplace.ben, displayName: "Bénédicte Œuvrard", isGuest: true };
  const ada = { id: workplace.ada, displayName: "Ada Lovelace" };
  const person = (scope: typeof DIRECTORY, data: typeof ada) =>
    ({ scope, collection: "person", id: data.id, op: "put", data }) as const;
  await workplace.load([person(DIRECTORY, ben), person(workplace.scope, ben), person(workplace.scope, ada)]);
  const through = workplace.fetchAs(workplace.ben);
  const fetch: TestFetch = (path, init) => {
    if (path.startsWith("/v1/sync")) read.push(path);
    return through(path, init);
  };
  client = new Client({ fetch });
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

it("someone from outside knows themselves and the people of their places, without the directory", async () => {
  const session = client.query("session", {});
  await session.until(({ info }) => info.isReady && info.me !== null);
  expect(session.info.me?.displayName).toBe("Bénédicte Œuvrard");
  expect(read.some((path) => path.includes("scope=directory"))).toBe(false);
  const timeline = client.query("timeline", { conversationId: workplace.channelId, at: "end", count: 10 });
  await timeline.until(({ items }) => items.length === 3);
  expect(timeline.items[0]?.author.displayName).toBe("Ada Lovelace");
  const people = client.query("people", { text: "love", limit: 5 });
  await people.until(({ items }) => items.length === 1);
  const members = client.query("members", { conversationId: workplace.channelId });
  await members.until(({ items }) => items.length === 2);
  expect(members.items.map((item) => [item.person.displayName, item.role])).toEqual([
    ["Ada Lovelace", "animator"],
    ["Bénédicte Œuvrard", "animator"],
  ]);
  const conversations = client.query("conversations", {});
  await conversations.until(({ items }) => items.length === 1);
  expect(conversations.items[0]?.hasGuests).toBe(true);
});
