import type { Notification } from "../entities/notification.ts";
import {
  conversationIdSchema,
  freshIdSchema,
  libraryItemIdSchema,
  spaceIdSchema,
  taskIdSchema,
  calendarObjectIdSchema,
} from "../ids.ts";
import { formatLink, type LinkTarget } from "../links.ts";
import { parseScope, type Scope } from "../scope.ts";

/** The address of what an item of the inbox is about: as much as is named. Null for what has no address. */
export function linkOfItem(item: Notification): string | null {
  const target = targetOf(item);
  return target === null ? null : formatLink(target);
}

function targetOf(item: Notification): LinkTarget | null {
  if (item.kind === "sendFailed") return { kind: "place", place: "scheduled" };
  const { object, scope, conversationId, messageId, threadId } = item;
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
  if (object?.kind === "row") return rowTarget(object.collection, object.id, object.scope);
  if (conversationId !== undefined && messageId !== undefined) {
    return { kind: "message", conversationId, messageId, ...thread };
  }
  if (conversationId !== undefined) return { kind: "conversation", conversationId };
  const { kind, id } = parseScope(scope);
  if (kind === "conversation") return { kind, conversationId: conversationIdSchema.parse(id) };
  if (kind === "space" || kind === "desk") return { kind: "space", spaceId: spaceIdSchema.parse(id) };
  const itemId = freshIdSchema.safeParse(item.id);
  return itemId.success ? { kind: "item", itemId: itemId.data } : null;
}

/** An article by itself; requests and reports where they are decided. */
function rowTarget(collection: string, rowId: string, scope: Scope): LinkTarget {
  const articleId = freshIdSchema.safeParse(rowId);
  if (collection === "article" && articleId.success) return { kind: "article", articleId: articleId.data };
  const itemId = libraryItemIdSchema.safeParse(rowId);
  if (collection === "libraryItem" && itemId.success) return { kind: "document", scope, itemId: itemId.data };
  const taskId = taskIdSchema.safeParse(rowId);
  if (collection === "task" && taskId.success) return { kind: "task", scope, taskId: taskId.data };
  const objectId = calendarObjectIdSchema.safeParse(rowId);
  if (collection === "calendarObject" && objectId.success)
    return { kind: "event", scope, objectId: objectId.data };
  const { kind, id } = parseScope(scope);
  return kind === "space" || kind === "desk"
    ? { kind: "desk", spaceId: spaceIdSchema.parse(id) }
    : { kind: "place", place: "requests" };
}
