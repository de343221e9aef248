import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  conversationIdSchema,
  createId,
  directConversationId,
  groupIdSchema,
  messageIdSchema,
  sectionIdSchema,
  type MessageId,
  type PersonId,
} from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { conversationScope, DIRECTORY, personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { Client } from "./client.ts";
import { CuttableLine } from "./cuttable-line.ts";
import { Workplace } from "./workplace.ts";

const HOUR_MS = 3_600_000;

let workplace: Workplace;
/** Ada, whose line can be cut, and Ben. */
let client: Client;
let ben: Client;
let line: CuttableLine;

function disconnect(): Promise<void> {
  return line.cut(client);
}

async function reconnect(): Promise<void> {
  await line.restore(client);
  const session = client.query("session", {});
  await session.until(({ info }) => info.connection === "online" && info.outbox.waiting === 0);
  expect(client.query("outbox", {}).items).toEqual([]);
}

beforeEach(async () => {
  line = new CuttableLine();
  workplace = await Workplace.create();
  client = new Client({ fetch: line.over(workplace.fetchAs(workplace.ada)), accountId: "ada" });
  ben = new Client({ fetch: workplace.fetchAs(workplace.ben), accountId: "ben" });
  for (const each of [client, ben]) await each.query("session", {}).until((view) => view.info.isReady);
});

afterEach(async () => {
  await client.closeCleanly();
  await ben.closeCleanly();
  await workplace.close();
});

function place() {
  return { conversationId: workplace.channelId };
}

async function mutate(
  name: string,
  args: Record<string, unknown>,
  scope: Scope = workplace.scope,
): Promise<void> {
  await client.call("mutate", { name, scope, args });
}

async function send(body: string, more: Record<string, unknown> = {}): Promise<MessageId> {
  const id = messageIdSchema.parse(createId());
  await mutate("message.send", { id, ...place(), body, ...more });
  return id;
}

async function sayAs(personId: PersonId, body: string, more: object = {}): Promise<MessageId> {
  const id = messageIdSchema.parse(createId());
  await workplace.mutate(personId, "message.send", workplace.scope, { id, ...place(), body, ...more });
  return id;
}

function timelineOf(from: Client) {
  return from.query("timeline", { ...place(), at: "end", count: 50 });
}

describe("a poll", () => {
  it("is asked and answered offline, and its votes are counted everywhere", async () => {
    await disconnect();
    const options = ["a", "b"].map((id) => ({ id, text: `Option ${id}` }));
    const id = await send("", { poll: { question: "When?", options } });
    await mutate("vote.set", { ...place(), messageId: id, optionIds: ["b"] });
    const mine = timelineOf(client);
    await mine.until((view) => view.items[0]?.poll?.voters === 1);
    expect(mine.items[0]?.poll?.options.map((option) => [option.count, option.isMine])).toEqual([
      [0, false],
      [1, true],
    ]);
    await reconnect();
    const others = timelineOf(ben);
    await others.until((view) => view.items[0]?.poll?.voters === 1);
    await workplace.mutate(workplace.ben, "vote.set", workplace.scope, {
      ...place(),
      messageId: id,
      optionIds: ["b"],
    });
    await mine.until((view) => view.items[0]?.poll?.options[1]?.count === 2);
    expect(mine.items[0]?.poll?.options[1]?.people.map((person) => person.id)).toContain(workplace.ben);
    await mutate("vote.set", { ...place(), messageId: id, optionIds: [] });
    await others.until((view) => view.items[0]?.poll?.voters === 1);
    expect(mine.items[0]?.poll?.isClosed).toBe(false);
  });
});

describe("pins, saved items and former texts", () => {
  it("show at once what waits, and the same once it is settled", async () => {
    const id = await sayAs(workplace.ben, "the rules");
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 1);
    await disconnect();
    const object = { kind: "message", scope: workplace.scope, ...place(), messageId: id };
    const remindAt = toIsoTime(Date.now() + HOUR_MS);
    await mutate("message.pin", { ...place(), messageId: id, isPinned: true });
    await mutate("item.save", { object, excerpt: "the rules", remindAt }, personScope(workplace.ada));
    const pins = client.query("pins", place());
    const saved = client.query("savedItems", {});
    const look = async () => {
      await timeline.until(({ items }) => items[0]?.isPinned === true && items[0].isSaved);
      await pins.until(({ items }) => items[0]?.pin.excerpt === "the rules");
      await saved.until(({ items }) => items[0]?.item.remindAt === remindAt);
      expect(saved.items[0]).toMatchObject({ place: "Général", author: { id: workplace.ben } });
      expect(pins.items[0]?.author.id).toBe(workplace.ben);
    };
    await look();
    await reconnect();
    await saved.until(({ items }) => items[0]?.pending === null);
    await look();
    await mutate("item.save", { object, isDone: true, remindAt: null }, personScope(workplace.ada));
    await saved.until(({ items }) => items[0]?.item.doneAt !== undefined && items[0].pending === null);
    expect(saved.items[0]?.item.remindAt).toBeUndefined();
    await mutate("item.remove", { object }, personScope(workplace.ada));
    await saved.until(({ items }) => items.length === 0);
    await mutate("message.pin", { ...place(), messageId: id, isPinned: false });
    await pins.until(({ items }) => items.length === 0);
    await timeline.until(({ items }) => items[0]?.isPinned === false && !items[0].isSaved);
  });

  it("keep what a message said before, the newest first", async () => {
    const id = await send("one");
    const timeline = timelineOf(client);
    await timeline.until(({ items }) => items[0]?.pending === null);
    for (const [index, body] of ["two", "three"].entries()) {
      await mutate("message.edit", { id, ...place(), body, baseVersion: index + 1 });
      await timeline.until(({ items }) => items[0]?.message.body === body && items[0].pending === null);
    }
    const versions = ben.query("messageVersions", { ...place(), messageId: id });
    await versions.until(({ items }) => items.length === 2);
    expect(versions.items.map((item) => item.version.body)).toEqual(["two", "one"]);
  });
});

