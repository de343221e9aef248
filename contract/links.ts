import { conversationIdSchema, messageIdSchema, personIdSchema, spaceIdSchema } from "./ids.ts";
import type { ConversationId, MessageId, PersonId, SpaceId } from "./ids.ts";

/** What an address inside Parvis leads to. */
export type LinkTarget =
  | { kind: "conversation"; conversationId: ConversationId }
  | { kind: "message"; conversationId: ConversationId; messageId: MessageId; threadId?: MessageId }
  | { kind: "space"; spaceId: SpaceId }
  | { kind: "person"; personId: PersonId };

const SCHEME = "parvis://";

/**
 * The address of an object, to be pasted into any text: `parvis://conversation/ID`, `parvis://message/CONVERSATION/ID`
 * (`…/ID/THREAD` for a reply or comment), `parvis://space/ID`, `parvis://person/ID`. It says nothing of what it leads to.
 */
export function formatLink(target: LinkTarget): string {
  switch (target.kind) {
    case "conversation":
      return `${SCHEME}conversation/${target.conversationId}`;
    case "message": {
      const { conversationId, messageId, threadId } = target;
      return `${SCHEME}message/${conversationId}/${messageId}${threadId === undefined ? "" : `/${threadId}`}`;
    }
    case "space":
      return `${SCHEME}space/${target.spaceId}`;
    case "person":
      return `${SCHEME}person/${target.personId}`;
  }
}

/** Null for anything that is not exactly such an address. */
export function parseLink(text: string): LinkTarget | null {
  if (!text.startsWith(SCHEME)) return null;
  const [kind, first, second, third, ...rest] = text.slice(SCHEME.length).split("/");
  if (rest.length > 0) return null;
  switch (kind ?? "") {
    case "conversation": {
      const id = conversationIdSchema.safeParse(first);
      return id.success && second === undefined ? { kind: "conversation", conversationId: id.data } : null;
    }
    case "message":
      return messageLink(first, second, third);
    case "space": {
      const id = spaceIdSchema.safeParse(first);
      return id.success && second === undefined ? { kind: "space", spaceId: id.data } : null;
    }
    case "person": {
      const id = personIdSchema.safeParse(first);
      return id.success && second === undefined ? { kind: "person", personId: id.data } : null;
    }
    default:
      return null;
  }
}

function messageLink(first?: string, second?: string, third?: string): LinkTarget | null {
  const conversationId = conversationIdSchema.safeParse(first);
  const messageId = messageIdSchema.safeParse(second);
  const threadId = messageIdSchema.optional().safeParse(third);
  if (!conversationId.success || !messageId.success || !threadId.success) return null;
  return {
    kind: "message",
    conversationId: conversationId.data,
    messageId: messageId.data,
    ...(threadId.data === undefined ? {} : { threadId: threadId.data }),
  };
}
