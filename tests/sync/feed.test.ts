import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  conversationIdSchema,
  createId,
  messageIdSchema,
  personalMarkId,
  wallId,
  type MessageId,
} from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { Client } from "./client.ts";
import { Workplace } from "./workplace.ts";

let workplace: Workplace;
let client: Client;
const HOUR_MS = 3_600_000;

beforeEach(async () => {
  workplace = await Workplace.create();
  const { spaceId } = workplace;
  const id = wallId(spaceId);
  await put("channel", id, { id, spaceId, name: "mur", kind: "wall", createdAt: at(1000) });
  client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

function at(hoursAgo: number) {
  return toIsoTime(Date.now() - hoursAgo * HOUR_MS);
}

async function put(collection: "channel" | "message" | "pin" | "acknowledgement", id: string, data: object) {
  await workplace.load([{ scope: workplace.scope, collection, id, op: "put", data }]);
}

/** The space with other settings. */
async function changeSpace(changes: object) {
  const { spaceId: id, scope } = workplace;
  const row = { id, name: "Voirie", kind: "community", visibility: "open", createdAt: at(1000) };
  await workplace.load([{ scope, collection: "space", id, op: "put", data: { ...row, ...changes } }]);
}

function functions(wall: boolean, news: boolean) {
  return [
    { name: "wall", isOn: wall },
    { name: "news", isOn: news },
  ];
}

/** What the inbox says of a must-read. */
async function remind(messageId: MessageId, happenedAt: string) {
  const { ada, scope, spaceId } = workplace;
  const id = createId();
  const data = { id, kind: "mustRead", scope, spaceId, conversationId: wallId(spaceId), messageId };
  await workplace.load([
    {
      scope: personScope(ada),
      collection: "notification",
      id,
      op: "put",
      data: { ...data, happenedAt, createdAt: happenedAt },
    },
  ]);
}

interface Written {
  body: string;
  hoursAgo: number;
  post?: object;
  by?: string;
  threadId?: MessageId;
  replyTo?: MessageId;
  more?: object;
}

/** A post (or, with `threadId`, a comment) as the server would have it. */
async function write({ body, hoursAgo, post, by, threadId, replyTo, more }: Written): Promise<MessageId> {
  const id = messageIdSchema.parse(createId());
  await put("message", id, {
    id,
    conversationId: wallId(workplace.spaceId),
    authorId: by ?? workplace.ben,
    body,
    sentAt: at(hoursAgo),
    version: 1,
    ...(threadId === undefined ? { post: { kind: "post", ...post } } : { threadId }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...more,
  });
  return id;
}

function bodies(view: { items: { view: { message: { body: string } } }[] }): string[] {
  return view.items.map((item) => item.view.message.body);
}

function home(show: "all" | "mustRead" | "questions" = "all") {
  return client.query("feed", { show, count: 20 });
}

describe("the home feed", () => {
  test("puts what concerns the reader before what is merely newer, and says why", async () => {
    await write({ body: "nouvelle", hoursAgo: 1 });
    const mentions = [{ kind: "person", personId: workplace.ada }];
    await write({ body: "pour Ada", hoursAgo: 20, more: { mentions } });
    await write({ body: "à lire", hoursAgo: 300, post: { isMustRead: true } });
    const feed = home();
    await feed.until((view) => view.items.length === 3 && view.info.isLoaded);
    await feed.until((view) => bodies(view).join() === "à lire,pour Ada,nouvelle");
    expect(feed.items.map((item) => item.reasons[0])).toEqual(["mustRead", "named", "space"]);
    expect(feed.items[0]?.place).toMatchObject({ name: "Voirie", role: "animator", canAnimate: true });
  });

  test("shows nothing of what a space has switched off, and says nothing of it waits", async () => {
    await write({ body: "sur le mur", hoursAgo: 2 });
    await write({ body: "un article", hoursAgo: 1, post: { kind: "article", title: "T", isMustRead: true } });
    const feed = home();
    const counts = client.query("feedCounts", {});
    await feed.until((view) => view.items.length === 2);
    await counts.until((view) => view.info.mustRead === 1);
    await changeSpace({ functions: functions(true, false) });
    await feed.until((view) => bodies(view).join() === "sur le mur");
    await counts.until((view) => view.info.mustRead === 0);
    await changeSpace({ functions: functions(false, true) });
    await feed.until((view) => bodies(view).join() === "un article");
    await changeSpace({ functions: functions(false, false) });
    await feed.until((view) => view.items.length === 0);
    expect(feed.info?.held).toBe(0);
  });

  test("finds every must-read, however many posts came after it", async () => {
    const sentAt = at(900);
    const messageId = await write({
      body: "consigne",
      hoursAgo: 900,
      post: { isMustRead: true },
      more: { sentAt },
    });
    await remind(messageId, sentAt);
    await remind(messageIdSchema.parse(createId()), at(2000));
    for (let hour = 1; hour <= 70; hour++) await write({ body: `n° ${hour}`, hoursAgo: hour });
    const feed = home("mustRead");
    await feed.until((view) => bodies(view).join() === "consigne");
    const counts = client.query("feedCounts", {});
    // The second one is known by the inbox alone.
    await counts.until((view) => view.info.mustRead === 2);
    expect(feed.items[0]?.reasons).toContain("mustRead");
  });

  test("stays latest first once that was chosen", async () => {
    await write({ body: "ancienne", hoursAgo: 300, post: { isMustRead: true } });
    await write({ body: "nouvelle", hoursAgo: 1 });
    const { ada } = workplace;
    await client.call("mutate", {
      name: "preferences.set",
      scope: personScope(ada),
      args: { feedOrder: "latest" },
    });
    const feed = home();
    await feed.until((view) => view.items.length === 2 && view.info.order === "latest");
    expect(bodies(feed)).toEqual(["nouvelle", "ancienne"]);
  });

  test("holds back what comes while it is open, until it is asked for", async () => {
    await write({ body: "première", hoursAgo: 5 });
    const feed = home();
    await feed.until((view) => view.items.length === 1);
    await write({ body: "deuxième", hoursAgo: 1 });
    await feed.until((view) => view.info.held === 1);
    expect(bodies(feed)).toEqual(["première"]);
    await client.call("timeline.extend", { subscriptionId: feed.id, direction: "newer", count: 1 });
    await feed.until((view) => view.info.held === 0);
    expect(bodies(feed)).toEqual(["deuxième", "première"]);
  });

  test("grows at its end, and every post comes once", async () => {
    for (let hour = 1; hour <= 45; hour++) await write({ body: `n° ${hour}`, hoursAgo: hour });
    const feed = home();
    await feed.until((view) => view.items.length === 20 && view.info.older === "cached");
    await client.call("timeline.extend", { subscriptionId: feed.id, direction: "older", count: 30 });
    await feed.until((view) => view.items.length === 45 && view.info.older === "start");
    expect(new Set(bodies(feed)).size).toBe(45);
  });

  test("asks for what waits to be read, and no more once it was acknowledged", async () => {
    const id = await write({ body: "consigne", hoursAgo: 2, post: { isMustRead: true } });
    await write({ body: "le reste", hoursAgo: 1 });
    const counts = client.query("feedCounts", {});
    await counts.until((view) => view.info.mustRead === 1);
    const conversationId = conversationIdSchema.parse(wallId(workplace.spaceId));
    const said = client.query("acknowledgements", { conversationId, messageId: id });
    await said.until((view) => view.info.waiting === 1);
    const markId = personalMarkId("acknowledgement", id, workplace.ada);
    const mark = { id: markId, conversationId, messageId: id, personId: workplace.ada };
    await put("acknowledgement", markId, { ...mark, acknowledgedAt: at(0) });
    await counts.until((view) => view.info.mustRead === 0);
    await said.until((view) => view.info.done === 1 && view.info.waiting === 0);
    expect(said.items.map(({ person }) => person.id)).toEqual([workplace.ada]);
  });
});

describe("a wall", () => {
  test("has its pinned posts first, and filters", async () => {
    const pinned = await write({ body: "règles", hoursAgo: 500 });
    await write({ body: "question", hoursAgo: 4, post: { kind: "question" } });
    await write({ body: "post", hoursAgo: 2 });
    const conversationId = wallId(workplace.spaceId);
    const sentAt = toIsoTime(Date.now());
    const wall = client.query("wall", { spaceId: workplace.spaceId, show: "all", count: 20 });
    await wall.until((view) => view.items.length === 3);
    const row = wall.items.find((item) => item.view.message.id === pinned);
    await put("pin", pinned, {
      id: pinned,
      conversationId,
      messageId: pinned,
      pinnedBy: workplace.ben,
      pinnedAt: sentAt,
      authorId: workplace.ben,
      sentAt: row?.view.message.sentAt ?? sentAt,
      excerpt: "règles",
    });
    await wall.until((view) => bodies(view).join() === "règles,post,question");
    const questions = client.query("wall", { spaceId: workplace.spaceId, show: "questions", count: 20 });
    await questions.until((view) => view.items.length === 1);
    expect(bodies(questions)).toEqual(["question"]);
  });

  test("comments stand in order of time, replies under what they answer", async () => {
    const id = await write({ body: "post", hoursAgo: 10, more: { replyCount: 4 } });
    const first = await write({ body: "a", hoursAgo: 9, threadId: id });
    await write({ body: "b", hoursAgo: 8, threadId: id });
    await write({ body: "a1", hoursAgo: 7, threadId: id, replyTo: first });
    await write({ body: "c", hoursAgo: 6, threadId: id });
    const conversationId = wallId(workplace.spaceId);
    const post = client.query("post", { conversationId, messageId: id, count: 50 });
    await post.until((view) => view.items.length === 4 && view.info.post !== null);
    expect(bodies(post)).toEqual(["a", "a1", "b", "c"]);
    expect(post.items.map((item) => item.isReply)).toEqual([false, true, false, false]);
  });
});

describe("articles in the making", () => {
  test("are written and submitted before the server has heard of them", async () => {
    const id = createId();
    const { ada, spaceId } = workplace;
    const scope = personScope(ada);
    const list = client.query("articles", { show: "mine" });
    await list.until((view) => view.info.isLoaded);
    const wall = client.query("wall", { spaceId, show: "all", count: 5 });
    await wall.until((view) => view.info.place !== null);
    const post = { kind: "article", title: "Budget" };
    await client.call("mutate", { name: "article.save", scope, args: { id, spaceId, post, body: "Texte" } });
    await list.until((view) => view.items[0]?.article.post.title === "Budget");
    expect(list.items[0]).toMatchObject({ isMine: true, article: { version: 1 } });
  });
});
