import type { Conversation } from "#contract/entities/conversation.ts";
import type { PersonId } from "#contract/ids.ts";
import type { RowWrite } from "../store/store.ts";
import type { MutationContext } from "./context.ts";
import { inboxRows } from "./inbox-rows.ts";

/** People were added to a conversation by somebody else. */
export function invitationRows(
  context: MutationContext,
  { id: conversationId, name }: Conversation,
  personIds: readonly PersonId[],
): Promise<RowWrite[]> {
  const { scope, personId: actorId } = context;
  return inboxRows(context, personIds, {
    kind: "invitation",
    object: { kind: "conversation", scope, conversationId },
    scope,
    actorId,
    ...(name === undefined ? {} : { excerpt: name }),
  });
}
