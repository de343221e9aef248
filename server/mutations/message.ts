import type { Envelope } from "#contract/envelope.ts";
import type { Message } from "#contract/entities/message.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import type { IsoTime } from "#contract/time.ts";
import { requireConversation } from "../rules/conversations.ts";
import { standing, type Handler, type MutationContext } from "./context.ts";
import { deliver, nextSentAt, type Delivery } from "./deliver.ts";
import {
  answeredReply,
  checkedQuote,
  freshPost,
  requireFiles,
  requirePoll,
  requirePost,
  requireRoot,
  requireSayable,
} from "./message-checks.ts";

type Args = MutationArgs<"message.send">;

export const sendMessage: Handler<"message.send"> = async (context, args) => {
  const existing = await sentBefore(context, args);
  if (existing !== undefined) return { changes: [existing] };
  const delivery = await checkedDelivery(context, args);
  return { changes: await deliver(context, delivery) };
};

/** Another mutation of the same person with the same message: they sent it again after losing the first's id. */
export async function sentBefore(
  { tx, scope, personId }: MutationContext,
  args: Pick<Args, "id" | "conversationId">,
): Promise<Envelope | undefined> {
  const existing = standing(await tx.get(scope, "message", args.id));
  // Whoever may not write here any more is told so, not that the id is taken.
  if (existing === undefined || !(await tx.canRead(personId, scope))) return undefined;
  const { authorId, conversationId } = existing.data;
  if (authorId === personId && conversationId === args.conversationId) return existing;
  throw new AppError("conflict", {
    title: "This message id is taken",
    detail: "Another message of this conversation's scope has the same id.",
    pointer: "args.id",
  });
}

/** The message as it will stand, if the caller may send it. @throws AppError */
export async function checkedDelivery(context: MutationContext, args: Args): Promise<Delivery> {
  requireSayable(context, args);
  const place = await requireConversation(context, args.conversationId);
  await requirePost(context, place, args);
  requirePoll(context, args.poll);
  await requireFiles(context, args);
  const quote = await checkedQuote(context, args.quote);
  const root = await requireRoot(context, args);
  const replyTo = await answeredReply(context, args);
  const message = newMessage(context, { ...args, quote, replyTo }, await nextSentAt(context));
  return { place, message, root };
}

function newMessage(context: MutationContext, args: Args, sentAt: IsoTime): Message {
  const { id, conversationId, body, threadId, replyTo, mentions, attachments, quote, poll, post } = args;
  return {
    id,
    conversationId,
    authorId: context.personId,
    body,
    sentAt,
    version: 1,
    ...(threadId === undefined ? {} : { threadId }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(quote === undefined ? {} : { quote }),
    ...(poll === undefined ? {} : { poll }),
    ...(post === undefined ? {} : { post: freshPost(post) }),
    ...(mentions === undefined || mentions.length === 0 ? {} : { mentions }),
    ...(attachments === undefined || attachments.length === 0 ? {} : { attachments }),
  };
}
