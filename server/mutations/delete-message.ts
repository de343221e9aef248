import type { Envelope } from "#contract/envelope.ts";
import type { Message } from "#contract/entities/message.ts";
import { isMessagePart } from "#contract/collections.ts";
import { spaceIdSchema } from "#contract/ids.ts";
import { parseScope, personScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import { requireConversation, requireMessage, requireOfNoObject } from "../rules/conversations.ts";
import { isAnimator } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import { forbidden, standing, timeOf, type Handler, type MutationContext } from "./context.ts";
import { messageRow } from "./deliver.ts";
import { followRowsOfDelete, followsOf } from "./follow.ts";
import { filesOf } from "./message-checks.ts";
import { EarlierMessages, scopesToldOf, withdrawnItems } from "./withdraw.ts";

export const deleteMessage: Handler<"message.delete"> = async (context, args) => {
  const place = await requireConversation(context, args.conversationId);
  const message = await requireMessage(context, args.conversationId, args.id);
  requireOfNoObject(place, message);
  if (message.authorId !== context.personId && !(await mayModerate(context))) {
    throw forbidden("Only its author, the animators of the space and administrators may delete a message.");
  }
  return { changes: await removeMessage(context, message) };
};

async function mayModerate(context: MutationContext): Promise<boolean> {
  const { kind, id } = parseScope(context.scope);
  return kind === "space" && (await isAnimator(context, spaceIdSchema.parse(id)));
}

/** Leaves a trace of it: what hangs on it goes, and what was told of it. Twice is once. The scope is to be locked before. */
export async function removeMessage(context: MutationContext, message: Message): Promise<Envelope[]> {
  const { tx, scope } = context;
  if (message.deletedAt !== undefined) {
    const row = await tx.get(scope, "message", message.id);
    return row === undefined ? [] : [row];
  }
  for (const id of filesOf(message)) context.removedBlobs.push({ id, ownerId: message.authorId });
  const { threadId } = message;
  const follows = threadId === undefined ? [] : [...(await followsOf(context, threadId)).keys()];
  await tx.lockRows([scope, ...(await scopesToldOf(context, message)), ...follows.map(personScope)]);
  const earlier = new EarlierMessages(context, message);
  const othersReply = (personId: string) => earlier.find((reply) => reply.authorId !== personId, "");
  return tx.write([
    messageRow(context, traceOf(message, timeOf(context))),
    ...(await partRows(context, message)),
    ...(await answerRows(context, message)),
    ...(await withdrawnItems(context, message, earlier)),
    ...(await followRowsOfDelete(context, message, othersReply)),
  ]);
}

/** Reactions, votes, former texts, and the pin. */
async function partRows({ tx, scope }: MutationContext, message: Message): Promise<RowWrite[]> {
  const { conversationId, id: messageId } = message;
  const rows = (await tx.find.parts(scope, conversationId, messageId)).flatMap((part): RowWrite[] => {
    if (!isMessagePart(part.collection)) return [];
    const data = { id: part.id, conversationId, messageId, ...keysOf(part) };
    return [{ scope, collection: part.collection, id: part.id, op: "delete", data }];
  });
  if (standing(await tx.get(scope, "pin", messageId)) !== undefined) {
    const data = { id: messageId, conversationId, messageId };
    rows.push({ scope, collection: "pin", id: messageId, op: "delete", data });
  }
  return rows;
}

/** What else makes the id of a part. */
function keysOf({ data }: Envelope): Record<string, unknown> {
  const names = ["personId", "emoji", "version"];
  return Object.fromEntries(names.filter((name) => name in data).map((name) => [name, data[name]]));
}

/** A question whose answer went is open again. */
async function answerRows(context: MutationContext, message: Message): Promise<RowWrite[]> {
  if (message.threadId === undefined) return [];
  const root = await requireMessage(context, message.conversationId, message.threadId);
  if (root.post?.answerId !== message.id) return [];
  const { answerId: _answerId, ...post } = root.post;
  return [messageRow(context, { ...root, post })];
}

function traceOf(message: Message, deletedAt: IsoTime): Message {
  const {
    mentions: _mentions,
    attachments: _attachments,
    quote: _quote,
    poll: _poll,
    post,
    editedAt: _editedAt,
    ...rest
  } = message;
  // That it was a post is kept: it stands among posts.
  const kept = post === undefined ? {} : { post: { kind: post.kind } };
  return { ...rest, ...kept, body: "", version: message.version + 1, deletedAt };
}
