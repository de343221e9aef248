import {
  conversationIdSchema,
  createId,
  directConversationId,
  type ConversationId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { ok, type Result } from "#contract/result.ts";
import { conversationScope, spaceScope } from "#contract/scope.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import { createMessageCommands } from "./message-commands.ts";
import { createPersonalCommands } from "./personal-commands.ts";
import { createWrite, type Write } from "./write.ts";

/**
 * Everything that a person can do in messaging, each one write on disk that the worker carries to the server.
 * @param me the reader's id: their markers and drafts live in their own scope
 */
export function createMessagingCommands(client: Pick<WorkerClient, "call">, me: PersonId) {
  const write = createWrite(client);
  return {
    ...createMessageCommands(write, me),
    ...createPersonalCommands(write, me),
    ...createPlaceCommands(write, me),
  };
}

function createPlaceCommands(write: Write, me: PersonId) {
  return {
    /** Opens the conversation of these people: with one other person, the one they already share. */
    async openConversation(memberIds: PersonId[], name?: string): Promise<Result<ConversationId>> {
      const other = memberIds.length === 1 ? memberIds[0] : undefined;
      const isDirect = other !== undefined;
      const id = isDirect ? directConversationId(me, other) : conversationIdSchema.parse(createId());
      const result = await write("conversation.open", conversationScope(id), {
        id,
        kind: isDirect ? "direct" : "group",
        memberIds: [...new Set([me, ...memberIds])],
        ...(name === undefined || name === "" ? {} : { name }),
      });
      return result.ok ? ok(id) : result;
    },
    joinSpace: (spaceId: SpaceId) => write("space.join", spaceScope(spaceId), { spaceId }),
    leaveSpace: (spaceId: SpaceId) => write("space.leave", spaceScope(spaceId), { spaceId }),
    async createChannel(spaceId: SpaceId, name: string, topic: string): Promise<Result<ConversationId>> {
      const id = conversationIdSchema.parse(createId());
      const result = await write("channel.create", spaceScope(spaceId), {
        id,
        spaceId,
        name,
        ...(topic === "" ? {} : { topic }),
      });
      return result.ok ? ok(id) : result;
    },
  };
}

export type MessagingCommands = ReturnType<typeof createMessagingCommands>;
