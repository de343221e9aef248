import { describe, expect, test } from "vitest";
import { messageSchema } from "#contract/entities/message.ts";
import { conversationIdSchema, createId, directConversationId, personIdSchema } from "#contract/ids.ts";
import { isMutationName, mutations } from "#contract/mutations.ts";
import { ok } from "#contract/result.ts";
import { conversationScope } from "#contract/scope.ts";
import { z } from "zod";
import type { WorkerMessage } from "#contract/worker.ts";
import { WorkerClient } from "#renderer/kit/worker-client.ts";
import { createMessagingCommands, mentionsIn } from "./commands.ts";

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

  test("take a mention that is not an id for text", () => {
    expect(mentionsIn("<@not-an-id> <script>")).toEqual([]);
  });
});
