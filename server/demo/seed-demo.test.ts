import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { collections, isCollectionName } from "#contract/collections.ts";
import { voteSchema } from "#contract/entities/message-parts.ts";
import { messageSchema, type Message } from "#contract/entities/message.ts";
import { blobIdSchema } from "#contract/ids.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import { isPassword } from "#server/sign-in/passwords.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import type { RowWrite, Store } from "#server/store/store.ts";
import { demoCoverId } from "./cover-ids.ts";
import { demoAccounts } from "./demo-accounts.ts";
import { createPeople, demoPersonId } from "./people.ts";
import { createDemo, seedDemo } from "./seed-demo.ts";
import { demoSpaces } from "./spaces-data.ts";
import { demoSpaceId } from "./workplace.ts";

const nowMs = Date.parse("2026-11-24T15:12:00.000Z");
const people = createPeople();
const demo = createDemo({ people, nowMs, seed: "test" });
const messages = demo.rows
  .filter((row) => row.collection === "message")
  .map((row) => messageSchema.parse(row.data));

function byConversation(): Map<string, Message[]> {
  return Map.groupBy(messages, (message) => message.conversationId);
}

describe("the demonstration organisation", () => {
  it("is made of rows that fit the contract", () => {
    for (const row of demo.rows) {
      if (!isCollectionName(row.collection)) throw new Error(row.collection);
      const parsed = collections[row.collection].safeParse(row.data);
      expect(parsed.success ? "" : JSON.stringify(row)).toBe("");
    }
  });

  it("has about ninety people, twelve spaces and thousands of messages", () => {
    expect(people.size).toBeGreaterThanOrEqual(88);
    expect(demoSpaces).toHaveLength(12);
    expect(demoSpaces.filter((space) => space.visibility === "hidden")).toHaveLength(1);
    expect(demoSpaces.filter((space) => space.visibility === "onRequest")).toHaveLength(2);
    expect(messages.length).toBeGreaterThan(2500);
    expect(messages.length).toBeLessThan(6000);
  });

  it("uses every message id and every name once", () => {
    expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
    expect(new Set([...people.values()].map((person) => person.row.displayName)).size).toBe(people.size);
    expect(new Set([...people.values()].map((person) => person.row.email)).size).toBe(people.size);
  });

  it("has walls with posts of every kind, whose comments, votes and answers are there", () => {
    const posts = messages.filter((message) => message.post !== undefined);
    const kinds = new Set(posts.map((message) => message.post?.kind));
    expect(kinds).toEqual(new Set(["article", "blog", "post", "question"]));
    const ids = new Set(messages.map((message) => message.id));
    for (const { post, replyCount = 0, id } of posts) {
      expect(messages.filter((message) => message.threadId === id)).toHaveLength(replyCount);
      expect(post?.answerId === undefined || ids.has(post.answerId)).toBe(true);
    }
    const options = new Map(
      posts.map(({ id, poll }) => [String(id), poll?.options.map((each) => each.id) ?? []]),
    );
    const votes = demo.rows
      .filter((row) => row.collection === "vote")
      .map((row) => voteSchema.parse(row.data));
    expect(votes.length).toBeGreaterThan(20);
    for (const vote of votes)
      expect(options.get(vote.messageId)).toEqual(expect.arrayContaining(vote.optionIds));
  });

  it("never repeats itself within the newest sixty messages of a conversation", () => {
    for (const talk of byConversation().values()) {
      const newest = talk
        .slice(-60)
        .filter((message) => message.deletedAt === undefined)
        .map((message) => message.body);
      expect(newest.filter((body, index) => newest.indexOf(body) !== index)).toEqual([]);
    }
  });

  it("leaves no slot, role or script mark in a text", () => {
    for (const { body } of messages) expect(body).not.toMatch(/[{}´]|(^|\s)@[A-Za-z]/m);
    // An article may quote somebody; a line of a dialogue that begins so was read wrongly.
    const talk = messages.filter(({ post }) => post === undefined);
    for (const { body } of talk) expect(body).not.toMatch(/^[|>+!] /m);
  });

  it("keeps each conversation in order and the last word some minutes before now", () => {
    for (const talk of byConversation().values()) {
      const times = talk.map((message) => message.sentAt);
      expect(times).toEqual(times.toSorted());
      expect(new Set(times).size).toBe(times.length);
    }
    const newest = Math.max(...messages.map((message) => Date.parse(message.sentAt)));
    expect(nowMs - newest).toBeGreaterThan(60_000);
    expect(nowMs - newest).toBeLessThan(30 * 60_000);
  });

  it("has every channel alive in the last three weeks", () => {
    const channels = new Set<string>(
      demo.rows.filter((row) => row.collection === "channel").map((row) => row.id),
    );
    const asleep = [...byConversation()]
      .filter(([id]) => channels.has(id))
      .filter(([, talk]) => nowMs - Date.parse(talk.at(-1)?.sentAt ?? "") > 21 * 86_400_000);
    expect(asleep.map(([, talk]) => talk.at(-1)?.body)).toEqual([]);
    expect(byConversation().size).toBeGreaterThan(channels.size);
  });

  it("counts on the root of a thread exactly the replies it has", () => {
    const roots = messages.filter((message) => message.replyCount !== undefined);
    expect(roots.length).toBeGreaterThan(20);
    for (const root of roots) {
      const replies = messages.filter((message) => message.threadId === root.id);
      expect(replies).toHaveLength(root.replyCount ?? 0);
      expect(root.lastReplyAt).toBe(replies.at(-1)?.sentAt);
    }
  });

  it("lets only members of a space speak in it", () => {
    const readers = new Map(demo.readers.map(({ scope, personIds }) => [scope, new Set<string>(personIds)]));
    for (const row of demo.rows.filter((candidate) => candidate.collection === "message")) {
      expect(readers.get(row.scope)?.has(messageSchema.parse(row.data).authorId)).toBe(true);
    }
  });

  it("leaves the account demo a handful of unread conversations, two of them with a mention", () => {
    const me = demoPersonId("camille");
    const mine = demo.rows.filter((row) => row.scope === personScope(me));
    const markers = new Map(
      rowsOf(mine, "readMarker").map((data) => [data["conversationId"], String(data["readAt"])]),
    );
    const unread = [...byConversation()].filter(([id, talk]) => {
      const readAt = markers.get(id);
      return (
        readAt !== undefined && talk.some((message) => message.sentAt > readAt && message.authorId !== me)
      );
    });
    expect(unread.length).toBeGreaterThanOrEqual(5);
    expect(unread.length).toBeLessThanOrEqual(9);
    const mentioned = unread.filter(([id, talk]) =>
      talk.some((message) => message.sentAt > (markers.get(id) ?? "") && message.body.includes(me)),
    );
    expect(mentioned).toHaveLength(2);
    expect(rowsOf(mine, "draft")).toHaveLength(3);
  });
});

