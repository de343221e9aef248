import { Blob } from "node:buffer";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Classification } from "#contract/classification.ts";
import { conversationIdSchema, createId, messageIdSchema, spaceIdSchema } from "#contract/ids.ts";
import { DIRECTORY, personScope, spaceScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { Client, KEY } from "./client.ts";
import { CuttableLine } from "./cuttable-line.ts";
import { everythingOnDisk } from "./on-disk.ts";
import { Workplace } from "./workplace.ts";

const spaceId = spaceIdSchema.parse(createId());
const scope = spaceScope(spaceId);
const conversationId = conversationIdSchema.parse(createId());

/** Everything of the marked space that is words, wherever its copies are. */
const WORDS = [
  "Cellule de crise",
  "Salle des cartes",
  "Le barrage cède",
  "brouillon du barrage",
  "gardé du barrage",
  "programmé du barrage",
  "signalé du barrage",
  "article du barrage",
];

let workplace: Workplace;
let client: Client;
let line: CuttableLine;

/** A space marked so, with words of every kind in it and about it. */
async function mark(level: Classification, visibility: "hidden" | "open" = "hidden"): Promise<void> {
  const { ada, ben } = workplace;
  const own = personScope(ada);
  const messageId = createId();
  const object = { kind: "message", scope, conversationId, messageId };
  const space = { id: spaceId, name: "Cellule de crise", kind: "project", visibility, classification: level };
  await workplace.mutate(ada, "space.create", DIRECTORY, space);
  await workplace.mutate(ada, "membership.set", scope, { spaceId, personId: ben, role: "member" });
  const channel = { id: conversationId, spaceId, name: "Salle des cartes" };
  await workplace.mutate(ada, "channel.create", scope, channel);
  const mentions = [{ kind: "person", personId: ada }];
  const body = "Le barrage cède";
  await workplace.mutate(ben, "message.send", scope, { id: messageId, conversationId, body, mentions });
  await workplace.mutate(ada, "draft.set", own, { conversationId, body: "brouillon du barrage" });
  await workplace.mutate(ada, "item.save", own, { object, excerpt: body, note: "gardé du barrage" });
  await workplace.mutate(ada, "message.schedule", own, {
    id: createId(),
    scope,
    conversationId,
    body: "programmé du barrage",
    sendAt: toIsoTime(Date.now() + 86_400_000),
  });
  const report = { id: createId(), object, complaint: "signalé du barrage" };
  await workplace.mutate(ben, "report.make", scope, report);
  await workplace.mutate(ada, "article.save", own, {
    id: createId(),
    spaceId,
    post: { kind: "article", title: "article du barrage" },
    body: "article du barrage",
  });
}

/** And what is of the other space, which is not marked: it stays as it always did. */
async function markNothing(): Promise<void> {
  const { ada, ben, channelId } = workplace;
  const mentions = [{ kind: "person", personId: ada }];
  const sent = { id: createId(), conversationId: channelId, body: "Rue barrée", mentions };
  await workplace.mutate(ben, "message.send", workplace.scope, sent);
  const draft = { conversationId: channelId, body: "brouillon de la rue" };
  await workplace.mutate(ada, "draft.set", personScope(ada), draft);
}

async function setLevel(from: Classification, to: Classification): Promise<void> {
  const change = { spaceId, base: { classification: from }, changes: { classification: to } };
  await workplace.mutate(workplace.ada, "space.update", scope, change);
}

async function open(ceiling: Classification | null): Promise<void> {
  client = new Client({ fetch: line.over(workplace.fetchAs(workplace.ada)), ceiling });
  await synced();
}

async function synced(): Promise<void> {
  await client.query("session", {}).until(({ info }) => info.isReady && !info.sync.isRunning);
  await client.query("draft", { conversationId }).until(({ info }) => info.body !== "");
}

async function words(): Promise<string[]> {
  const disk = await everythingOnDisk(client.indexedDB);
  return WORDS.filter((each) => disk.includes(each));
}

const nothingOnDisk = () => vi.waitFor(async () => expect(await words()).toEqual([]), { timeout: 8000 });
const allOnDisk = () => vi.waitFor(async () => expect(await words()).toEqual(WORDS), { timeout: 8000 });

/** What is shown of the space, apart from whether it is kept. */
async function shown(): Promise<unknown> {
  const timeline = client.query("timeline", { conversationId, at: "end", count: 50 });
  await timeline.until(({ items, info }) => info.isLoaded && items.length > 0);
  const saved = client.query("savedItems", {});
  await saved.until(({ items }) => items.length > 0);
  const scheduled = client.query("scheduledMessages", {});
  await scheduled.until(({ items }) => items.length > 0);
  const inbox = client.query("inbox", { show: "waiting", limit: 50 });
  await inbox.until(({ items }) => items.some(({ excerpt }) => excerpt === "Le barrage cède"));
  const draft = client.query("draft", { conversationId });
  await draft.until(({ info }) => info.body !== "");
  const conversation = client.query("conversation", { conversationId });
  await conversation.until(({ info }) => info.summary !== null);
  return {
    messages: timeline.items.map(({ message }) => message.body),
    saved: saved.items.map(({ item, place }) => [item.note, item.excerpt, place]),
    scheduled: scheduled.items.map(({ scheduled: { body }, place }) => [body, place]),
    inbox: inbox.items.map(({ excerpt, place }) => `${place}: ${excerpt}`).toSorted(),
    draft: draft.info.body,
    conversation: [conversation.info.summary?.name, conversation.info.memberCount, conversation.info.role],
  };
}

async function keptness(): Promise<{ isKept: boolean; isHere: boolean }> {
  const view = client.query("conversation", { conversationId });
  await view.until(() => true);
  return { isKept: view.info.isKept, isHere: view.info.isHere };
}

/** Another start without any network. */
async function restartOffline(ceiling: Classification | null): Promise<void> {
  await line.cut(client);
  client = await client.reopen({ ceiling });
  await client.query("session", {}).until(({ info }) => info.connection === "offline");
}

beforeEach(async () => {
  workplace = await Workplace.create();
  line = new CuttableLine();
  await markNothing();
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

describe("a space marked above the ceiling", () => {
  it("is shown as without one, and nothing of it is on disk, nor any copy of it", async () => {
    await mark("confidential");
    await open(null);
    const without = await shown();
    await allOnDisk();
    await client.close();
    await open("internal");
    expect(await shown()).toEqual(without);
    expect(await keptness()).toEqual({ isKept: false, isHere: true });
    await client.query("session", {}).until(({ info }) => info.notKept === 1);
    // What comes live takes the other way to disk.
    await workplace.mutate(workplace.ben, "message.send", scope, {
      id: createId(),
      conversationId,
      body: "Le barrage cède encore",
      mentions: [{ kind: "person", personId: workplace.ada }],
    });
    const view = client.query("timeline", { conversationId, at: "end", count: 50 });
    await view.until(({ items }) => items.at(-1)?.message.body === "Le barrage cède encore");
    await nothingOnDisk();
    await client.close();
    const disk = await everythingOnDisk(client.indexedDB);
    expect(WORDS.filter((each) => disk.includes(each))).toEqual([]);
    expect(disk).not.toContain(conversationId);
    // What is not marked is all there.
    for (const each of ["Rue barrée", "brouillon de la rue", "Voirie", "Général"])
      expect(disk).toContain(each);
  });

  it("is told apart from an empty one after a start without network, and comes again with it, copies too", async () => {
    await mark("confidential");
    await open("restricted");
    const before = await shown();
    await restartOffline("restricted");
    await client.query("session", {}).until(({ info }) => info.notKept === 1);
    const community = client.query("community", { spaceId });
    await community.until(({ info }) => info.view === null && !info.isKept && !info.isHere);
    expect(await keptness()).toEqual({ isKept: false, isHere: false });
    const { channelId } = workplace;
    const other = client.query("timeline", { conversationId: channelId, at: "end", count: 50 });
    await other.until(({ items }) => items.some(({ message }) => message.body === "Rue barrée"));
    await line.restore(client);
    expect(await shown()).toEqual(before);
    await community.until(({ info }) => info.view !== null && info.isHere && !info.isKept);
    await nothingOnDisk();
  });

  it("leaves the disk when the ceiling comes down, stays shown, and is kept again when it goes up", async () => {
    await mark("restricted");
    await open(null);
    const before = await shown();
    await allOnDisk();
    client.setCeiling("internal");
    await nothingOnDisk();
    expect(await shown()).toEqual(before);
    expect(await keptness()).toEqual({ isKept: false, isHere: true });
    client.setCeiling("restricted");
    await allOnDisk();
    expect(await keptness()).toEqual({ isKept: true, isHere: true });
    await restartOffline("restricted");
    expect(await shown()).toEqual(before);
    expect(await keptness()).toEqual({ isKept: true, isHere: true });
  });

  it("leaves the disk and comes to it as its mark is changed", async () => {
    await mark("internal");
    await open("internal");
    const before = await shown();
    await allOnDisk();
    await setLevel("internal", "confidential");
    await nothingOnDisk();
    expect(await shown()).toEqual(before);
    await setLevel("confidential", "public");
    await allOnDisk();
    expect(await shown()).toEqual(before);
    await restartOffline("internal");
    expect(await shown()).toEqual(before);
  });

  it("leaves the disk at the start when the ceiling has come meanwhile", async () => {
    await mark("confidential");
    await open(null);
    await allOnDisk();
    await restartOffline("internal");
    await nothingOnDisk();
    expect(await keptness()).toEqual({ isKept: false, isHere: false });
    await line.restore(client);
    await shown();
    await nothingOnDisk();
    await restartOffline(null);
    expect(await keptness()).toEqual({ isKept: true, isHere: false });
    await line.restore(client);
    await shown();
    await allOnDisk();
    expect(await keptness()).toEqual({ isKept: true, isHere: true });
  });

  it("is shown in the directory, and kept from there on when it is open to all", async () => {
    await mark("confidential", "open");
    await open("internal");
    await shown();
    await restartOffline("internal");
    const community = client.query("community", { spaceId });
    await community.until(({ info }) => info.view?.space.name === "Cellule de crise" && !info.view.isHere);
    expect((await words()).filter((each) => each !== "Cellule de crise")).toEqual([]);
  });

  it("takes what is written there in memory, over a lock too, and sends it as soon as it can", async () => {
    await mark("confidential");
    await open("internal");
    await line.cut(client);
    const say = (body: string) => {
      const args = { id: messageIdSchema.parse(createId()), conversationId, body };
      return client.call("mutate", { name: "message.send", scope, args });
    };
    await say("Le barrage cède, un");
    const { channelId } = workplace;
    await client.call("mutate", {
      name: "draft.set",
      scope: personScope(workplace.ada),
      args: { conversationId: channelId, body: "rue, encore" },
    });
    await client.call("mutate", {
      name: "draft.set",
      scope: personScope(workplace.ada),
      args: { conversationId, body: "brouillon du barrage, encore" },
    });
    await say("Le barrage cède, deux");
    const outbox = client.query("outbox", {});
    await outbox.until(({ items }) => items.length === 4);
    expect(await words()).toEqual([]);
    expect(await everythingOnDisk(client.indexedDB)).toContain("rue, encore");
    client.lock();
    await vi.waitFor(() => expect(client.fatal).toHaveLength(1));
    client.open();
    const again = client.query("outbox", {});
    await again.until(({ items }) => items.length === 4);
    expect(again.items.map(({ name }) => name)).toEqual(outbox.items.map(({ name }) => name));
    await line.restore(client);
    await again.until(({ items }) => items.length === 0);
    expect(await workplace.bodies(conversationId, scope)).toEqual([
      "Le barrage cède",
      "Le barrage cède, un",
      "Le barrage cède, deux",
    ]);
    await nothingOnDisk();
  });

  it("takes what waits in memory along to a new key", async () => {
    await mark("confidential");
    await open("internal");
    await line.cut(client);
    const file = new Blob(["Le barrage cède ".repeat(100_000)]);
    await client.call("upload.add", { scope, file, name: "plan.txt", mediaType: "text/plain" });
    const args = { id: messageIdSchema.parse(createId()), conversationId, body: "sous une autre clé" };
    await client.call("mutate", { name: "message.send", scope, args });
    const next = new Uint8Array(32).fill(9).buffer;
    client.rekey(next, "2", KEY);
    await vi.waitFor(() => expect(client.rotated).toEqual(["2"]), { timeout: 8000 });
    client.lock();
    await vi.waitFor(() => expect(client.fatal).toHaveLength(1));
    const fetch = line.over(workplace.fetchAs(workplace.ada));
    const page = new Client({ fetch, host: client.host, key: next, keyId: "2", ceiling: "internal" });
    await page.query("outbox", {}).until(({ items }) => items.length === 1);
    await line.restore(page);
    await page.query("uploads", {}).until(({ items }) => items.every(({ state }) => state === "done"));
    await page.query("outbox", {}).until(({ items }) => items.length === 0);
    expect(await workplace.bodies(conversationId, scope)).toContain("sous une autre clé");
  });

  it("loses with the program what was written there and not sent, and nothing else", async () => {
    await mark("confidential");
    await open("internal");
    await line.cut(client);
    const send = async (to: typeof scope, id: typeof conversationId) => {
      const args = { id: messageIdSchema.parse(createId()), conversationId: id, body: "perdu ?" };
      await client.call("mutate", { name: "message.send", scope: to, args });
    };
    await send(scope, conversationId);
    await send(workplace.scope, workplace.channelId);
    await restartOffline("internal");
    const outbox = client.query("outbox", {});
    await outbox.until(({ items }) => items.length === 1);
    expect(outbox.items[0]?.scope).toBe(workplace.scope);
  });

  it("takes writes and files along when it is marked while they wait", async () => {
    await mark("internal");
    await open("internal");
    await line.cut(client);
    const file = new Blob(["Le barrage cède dans le fichier ".repeat(60_000)]);
    const name = "Salle des cartes.txt";
    await client.call("upload.add", { scope, file, name, mediaType: "text/plain" });
    const args = { id: messageIdSchema.parse(createId()), conversationId, body: "Le barrage cède, trois" };
    await client.call("mutate", { name: "message.send", scope, args });
    const texts = ["cède dans le fichier", "Salle des cartes.txt", "cède, trois"];
    const onDisk = async () => {
      const disk = await everythingOnDisk(client.indexedDB);
      return texts.filter((each) => disk.includes(each));
    };
    expect(await onDisk()).toEqual(texts);
    client.setCeiling("public");
    await vi.waitFor(async () => expect(await onDisk()).toEqual([]), { timeout: 8000 });
    await line.restore(client);
    const uploads = client.query("uploads", {});
    await uploads.until(({ items }) => items.every(({ state }) => state === "done"));
    await client.query("outbox", {}).until(({ items }) => items.length === 0);
    expect(await workplace.bodies(conversationId, scope)).toContain("Le barrage cède, trois");
    expect(await onDisk()).toEqual([]);
  });
});
