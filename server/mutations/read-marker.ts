import { readMarkerSchema, type ReadMarker } from "#contract/entities/read-marker.ts";
import type { ConversationId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { RowWrite } from "../store/store.ts";
import { requireOwnScope, standing, type Handler, type MutationContext } from "./context.ts";

/** Sets the caller's marker, unless it already stands further on and is not to go back. */
export const setReadMarker: Handler<"readMarker.set"> = async (context, args) => {
  const scope = requireOwnScope(context);
  const row = standing(await context.tx.get(scope, "readMarker", args.conversationId));
  const standsAt = row === undefined ? undefined : readMarkerSchema.parse(row.data).readAt;
  if (row !== undefined && standsAt !== undefined && args.isUnread !== true && standsAt >= args.readAt) {
    return { changes: [row] };
  }
  return { changes: await context.tx.write([markerRow(context, args.conversationId, args.readAt)]) };
};

/** Who writes in a conversation has read it. */
export async function advanceReadMarker(
  context: MutationContext,
  conversationId: ConversationId,
  readAt: IsoTime,
): Promise<RowWrite[]> {
  const row = standing(await context.tx.get(personScope(context.personId), "readMarker", conversationId));
  if (row !== undefined && readMarkerSchema.parse(row.data).readAt >= readAt) return [];
  return [markerRow(context, conversationId, readAt)];
}

function markerRow(context: MutationContext, conversationId: ConversationId, readAt: IsoTime): RowWrite {
  const data: ReadMarker = { id: conversationId, conversationId, readAt };
  return {
    scope: personScope(context.personId),
    collection: "readMarker",
    id: conversationId,
    op: "put",
    data,
  };
}
