import type { Draft } from "#contract/entities/draft.ts";
import { requireOwnScope, requireSize, standing, timeOf, type Handler } from "./context.ts";

/** The last to arrive wins; an empty text removes the draft. */
export const setDraft: Handler<"draft.set"> = async (context, args) => {
  const scope = requireOwnScope(context);
  requireSize(context, args.body);
  const { conversationId, threadId, body } = args;
  const id = threadId ?? conversationId;
  if (body === "") {
    if (standing(await context.tx.get(scope, "draft", id)) === undefined) return { changes: [] };
    const row = { scope, collection: "draft", id, op: "delete", data: { id } } as const;
    return { changes: await context.tx.write([row]) };
  }
  const data: Draft = {
    id,
    conversationId,
    ...(threadId === undefined ? {} : { threadId }),
    body,
    updatedAt: timeOf(context),
  };
  return { changes: await context.tx.write([{ scope, collection: "draft", id, op: "put", data }]) };
};
