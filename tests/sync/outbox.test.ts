import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createId, directConversationId, messageIdSchema, type MessageId } from "#contract/ids.ts";
import { conversationScope, personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { Client, ProblemError } from "./client.ts";
import { CuttableLine } from "./cuttable-line.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

let workplace: Workplace;
let client: Client;
let line: CuttableLine;

function disconnect(): Promise<void> {
  return line.cut(client);
}

function reconnect(): Promise<void> {
  return line.restore(client);
}

async function settled(): Promise<void> {
  await client
    .query("session", {})
    .until(({ info }) => info.connection === "online" && info.outbox.waiting === 0);
}

async function send(body: string, id: MessageId = messageIdSchema.parse(createId())): Promise<MessageId> {
  const args = { id, conversationId: workplace.channelId, body };
  await client.call("mutate", { name: "message.send", scope: workplace.scope, args });
  return id;
}

async function edit(id: MessageId, body: string, baseVersion: number): Promise<void> {
  const args = { id, conversationId: workplace.channelId, body, baseVersion };
  await client.call("mutate", { name: "message.edit", scope: workplace.scope, args });
}

beforeEach(async () => {
  line = new CuttableLine();
  workplace = await Workplace.create();
  client = new Client({ fetch: line.over(workplace.fetchAs(workplace.ada)) });
  await client.query("session", {}).until((view) => view.info.isReady);
});

afterEach(async () => {
  await client.closeCleanly();
  await workplace.close();
});

const timelineOf = (from: Client) =>
  from.query("timeline", { conversationId: workplace.channelId, at: "end", count: 100 });

describe("outbox", () => {
  it.each(["the request", "the command"])("forgets what nobody wrote when %s is refused", async (what) => {
    const through = workplace.fetchAs(workplace.ada);
    const wrong = { type: "about:blank", kind: "badRequest", title: "Wrong", status: 400 };
    await client.closeCleanly();
    client = new Client({
      fetch: async (path, init) => {
        const sent = typeof init?.body === "string" ? init.body : "";
        if (!sent.includes("readMarker.set")) return await through(path, init);
        const [, id] = /"id":"([^"]+)"/.exec(sent) ?? [];
        const results = [{ id, status: "rejected", error: wrong }];
        return what === "the request"
          ? Response.json(wrong, { status: 400, headers: { "content-type": "application/problem+json" } })
          : Response.json({ results });
      },
    });
    await client.query("session", {}).until((view) => view.info.isReady);
    const { ada, channelId: conversationId } = workplace;
    const args = { conversationId, readAt: toIsoTime(Date.now()) };
    await client.call("mutate", { name: "readMarker.set", scope: personScope(ada), args });
    await settled();
    const session = client.query("session", {});
    await session.until(({ info }) => info.isReady);
    expect(session.info.outbox).toEqual({ waiting: 0, asides: 0, failed: 0 });
  });

  it("replays queued edits in order after reconnect, restarts in between", async () => {
    await disconnect();
    const first = await send("one");
    await send("two");
    await edit(first, "one, better", 1);
    client = await client.reopen();
    await edit(first, "one, best", 2);
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 2);
    expect(timeline.items.map((item) => item.message.body)).toEqual(["one, best", "two"]);
    expect(timeline.items[0]?.pending?.status).toBe("waiting");
    await reconnect();
    await settled();
    expect(await workplace.bodies()).toEqual(["one, best", "two"]);
    await timeline.until((view) => view.items.every((item) => item.pending === null));
    expect(timeline.items[0]?.message.version).toBe(3);
  });

  it("shows reactions, deletions and replies at once and takes the server's word afterwards", async () => {
    const id = await send("root");
    await settled();
    await disconnect();
    const { channelId: conversationId, scope } = workplace;
    const place = { scope };
    await client.call("mutate", {
      name: "reaction.add",
      ...place,
      args: { messageId: id, conversationId, emoji: "👍" },
    });
    const reply = { id: createId(), conversationId, threadId: id, body: "a reply" };
    await client.call("mutate", { name: "message.send", ...place, args: reply });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items[0]?.message.replyCount === 1);
    expect(timeline.items[0]?.reactions).toMatchObject([{ emoji: "👍", count: 1, isMine: true }]);
    const thread = client.query("timeline", { conversationId, threadId: id, at: "end", count: 20 });
    await thread.until((view) => view.items.length === 1);
    expect(thread.info.root?.message.body).toBe("root");
    await reconnect();
    await settled();
    await thread.until((view) => view.items[0]?.pending === null);
    await timeline.until((view) => view.items[0]?.message.replyCount === 1 && view.items[0].pending === null);
    expect(timeline.items).toHaveLength(1);
    await client.call("mutate", { name: "message.delete", ...place, args: { id, conversationId } });
    await timeline.until((view) => view.items[0]?.message.deletedAt !== undefined);
    await settled();
    expect(await workplace.bodies()).toEqual(["a reply"]);
  });

  it("keeps a conflicting edit as a row and rebases it when asked to try again", async () => {
    const id = await send("first text");
    await settled();
    await disconnect();
    await edit(id, "written offline", 1);
    const args = { id, conversationId: workplace.channelId, body: "written elsewhere", baseVersion: 1 };
    await workplace.mutate(workplace.ada, "message.edit", workplace.scope, args);
    await reconnect();
    const outbox = client.query("outbox", {});
    await outbox.until((view) => view.items[0]?.status === "conflict");
    expect(outbox.items[0]).toMatchObject({
      place: "Général",
      current: { body: "written elsewhere", version: 2 },
    });
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items[0]?.pending?.status === "conflict");
    expect(timeline.items[0]?.message.body).toBe("written elsewhere");
    const conversations = client.query("conversations", {});
    await conversations.until((view) => view.items[0]?.failed === 1);
    const mutationId = outbox.items[0]?.mutationId;
    if (mutationId === undefined) throw new Error("no conflict");
    await client.call("outbox.retry", { mutationId });
    await outbox.until((view) => view.items.length === 0);
    expect(await workplace.bodies()).toEqual(["written offline"]);
  });

  it("keeps what is refused until it is discarded", async () => {
    const id = createId();
    const args = { id, conversationId: workplace.channelId, body: "x".repeat(70_000) };
    await client.call("mutate", { name: "message.send", scope: workplace.scope, args });
    await send("a good one");
    const outbox = client.query("outbox", {});
    await outbox.until((view) => view.items.length === 1 && view.items[0]?.status === "rejected");
    expect(outbox.items[0]?.problem?.kind).toBe("tooLarge");
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 2);
    expect(timeline.items.map((item) => item.pending?.status ?? "settled")).toEqual(["settled", "rejected"]);
    const mutationId = outbox.items[0]?.mutationId;
    if (mutationId === undefined) throw new Error("nothing refused");
    await client.call("outbox.discard", { mutationId });
    await outbox.until((view) => view.items.length === 0);
    await timeline.until((view) => view.items.length === 1);
    expect(await workplace.bodies()).toEqual(["a good one"]);
  });

  it("carries out a mutation once though it is sent 100 times", async () => {
    const through = workplace.fetchAs(workplace.ada);
    const answers = { lost: 0 };
    // The server does the work, the answer never arrives.
    const deaf: TestFetch = async (path, init) => {
      const response = await through(path, init);
      if (!path.startsWith("/v1/mutations") || answers.lost >= 99) return response;
      answers.lost++;
      throw new TypeError("the line broke");
    };
    client = await client.reopen({ fetch: deaf });
    await client.query("session", {}).until((view) => view.info.connection === "online");
    await send("once only");
    while (answers.lost < 99) {
      await client.call("sync.retry", {});
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await client.call("sync.retry", {});
    await settled();
    expect(await workplace.bodies()).toEqual(["once only"]);
    const timeline = timelineOf(client);
    await timeline.until((view) => view.items.length === 1 && view.items[0]?.pending === null);
  });

  it("opens a conversation that is there at once and on the server later", async () => {
    await disconnect();
    const { ada, ben } = workplace;
    const id = directConversationId(ada, ben);
    const scope = conversationScope(id);
    await client.call("mutate", {
      name: "conversation.open",
      scope,
      args: { id, kind: "direct", memberIds: [ada, ben] },
    });
    const message = { id: createId(), conversationId: id, body: "Salut" };
    await client.call("mutate", { name: "message.send", scope, args: message });
    const conversations = client.query("conversations", {});
    await conversations.until((view) => view.items.some((item) => item.conversationId === id));
    const direct = conversations.items.find((item) => item.conversationId === id);
    expect(direct).toMatchObject({ kind: "direct", members: [{ displayName: "Bénédicte Œuvrard" }] });
    const timeline = client.query("timeline", { conversationId: id, at: "end", count: 20 });
    await timeline.until((view) => view.info.isLoaded && view.items.length === 1);
    await reconnect();
    await settled();
    await timeline.until((view) => view.items[0]?.pending === null);
    expect(await workplace.bodies(id, scope)).toEqual(["Salut"]);
  });

  it("keeps only the last of many drafts and read markers that wait", async () => {
    await workplace.loadMessages(3);
    await disconnect();
    const { channelId: conversationId, ada } = workplace;
    const scope = personScope(ada);
    for (let index = 0; index < 20; index++) {
      await client.call("mutate", {
        name: "draft.set",
        scope,
        args: { conversationId, body: `draft ${index}` },
      });
      const readAt = toIsoTime(Date.parse("2026-11-20T08:00:00.000Z") + index);
      await client.call("mutate", { name: "readMarker.set", scope, args: { conversationId, readAt } });
    }
    const outbox = client.query("outbox", {});
    await outbox.until((view) => view.items.length === 2);
    const conversation = client.query("conversation", { conversationId });
    await conversation.until((view) => view.info.summary?.draft === "draft 19");
    await reconnect();
    await settled();
    await conversation.until((view) => view.info.summary?.unread === 2);
    expect(conversation.info.summary?.draft).toBe("draft 19");
  });

  it("refuses what does not fit the contract at once", async () => {
    const wrong = client.call("mutate", { name: "message.send", scope: workplace.scope, args: { body: 1 } });
    await expect(wrong).rejects.toThrow(ProblemError);
    await expect(
      client.call("mutate", { name: "no.such", scope: workplace.scope, args: {} }),
    ).rejects.toThrow("badRequest");
  });
});
