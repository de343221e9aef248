import type { Acknowledgement } from "#contract/entities/message-parts.ts";
import type { Message, Post } from "#contract/entities/message.ts";
import { notificationSchema } from "#contract/entities/notification.ts";
import { personalMarkId, type ConversationId, type MessageId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { requireConversation, requireLivingMessage, type Place } from "../rules/conversations.ts";
import { isAnimator } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import { forbidden, standing, timeOf, type Handler, type MutationContext } from "./context.ts";
import { messageRow } from "./deliver.ts";
import { itemIdOf } from "./message-items.ts";
import { doneRow } from "./settle.ts";
import { EarlierMessages, scopesToldOf, withdrawnItems } from "./withdraw.ts";

/** "I have read it", once for ever. */
export const acknowledgePost: Handler<"post.acknowledge"> = async (context, args) => {
  const { tx, scope, personId } = context;
  const { conversationId, messageId } = args;
  const { message, post } = await requirePostHere(context, args);
  if (post.isMustRead !== true) {
    throw new AppError("badRequest", {
      title: "Nothing is asked here",
      detail: "Nobody asked to say that this post was read.",
      pointer: "args.messageId",
    });
  }
  const own = personScope(personId);
  await tx.lockRows([scope, own]);
  const id = personalMarkId("acknowledgement", messageId, personId);
  const rows: RowWrite[] = [];
  const before = standing(await tx.get(scope, "acknowledgement", id));
  if (before === undefined) {
    const acknowledgedAt = timeOf(context);
    const data: Acknowledgement = { id, conversationId, messageId, personId, acknowledgedAt };
    rows.push({ scope, collection: "acknowledgement", id, op: "put", data });
  }
  const asked = standing(await tx.get(own, "notification", itemIdOf(scope, "mustRead", message, personId)));
  if (asked !== undefined && asked.data["doneAt"] === undefined) {
    rows.push(doneRow(own, notificationSchema.parse(asked.data), timeOf(context)));
  }
  const changes = await tx.write(rows);
  return { changes: before === undefined ? changes : [before, ...changes] };
};

/** Out of what is current, and back. Nobody is asked any more to read what is archived. */
export const archivePost: Handler<"post.archive"> = async (context, args) => {
  const { tx, scope } = context;
  const { place, message, post } = await requirePostHere(context, args);
  await requireKeeper(context, place, message);
  const { archivedAt, ...rest } = post;
  const archived: Post = args.isArchived ? { ...rest, archivedAt: archivedAt ?? timeOf(context) } : rest;
  await tx.lockRows([scope, ...(args.isArchived ? await scopesToldOf(context, message) : [])]);
  const rows = [messageRow(context, { ...message, post: archived })];
  if (args.isArchived) {
    const earlier = new EarlierMessages(context, message);
    rows.push(...(await withdrawnItems(context, message, earlier, new Set(["mustRead"]))));
  }
  return { changes: await tx.write(rows) };
};

/** Which comment answers a question, or none. */
export const answerPost: Handler<"post.answer"> = async (context, args) => {
  const { conversationId, messageId, answerId } = args;
  const { place, message, post } = await requirePostHere(context, args);
  await requireKeeper(context, place, message);
  const { answerId: _answerId, ...rest } = post;
  if (post.kind !== "question") throw notTheAnswer("Only questions have an answer.");
  if (answerId !== null) {
    const answer = await requireLivingMessage(context, conversationId, answerId);
    if (answer.threadId !== messageId) throw notTheAnswer("The answer is one of the question's comments.");
  }
  const answered: Post = answerId === null ? rest : { ...rest, answerId };
  return { changes: await context.tx.write([messageRow(context, { ...message, post: answered })]) };
};

interface PostHere {
  place: Place;
  message: Message;
  post: Post;
}

async function requirePostHere(
  context: MutationContext,
  { conversationId, messageId }: { conversationId: ConversationId; messageId: MessageId },
): Promise<PostHere> {
  const place = await requireConversation(context, conversationId);
  const message = await requireLivingMessage(context, conversationId, messageId);
  if (message.post !== undefined) return { place, message, post: message.post };
  throw new AppError("badRequest", {
    title: "This is not a post",
    detail: "The message is not one of a wall's posts.",
    pointer: "args.messageId",
  });
}

/** Its author and the animators of the space. */
async function requireKeeper(context: MutationContext, place: Place, message: Message): Promise<void> {
  if (message.authorId === context.personId) return;
  if ("spaceId" in place && (await isAnimator(context, place.spaceId))) return;
  throw forbidden("Only its author and the animators of the space may do this.");
}

function notTheAnswer(detail: string): AppError {
  return new AppError("badRequest", { title: "This is not an answer", detail, pointer: "args.answerId" });
}
