import {
  conversationIdSchema,
  createId,
  directConversationId,
  messageIdSchema,
  spaceIdSchema,
  type ConversationId,
  type MessageId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { mutations, type MutationArgs, type MutationName } from "#contract/mutations.ts";
import { ok, type Result } from "#contract/result.ts";
import { conversationScope, DIRECTORY, personScope, spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import type { Mention, Message } from "#contract/entities/message.ts";
import type { Space } from "#contract/entities/space.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import { mentionedIds } from "#renderer/kit/completion.ts";
import { personIdSchema } from "#contract/ids.ts";

export type Mutated = Result<{ mutationId: string }>;

/** Where a message goes. */
export interface Place {
  conversationId: ConversationId;
  scope: Scope;
  threadId?: MessageId;
}

export type NewSpace = Pick<Space, "name" | "kind" | "visibility"> & { summary?: string };

/** People and everyone named in a text that is ready to travel. */
export function mentionsIn(body: string): Mention[] {
  const people = mentionedIds(body).flatMap((id) => {
    const parsed = personIdSchema.safeParse(id);
    return parsed.success ? [{ kind: "person" as const, personId: parsed.data }] : [];
  });
  return body.includes("<!everyone>") ? [...people, { kind: "everyone" }] : people;
}

function withMentions(body: string): { mentions?: Mention[] } {
  const mentions = mentionsIn(body);
  return mentions.length === 0 ? {} : { mentions };
}

/**
 * Everything that a person can do in messaging, each one write on disk that the worker carries to the server.
 * @param me the reader's id: their markers and drafts live in their own scope
 */
export function createMessagingCommands(client: Pick<WorkerClient, "call">, me: PersonId) {
  function mutate<N extends MutationName>(name: N, scope: Scope, args: MutationArgs<N>): Promise<Mutated> {
    return client.call("mutate", { name, scope, args: mutations[name].parse(args) });
  }
  const mine = personScope(me);
  return {
    sendMessage: (place: Place, body: string) =>
      mutate("message.send", place.scope, {
        id: messageIdSchema.parse(createId()),
        conversationId: place.conversationId,
        body,
        ...(place.threadId === undefined ? {} : { threadId: place.threadId }),
        ...withMentions(body),
      }),
    editMessage: (scope: Scope, message: Message, body: string) =>
      mutate("message.edit", scope, {
        id: message.id,
        conversationId: message.conversationId,
        body,
        ...withMentions(body),
        baseVersion: message.version,
      }),
    deleteMessage: (scope: Scope, message: Message) =>
      mutate("message.delete", scope, { id: message.id, conversationId: message.conversationId }),
    setReaction: (scope: Scope, message: Message, emoji: string, isOn: boolean) =>
      mutate(isOn ? "reaction.add" : "reaction.remove", scope, {
        messageId: message.id,
        conversationId: message.conversationId,
        emoji,
      }),
    markRead: (conversationId: ConversationId, readAt: IsoTime) =>
      mutate("readMarker.set", mine, { conversationId, readAt }),
    /** Everything from this message on counts as unread again. */
    markUnreadFrom: (message: Message) =>
      mutate("readMarker.set", mine, {
        conversationId: message.conversationId,
        readAt: toIsoTime(Date.parse(message.sentAt) - 1),
        isUnread: true,
      }),
    saveDraft: (place: Place, body: string) =>
      mutate("draft.set", mine, {
        conversationId: place.conversationId,
        body,
        ...(place.threadId === undefined ? {} : { threadId: place.threadId }),
      }),
    /** Opens the conversation of these people: with one other person, the one they already share. */
    async openConversation(memberIds: PersonId[], name?: string): Promise<Result<ConversationId>> {
      const other = memberIds.length === 1 ? memberIds[0] : undefined;
      const isDirect = other !== undefined;
      const id = isDirect ? directConversationId(me, other) : conversationIdSchema.parse(createId());
      const result = await mutate("conversation.open", conversationScope(id), {
        id,
        kind: isDirect ? "direct" : "group",
        memberIds: [...new Set([me, ...memberIds])],
        ...(name === undefined || name === "" ? {} : { name }),
      });
      return result.ok ? ok(id) : result;
    },
    joinSpace: (spaceId: SpaceId) => mutate("space.join", spaceScope(spaceId), { spaceId }),
    leaveSpace: (spaceId: SpaceId) => mutate("space.leave", spaceScope(spaceId), { spaceId }),
    createSpace: (fields: NewSpace) =>
      mutate("space.create", DIRECTORY, { ...fields, id: spaceIdSchema.parse(createId()) }),
    async createChannel(spaceId: SpaceId, name: string, topic: string): Promise<Result<ConversationId>> {
      const id = conversationIdSchema.parse(createId());
      const result = await mutate("channel.create", spaceScope(spaceId), {
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
