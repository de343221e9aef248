import type { Notification } from "#contract/entities/notification.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { conversationIdSchema, spaceIdSchema } from "#contract/ids.ts";
import { parseScope } from "#contract/scope.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { openObject } from "#renderer/parts/open-object.ts";

/** Goes to what an item is about. */
export function openItem(item: Notification): void {
  const { go } = useView.getState();
  if (item.kind === "sendFailed") go("messaging", "scheduled");
  else {
    const object = item.object ?? objectOf(item);
    if (object !== null) openObject(object);
  }
}

/** Its message, its conversation or its space: as much as is named. */
function objectOf({ scope, conversationId, messageId, threadId }: Notification): ObjectRef | null {
  if (conversationId !== undefined && messageId !== undefined) {
    const thread = threadId === undefined ? {} : { threadId };
    return { kind: "message", scope, conversationId, messageId, ...thread };
  }
  if (conversationId !== undefined) return { kind: "conversation", scope, conversationId };
  const { kind, id } = parseScope(scope);
  if (kind === "conversation") return { kind, scope, conversationId: conversationIdSchema.parse(id) };
  return kind === "space" || kind === "desk" ? { kind: "space", spaceId: spaceIdSchema.parse(id) } : null;
}
