import type { Notification } from "#contract/entities/notification.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { conversationIdSchema, naturalId, spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { parseScope, personScope, type Scope } from "#contract/scope.ts";
import type { RowWrite } from "../store/store.ts";
import { timeOf, type MutationContext } from "./context.ts";

/** Someone was added to a space or a conversation by somebody else. */
export function invitation(context: MutationContext, personId: PersonId): RowWrite {
  const { kind, id: subject } = parseScope(context.scope);
  const id = naturalId("notification", "invitation", kind, subject, personId);
  const data: Notification = {
    id,
    kind: "invitation",
    ask: "know",
    scope: context.scope,
    ...placeNamed(context.scope),
    actorId: context.personId,
    createdAt: timeOf(context),
  };
  return { scope: personScope(personId), collection: "notification", id, op: "put", data };
}

function placeNamed(scope: Scope): Pick<Notification, "spaceId" | "conversationId" | "object"> {
  const { kind, id } = parseScope(scope);
  if (kind === "space") {
    const spaceId = spaceIdSchema.parse(id);
    return { spaceId, object: { kind: "space", spaceId } satisfies ObjectRef };
  }
  const conversationId = conversationIdSchema.parse(id);
  return { conversationId, object: { kind: "conversation", scope, conversationId } satisfies ObjectRef };
}