describe("threads", () => {
  it("are followed by those who write in them, and count what others said since", async () => {
    const root = await sayAs(workplace.ben, "shall we?");
    const timeline = timelineOf(client);
    await timeline.until(({ items }) => items.length === 1);
    expect(timeline.items[0]?.thread).toBeNull();
    await disconnect();
    await send("yes", { threadId: root });
    await timeline.until(({ items }) => items[0]?.thread?.isFollowed === true);
    await reconnect();
    await sayAs(workplace.ben, "good", { threadId: root });
    await sayAs(workplace.ben, "then", { threadId: root });
    await timeline.until(({ items }) => items[0]?.thread?.unread === 2);
    const threads = client.query("threads", {});
    await threads.until(({ items }) => items[0]?.unread === 2);
    expect(threads.info.unread).toBe(2);
    expect(threads.items[0]).toMatchObject({ place: "Général", root: { message: { body: "shall we?" } } });
    const follow = { scope: workplace.scope, ...place(), threadId: root };
    await mutate(
      "follow.set",
      { ...follow, readAt: toIsoTime(Date.now() + 1000) },
      personScope(workplace.ada),
    );
    await timeline.until(({ items }) => items[0]?.thread?.unread === 0);
    await mutate("follow.set", { ...follow, isFollowed: false }, personScope(workplace.ada));
    await threads.until(({ items }) => items.length === 0);
    await timeline.until(({ items }) => items[0]?.thread?.isFollowed === false);
  });
});

