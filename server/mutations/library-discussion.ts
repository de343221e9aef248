import { requireUsedItem } from "../rules/library.ts";
import { requireUsedPlace } from "../rules/places.ts";
import type { Handler } from "./context.ts";
import { itemRow } from "./library-item.ts";
import { beginThread } from "./object-thread.ts";

/** Begins the thread about an item, once. */
export const discussItem: Handler<"libraryItem.discuss"> = async (context, { id, messageId }) => {
  const { tx, scope } = context;
  await requireUsedPlace(context);
  const item = await requireUsedItem(context, id);
  if (item.discussion !== undefined) return { changes: await tx.write([itemRow(context, item)]) };
  const target = { kind: "document", scope, itemId: id } as const;
  const begun = { target, messageId, authorId: item.createdBy };
  const { discussion, rows } = await beginThread(context, "files", begun);
  return { changes: await tx.write([...rows, itemRow(context, { ...item, discussion })]) };
};
