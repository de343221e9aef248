import type { Notification } from "../entities/notification.ts";
import { conversationIdSchema, spaceIdSchema } from "../ids.ts";
import { formatLink, type LinkTarget } from "../links.ts";
import { parseScope } from "../scope.ts";

/** The address of what an item of the inbox is about: as much as is named. Null for what has no address. */
export function linkOfItem(item: Notification): string | null {
  const target = targetOf(item);
  return target === null ? null : formatLink(target);
}

function targetOf({ object, scope, conversationId, messageId, threadId }: Notification): LinkTarget | null {
  const thread = threadId === undefined ? {} : { threadId };
  if (object?.kind === "message") {
    const { threadId: within } = object;
    return {
      kind: "message",
      conversationId: object.conversationId,
      messageId: object.messageId,
      ...(within === undefined ? {} : { threadId: within }),
    };
  }
  if (object?.kind === "conversation") return { kind: "conversation", conversationId: object.conversationId };
  if (object?.kind === "space") return { kind: "space", spaceId: object.spaceId };
  if (object?.kind === "person") return { kind: "person", personId: object.personId };
  if (conversationId !== undefined && messageId !== undefined) {
    return { kind: "message", conversationId, messageId, ...thread };
  }
  if (conversationId !== undefined) return { kind: "conversation", conversationId };
  const { kind, id } = parseScope(scope);
  if (kind === "conversation") return { kind, conversationId: conversationIdSchema.parse(id) };
  return kind === "space" || kind === "desk" ? { kind: "space", spaceId: spaceIdSchema.parse(id) } : null;
}