describe("what the server will make of a waiting write", () => {
  it("is shown at once: whoever writes in a thread that they only read follows it from then on", async () => {
    const root = await sayAs(workplace.ben, "shall we?");
    const readAt = toIsoTime(Date.now());
    const read = { scope: workplace.scope, ...place(), threadId: root, readAt };
    await sayAs(workplace.ben, "well?", { threadId: root });
    await workplace.mutate(workplace.ada, "follow.set", personScope(workplace.ada), read);
    const timeline = timelineOf(client);
    await timeline.until(({ items }) => items[0]?.thread?.isFollowed === false);
    await disconnect();
    await send("yes", { threadId: root });
    await timeline.until(({ items }) => items[0]?.thread?.isFollowed === true);
    await reconnect();
    expect(timeline.items[0]?.thread?.isFollowed).toBe(true);
    await disconnect();
    await mutate("follow.set", { ...read, isFollowed: false }, personScope(workplace.ada));
    await send("but silently", { threadId: root });
    await timeline.until(({ items }) => items[0]?.thread?.isFollowed === false);
    await reconnect();
    expect(timeline.items[0]?.thread?.isFollowed).toBe(false);
  });

  it("is shown at once: a reminder that was moved has not come yet", async () => {
    const id = await sayAs(workplace.ben, "the rules");
    const object = { kind: "message", scope: workplace.scope, ...place(), messageId: id };
    const own = personScope(workplace.ada);
    await mutate("item.save", { object, remindAt: toIsoTime(Date.now() - HOUR_MS) }, own);
    const saved = client.query("savedItems", {});
    await saved.until(({ items }) => items[0]?.item.remindedAt !== undefined && items[0].pending === null);
    await disconnect();
    await mutate("item.save", { object, remindAt: toIsoTime(Date.now() + HOUR_MS) }, own);
    await saved.until(({ items }) => items[0]?.pending !== null);
    expect(saved.items[0]?.item.remindedAt).toBeUndefined();
    await client.query("inboxCounts", {}).until(({ info }) => info.all === 0);
    await reconnect();
    expect((await workplace.store.list(own, "notification")).map(({ data }) => "doneAt" in data)).toEqual([
      true,
    ]);
  });
});

describe("what a message names", () => {
  it("has the names of groups and channels, and who is quoted", async () => {
    const groupId = groupIdSchema.parse(createId());
    const group = {
      id: groupId,
      name: "Équipe voirie",
      memberIds: [workplace.ada],
      spaceId: workplace.spaceId,
    };
    await mutate("group.save", group);
    const quoted = await sayAs(workplace.ben, "first");
    const body = `<!group:${groupId}> see <#${workplace.channelId}>`;
    const quote = {
      kind: "quote",
      scope: workplace.scope,
      ...place(),
      messageId: quoted,
      authorId: workplace.ben,
      sentAt: toIsoTime(Date.now()),
      body: "first",
    };
    await send(body, { quote, mentions: [{ kind: "group", groupId }] });
    const timeline = timelineOf(client);
    await timeline.until(({ items }) => items.length === 2 && items[1]?.names[groupId] !== undefined);
    expect(timeline.items[1]?.names).toEqual({
      [groupId]: "Équipe voirie",
      [workplace.channelId]: "Général",
    });
    expect(timeline.items[1]?.quoteAuthor?.id).toBe(workplace.ben);
    const groups = client.query("groups", { ...place(), text: "voi", limit: 5 });
    await groups.until(({ items }) => items.length === 1);
    const conversations = client.query("conversations", {});
    await conversations.until(
      ({ items }) => items[0]?.lastMessage?.excerpt === "@Équipe voirie see #Général",
    );
    const link = formatLink({ kind: "message", ...place(), messageId: quoted });
    const card = client.query("card", { link });
    await card.until(({ info }) => info.card !== null);
    expect(card.info.card).toMatchObject({
      title: "Général",
      excerpt: "first",
      person: { id: workplace.ben },
    });
    const nowhere = client.query("card", { link: "https://example.org/" });
    await nowhere.until(({ info }) => info.card === null);
  });

  it("counts as a mention of those in the group", async () => {
    const groupId = groupIdSchema.parse(createId());
    const members = { id: groupId, name: "Tous", memberIds: [workplace.ada], spaceId: workplace.spaceId };
    await mutate("group.save", members);
    await client.query("groups", { ...place(), text: "", limit: 5 }).until(({ items }) => items.length === 1);
    await sayAs(workplace.ben, `<!group:${groupId}>`, { mentions: [{ kind: "group", groupId }] });
    const conversations = client.query("conversations", {});
    await conversations.until(({ info }) => info.mentions === 1);
    await mutate("placeSetting.set", { id: workplace.channelId, isMuted: true }, personScope(workplace.ada));
    await sayAs(workplace.ben, "and more");
    await conversations.until(({ items }) => items[0]?.isMuted === true && items[0].unread === 2);
    expect(conversations.info).toEqual({ unread: 1, mentions: 1 });
  });
});