function rowsOf(rows: RowWrite[], collection: string): Record<string, unknown>[] {
  return rows
    .filter((row) => row.collection === collection)
    .map((row) => Object.fromEntries(Object.entries(row.data)));
}

describe("seeding a store", () => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "parvis-demo-"));
    store = openSqliteStore({ folder });
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("gives working accounts, photos and scopes, and changes nothing the second time", async () => {
    await seedDemo(store, { now: nowMs });
    const account = await store.accounts.byUsername("demo");
    expect(await isPassword("demo", account?.passwordHash)).toBe(true);
    expect(await store.accounts.list()).toHaveLength(demoAccounts.length);
    const scopes = await store.scopesOf(demoPersonId("camille"));
    expect(scopes.length).toBeGreaterThan(18);
    const guest = await store.scopesOf(demoPersonId("ernesto"));
    expect(guest.filter(({ scope }) => scope.startsWith("space:")).map(({ scope }) => scope)).toEqual([
      `space:${demoSpaceId("chantier")}`,
    ]);
    const person = await store.get(DIRECTORY, "person", demoPersonId("josette"));
    const photo = await store.blobs.state(blobIdSchema.parse(person?.data["photo"]));
    expect(photo?.isComplete).toBe(true);
    expect((await store.blobs.state(demoCoverId("accueil")))?.isComplete).toBe(true);

    await seedDemo(store, { now: nowMs + 86_400_000 });
    expect(await store.scopesOf(demoPersonId("camille"))).toEqual(scopes);
  });
});
