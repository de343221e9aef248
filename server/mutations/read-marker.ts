import { conversationSchema } from "#contract/entities/conversation.ts";
import { preferencesSchema } from "#contract/entities/preferences.ts";
import { readMarkerSchema, type ReadMarker } from "#contract/entities/read-marker.ts";
import { MOST_RECEIPTS, receiptSchema, type Receipt } from "#contract/entities/receipt.ts";
import { receiptId, type ConversationId } from "#contract/ids.ts";
import { conversationScope, personScope } from "#contract/scope.ts";
import { isoTimeSchema, type IsoTime } from "#contract/time.ts";
import type { RowWrite } from "../store/store.ts";
import { requireOwnScope, standing, type Handler, type MutationContext } from "./context.ts";
import { settledItems } from "./settle.ts";

/** Sets the caller's marker, unless it already stands further on and is not to go back. */
export const setReadMarker: Handler<"readMarker.set"> = async (context, args) => {
  const scope = requireOwnScope(context);
  const { tx } = context;
  const { conversationId, readAt, isUnread } = args;
  if (isUnread === true) {
    return { changes: await tx.write([markerRow(context, conversationId, readAt)]) };
  }
  const place = conversationScope(conversationId);
  const isOwnPlace = await tx.canRead(context.personId, place);
  await tx.lockRows(isOwnPlace ? [scope, place] : [scope]);
  // Nobody has read what is not there yet.
  const newest = isOwnPlace ? isoTimeSchema.optional().parse(await tx.newestSentAt(place)) : undefined;
  const receiptAt = newest !== undefined && newest < readAt ? newest : readAt;
  const rows = await readingRows(context, conversationId, readAt, newest === undefined ? null : receiptAt);
  rows.push(...(await settledItems(context, { place: { conversationId }, readAt })));
  if (rows.length > 0) return { changes: await tx.write(rows) };
  const row = standing(await tx.get(scope, "readMarker", conversationId));
  return { changes: row === undefined ? [] : [row] };
};

/** The caller has read a conversation up to then: their marker and, where there are any, their receipt. */
export async function readingRows(
  context: MutationContext,
  conversationId: ConversationId,
  readAt: IsoTime,
  receiptAt: IsoTime | null = readAt,
): Promise<RowWrite[]> {
  const row = standing(await context.tx.get(personScope(context.personId), "readMarker", conversationId));
  const isFurtherOn = row !== undefined && readMarkerSchema.parse(row.data).readAt >= readAt;
  return [
    ...(isFurtherOn ? [] : [markerRow(context, conversationId, readAt)]),
    ...(receiptAt === null ? [] : await receiptRows(context, conversationId, receiptAt)),
  ];
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

/** Shown to the others of a small conversation; never goes back. */
async function receiptRows(
  { tx, personId }: MutationContext,
  conversationId: ConversationId,
  readAt: IsoTime,
): Promise<RowWrite[]> {
  const scope = conversationScope(conversationId);
  if (!(await tx.canRead(personId, scope))) return [];
  const conversation = standing(await tx.get(scope, "conversation", conversationId));
  if (conversation === undefined) return [];
  if (conversationSchema.parse(conversation.data).memberIds.length > MOST_RECEIPTS) return [];
  const preferences = standing(await tx.get(personScope(personId), "preferences", personId));
  if (preferences !== undefined && preferencesSchema.parse(preferences.data).hidesReceipts === true)
    return [];
  const id = receiptId(conversationId, personId);
  const before = standing(await tx.get(scope, "receipt", id));
  const standsAt = before === undefined ? undefined : receiptSchema.parse(before.data).readAt;
  if (standsAt !== undefined && standsAt >= readAt) return [];
  const data: Receipt = { id, conversationId, personId, readAt };
  return [{ scope, collection: "receipt", id, op: "put", data }];
}
