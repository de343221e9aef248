import type { Notification } from "#contract/entities/notification.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { spaceIdSchema, wallId, type ConversationId, type MessageId, type SpaceId } from "#contract/ids.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useOpenDirect } from "#renderer/parts/use-open-direct.ts";

/** Goes to what an item is about. */
export function useOpenItem(): (item: Notification) => void {
  const openDirect = useOpenDirect();
  return (item) => {
    const { go } = useView.getState();
    if (item.kind === "sendFailed") {
      go("messaging", "scheduled");
      return;
    }
    if (item.object !== undefined) openObject(item.object, openDirect);
    else if (item.conversationId !== undefined && item.messageId !== undefined) openMessage(item);
    else openScope(item.scope, item.conversationId);
  };
}

function openObject(object: ObjectRef, openDirect: ReturnType<typeof useOpenDirect>): void {
  const { go, openConversation } = useView.getState();
  switch (object.kind) {
    case "message":
      openMessage(object);
      break;
    case "conversation":
      openConversation(object.conversationId);
      break;
    case "space":
      go("communities", object.spaceId);
      break;
    case "person":
      openDirect([object.personId]);
      break;
    case "row":
      openRow(object);
  }
}

/** Requests and reports are decided where they stand: at the administrators' or at the space's desk. */
function openRow({ scope, collection, id }: Extract<ObjectRef, { kind: "row" }>): void {
  const { go } = useView.getState();
  const spaceId = spaceOf(scope);
  if (collection === "article") go("feed", "article", id);
  else if (spaceId !== null) go("communities", spaceId, "desk");
  else go("communities", "requests");
}

interface MessagePlace {
  scope: Scope;
  conversationId?: ConversationId | undefined;
  messageId?: MessageId | undefined;
  threadId?: MessageId | undefined;
}

/** A message of a wall is a post or a comment on one; elsewhere it is in its conversation, a reply in its thread. */
function openMessage({ scope, conversationId, messageId, threadId }: MessagePlace): void {
  if (conversationId === undefined || messageId === undefined) return;
  const { go, openConversation, openSide } = useView.getState();
  const spaceId = spaceOf(scope);
  if (spaceId !== null && conversationId === wallId(spaceId)) {
    go("feed", "post", conversationId, threadId ?? messageId);
    return;
  }
  openConversation(conversationId, threadId ?? messageId);
  if (threadId !== undefined) openSide({ kind: "thread", threadId });
}

function openScope(scope: Scope, conversationId: ConversationId | undefined): void {
  const { go, openConversation } = useView.getState();
  const spaceId = spaceOf(scope);
  if (conversationId !== undefined) openConversation(conversationId);
  else if (spaceId !== null) go("communities", spaceId);
}

function spaceOf(scope: Scope): SpaceId | null {
  const { kind, id } = parseScope(scope);
  return kind === "space" || kind === "desk" ? (spaceIdSchema.safeParse(id).data ?? null) : null;
}