describe("the reader's own list", () => {
  it("has sections, favourites and conversations muted for a while", async () => {
    const sectionId = sectionIdSchema.parse(createId());
    const mutedUntil = toIsoTime(Date.now() + HOUR_MS);
    await disconnect();
    const own = personScope(workplace.ada);
    await mutate("section.save", { id: sectionId, name: "Projets", position: 2 }, own);
    const first = { id: sectionIdSchema.parse(createId()), name: "D’abord", position: 1 };
    await mutate("section.save", first, own);
    const setting = { id: workplace.channelId, isFavourite: true, isMuted: true, mutedUntil, sectionId };
    await mutate("placeSetting.set", setting, own);
    const conversations = client.query("conversations", {});
    const look = async () => {
      await conversations.until(({ items }) => items[0]?.isFavourite === true);
      expect(conversations.items[0]).toMatchObject({ isMuted: true, mutedUntil, sectionId });
      const sections = client.query("sections", {});
      await sections.until(({ items }) => items.length === 2);
      expect(sections.items.map((item) => item.section.name)).toEqual(["D’abord", "Projets"]);
    };
    await look();
    await reconnect();
    await look();
    await mutate("section.remove", { id: sectionId }, own);
    await client.query("sections", {}).until(({ items }) => items.length === 1);
  });

  it("leaves out walls, which can be read like any conversation", async () => {
    const wall = conversationIdSchema.parse(createId());
    const createdAt = toIsoTime(Date.now());
    const data = { id: wall, spaceId: workplace.spaceId, name: "Mur", kind: "wall", createdAt };
    await workplace.load([{ scope: workplace.scope, collection: "channel", id: wall, op: "put", data }]);
    client = await client.reopen();
    const conversation = client.query("conversation", { conversationId: wall });
    await conversation.until(({ info }) => info.summary !== null);
    const conversations = client.query("conversations", {});
    await conversations.until(({ items }) => items.length > 0);
    expect(conversations.items.map((item) => item.conversationId)).toEqual([workplace.channelId]);
  });

  it("has what will be sent later, also before the server knows of it", async () => {
    await disconnect();
    const id = messageIdSchema.parse(createId());
    const sendAt = toIsoTime(Date.now() + HOUR_MS);
    const args = { id, ...place(), body: "tomorrow", sendAt, scope: workplace.scope };
    await mutate("message.schedule", args, personScope(workplace.ada));
    const scheduled = client.query("scheduledMessages", {});
    await scheduled.until(({ items }) => items[0]?.pending?.status === "waiting");
    expect(scheduled.items[0]).toMatchObject({ place: "Général", scheduled: { body: "tomorrow", sendAt } });
    await reconnect();
    await scheduled.until(({ items }) => items[0]?.pending === null);
    await mutate("scheduledMessage.remove", { id }, personScope(workplace.ada));
    await scheduled.until(({ items }) => items.length === 0);
  });
});

describe("two people", () => {
  it("see how far the other has read, and that they are writing", async () => {
    const conversationId = directConversationId(workplace.ada, workplace.ben);
    const scope = conversationScope(conversationId);
    const open = { id: conversationId, kind: "direct", memberIds: [workplace.ada, workplace.ben] };
    await mutate("conversation.open", open, scope);
    await mutate("message.send", { id: createId(), conversationId, body: "hello" }, scope);
    const timeline = ben.query("timeline", { conversationId, at: "end", count: 10 });
    await timeline.until(({ items }) => items.length === 1);
    const readAt = timeline.items[0]?.message.sentAt;
    await ben.call("mutate", {
      name: "readMarker.set",
      scope: personScope(workplace.ben),
      args: { conversationId, readAt },
    });
    const receipts = client.query("receipts", { conversationId });
    await receipts.until(({ items }) => items[0]?.readAt === readAt);
    expect(receipts.items.map((item) => item.person.id)).toEqual([workplace.ben]);
    const typing = client.query("typing", { conversationId });
    await ben.call("typing.set", { scope, conversationId, isTyping: true });
    await typing.until(({ info }) => info.people[0]?.id === workplace.ben);
    // Whoever stops without a word is forgotten.
    await typing.until(({ info }) => info.people.length === 0);
  });

  it("see a status until it expires", async () => {
    const expiresAt = toIsoTime(Date.now() + 2000);
    const view = client.query("person", { personId: workplace.ben });
    const status = { text: "Congés", emoji: "🏖️", expiresAt };
    await workplace.mutate(workplace.ben, "status.set", DIRECTORY, { status });
    await view.until(({ info }) => info.view?.status?.text === "Congés");
    await view.until(({ info }) => info.view?.status === null);
    expect(view.info.view?.person.id).toBe(workplace.ben);
  });
});
