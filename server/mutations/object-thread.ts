import type { Channel } from "#contract/entities/channel.ts";
import type { Message } from "#contract/entities/message.ts";
import {
  filesChannelId,
  spaceIdSchema,
  tasksChannelId,
  type ConversationId,
  type MessageId,
  type PersonId,
} from "#contract/ids.ts";
import { formatLink, type ObjectTarget } from "#contract/links.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope } from "#contract/scope.ts";
import type { RowWrite } from "../store/store.ts";
import { requireFreshId, standing, timeOf, type MutationContext } from "./context.ts";
import { messageRow, nextSentAt } from "./deliver.ts";

interface Begun {
  /** What it is about. */
  target: ObjectTarget;
  messageId: MessageId;
  /** In whose name it stands, who therefore hears of it. */
  authorId: PersonId;
}

const channels = {
  files: { idOf: filesChannelId, name: "documents" },
  tasks: { idOf: tasksChannelId, name: "tasks" },
};

export interface ObjectThread {
  discussion: { conversationId: ConversationId; threadId: MessageId };
  rows: RowWrite[];
}

/** The thread about an object of a space, in the channel of all these threads, which is made with the first. */
export async function beginThread(
  context: MutationContext,
  kind: keyof typeof channels,
  { target, messageId, authorId }: Begun,
): Promise<ObjectThread> {
  const { tx, scope } = context;
  const { kind: placeKind, id } = parseScope(scope);
  if (placeKind !== "space") throw nobodyElse();
  const spaceId = spaceIdSchema.parse(id);
  requireFreshId(messageId);
  if (standing(await tx.get(scope, "message", messageId)) !== undefined) throw takenId();
  const conversationId = channels[kind].idOf(spaceId);
  const message: Message = {
    id: messageId,
    conversationId,
    authorId,
    body: formatLink(target),
    sentAt: await nextSentAt(context),
    version: 1,
  };
  const rows = [messageRow(context, message)];
  if (standing(await tx.get(scope, "channel", conversationId)) === undefined) {
    const { name } = channels[kind];
    const data: Channel = { id: conversationId, spaceId, kind, name, createdAt: timeOf(context) };
    rows.unshift({ scope, collection: "channel", id: conversationId, op: "put", data });
  }
  return { discussion: { conversationId, threadId: messageId }, rows };
}

function nobodyElse(): AppError {
  return new AppError("badRequest", {
    title: "Nobody else reads this",
    detail: "What is in spaces is discussed, what one person has is not.",
    pointer: "scope",
  });
}

function takenId(): AppError {
  return new AppError("conflict", {
    title: "This message id is taken",
    detail: "Another message of this scope has the same id.",
    pointer: "args.messageId",
  });
}
