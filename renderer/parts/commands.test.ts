import { describe, expect, test } from "vitest";
import { messageSchema } from "#contract/entities/message.ts";
import {
  blobIdSchema,
  conversationIdSchema,
  createId,
  directConversationId,
  messageIdSchema,
  personIdSchema,
} from "#contract/ids.ts";
import { isMutationName, mutations } from "#contract/mutations.ts";
import { ok } from "#contract/result.ts";
import { conversationScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { z } from "zod";
import type { WorkerMessage } from "#contract/worker.ts";
import { WorkerClient } from "#renderer/kit/worker-client.ts";
import { mentionsIn } from "#renderer/kit/mentions.ts";
import { createMessagingCommands } from "./commands.ts";

const me = personIdSchema.parse(createId());
const other = personIdSchema.parse(createId());
const conversationId = conversationIdSchema.parse(createId());
const scope = conversationScope(conversationId);

const writeSchema = z.object({ name: z.string(), scope: z.string(), args: z.looseObject({}) });

/** A worker that keeps what it was asked to write. */
function createNotebook() {
  const listeners: ((message: WorkerMessage) => void)[] = [];
  const written: z.infer<typeof writeSchema>[] = [];
  const client = new WorkerClient({
    post: (message) => {
      if (message.type !== "call") return;
      written.push(writeSchema.parse(message.args));
      const result = { ok: true as const, value: { mutationId: createId() } };
      for (const listener of listeners) listener({ type: "result", id: message.id, result });
    },
    listen: (listener) => listeners.push(listener),
    close: () => undefined,
  });
  client.open({ accountId: "a", gatewayPath: "/gateway/a", key: new ArrayBuffer(32), keyId: "k" });
  return { written, commands: createMessagingCommands(client, me) };
}

describe("commands of messaging", () => {
  test("name the people in the text, and fit the contract", async () => {
    const { written, commands } = createNotebook();
    await commands.sendMessage({ conversationId, scope }, `Bonjour <@${other}> et <!everyone>`);
    const [sent] = written;
    expect(sent?.args["mentions"]).toEqual([{ kind: "person", personId: other }, { kind: "everyone" }]);
    expect(sent?.scope).toBe(scope);
    for (const { name, args } of written) {
      expect(isMutationName(name) && mutations[name].safeParse(args).success).toBe(true);
    }
  });

  test("give each message an id of its own, so that the same words sent twice are two messages", async () => {
    const { written, commands } = createNotebook();
    await commands.sendMessage({ conversationId, scope }, "oui");
    await commands.sendMessage({ conversationId, scope }, "oui");
    expect(written[0]?.args["id"]).not.toBe(written[1]?.args["id"]);
  });

  test("open the one direct conversation of two people, and a new group for more", async () => {
    const { commands } = createNotebook();
    const third = personIdSchema.parse(createId());
    expect(await commands.openConversation([other])).toEqual(ok(directConversationId(me, other)));
    const group = await commands.openConversation([other, third], "Essai");
    expect(group.ok && group.value).not.toBe(directConversationId(me, other));
  });

  test("mark unread from just before the message", async () => {
    const { written, commands } = createNotebook();
    const message = messageSchema.parse({
      id: createId(),
      conversationId,
      authorId: other,
      body: "x",
      sentAt: "2026-11-22T10:00:00.000Z",
      version: 1,
    });
    await commands.markUnreadFrom(message);
    expect(written[0]).toMatchObject({
      scope: `person:${me}`,
      args: { readAt: "2026-11-22T09:59:59.999Z", isUnread: true },
    });
  });

  test("carry files, a quote and a poll beside the text, now and later", async () => {
    const { written, commands } = createNotebook();
    const said = {
      attachments: [{ name: "plan.pdf", blobId: blobIdSchema.parse(createId()), sizeBytes: 12 }],
      quote: {
        kind: "quote" as const,
        scope,
        conversationId,
        messageId: messageIdSchema.parse(createId()),
        authorId: other,
        sentAt: toIsoTime(0),
        body: "Bonjour",
      },
      poll: { question: "Quand ?", options: ["1", "2"].map((id) => ({ id, text: id })) },
    };
    await commands.sendMessage({ conversationId, scope }, "Voici", said);
    await commands.scheduleMessage({ conversationId, scope }, "Voici", { sendAt: toIsoTime(0) }, said);
    expect(written[0]?.args).toMatchObject(said);
    expect(written[1]).toMatchObject({
      name: "message.schedule",
      scope: `person:${me}`,
      args: { ...said, scope },
    });
    for (const { name, args } of written) {
      expect(isMutationName(name) && mutations[name].safeParse(args).success).toBe(true);
    }
  });

  test("write what is personal into the person's own scope, and what is seen of them into the directory", async () => {
    const { written, commands } = createNotebook();
    const place = { conversationId, scope };
    const threadId = messageIdSchema.parse(createId());
    await commands.saveItem({ kind: "conversation", scope, conversationId }, { remindAt: toIsoTime(0) });
    await commands.followThread(place, threadId, false);
    await commands.markThreadRead(place, threadId, toIsoTime(0));
    await commands.setPlace(conversationId, { isMuted: true, sectionId: null });
    await commands.addSection("Projets", 2);
    await commands.choosePresence({ state: "busy" });
    await commands.setStatus(null);
    expect(written.map(({ name, scope: where }) => [name, where])).toEqual([
      ["item.save", `person:${me}`],
      ["follow.set", `person:${me}`],
      ["follow.set", `person:${me}`],
      ["placeSetting.set", `person:${me}`],
      ["section.save", `person:${me}`],
      ["presence.choose", "directory"],
      ["status.set", "directory"],
    ]);
  });

  test("name no more people than a message may, however many stand in the text", async () => {
    const { written, commands } = createNotebook();
    const crowd = Array.from({ length: 10_000 }, () => `<@${createId()}>`).join(" ");
    await commands.sendMessage({ conversationId, scope }, crowd);
    expect(written[0]?.args["mentions"]).toHaveLength(1000);
  });

  test("take a mention that is not an id for text", () => {
    expect(mentionsIn("<@not-an-id> <script>")).toEqual([]);
  });
});
