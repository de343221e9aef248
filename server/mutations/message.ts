import type { Message } from "#contract/entities/message.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope } from "#contract/scope.ts";
import { spaceIdSchema } from "#contract/ids.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { requireConversation, requireMessage } from "../rules/conversations.ts";
import { isAnimator } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireModestExtras,
  requireSize,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { notificationsOfEdit, notificationsOfSend, withdrawnNotifications } from "./notify.ts";
import { advanceReadMarker } from "./read-marker.ts";

export const sendMessage: Handler<"message.send"> = async (context, args) => {
  const { tx, scope, personId } = context;
  requireSize(context, args.body);
  requireModestExtras(context, { mentions: args.mentions, attachments: args.attachments });
  const kind = await requireConversation(context, args.conversationId);
  if (args.body.trim() === "" && (args.attachments ?? []).length === 0) throw emptyMessage();
  const existing = standing(await tx.get(scope, "message", args.id));
  if (existing !== undefined) {
    // Another mutation of the same person with the same message: they sent it again after losing the first's id.
    if (existing.data["authorId"] === personId && existing.data["conversationId"] === args.conversationId) {
      return { changes: [existing] };
    }
    throw idTaken();
  }
  await requireAttachments(context, args);
  const root = args.threadId === undefined ? undefined : await requireRoot(context, args);
  const message = newMessage(context, args, await nextSentAt(context));
  const rows: RowWrite[] = [{ scope, collection: "message", id: message.id, op: "put", data: message }];
  if (root !== undefined) {
    rows.push({ scope, collection: "message", id: root.id, op: "put", data: withReply(root, message) });
  }
  rows.push(...(await advanceReadMarker(context, message.conversationId, message.sentAt)));
  rows.push(...(await notificationsOfSend(context, kind, message, root)));
  return { changes: await tx.write(rows) };
};

export const editMessage: Handler<"message.edit"> = async (context, args) => {
  const { tx, scope } = context;
  requireSize(context, args.body);
  requireModestExtras(context, { mentions: args.mentions });
  await requireConversation(context, args.conversationId);
  const message = await requireMessage(context, args.conversationId, args.id);
  if (message.authorId !== context.personId || message.notice !== undefined) {
    throw forbidden("Only its author may change a message.");
  }
  if (message.deletedAt !== undefined || message.version !== args.baseVersion) {
    const current = await tx.get(scope, "message", args.id);
    if (current === undefined) throw notFound("There is no such message here.");
    return { current, error: changedMeanwhile(message).problem };
  }
  if (args.body.trim() === "" && (message.attachments ?? []).length === 0) throw emptyMessage();
  const { mentions: previous, ...rest } = message;
  const edited: Message = {
    ...rest,
    body: args.body,
    version: message.version + 1,
    editedAt: timeOf(context),
    ...(args.mentions === undefined ? {} : { mentions: args.mentions }),
  };
  const rows: RowWrite[] = [{ scope, collection: "message", id: edited.id, op: "put", data: edited }];
  rows.push(...(await notificationsOfEdit(context, edited, previous ?? [])));
  return { changes: await tx.write(rows) };
};

export const deleteMessage: Handler<"message.delete"> = async (context, args) => {
  const { tx, scope, personId } = context;
  await requireConversation(context, args.conversationId);
  const message = await requireMessage(context, args.conversationId, args.id);
  if (message.authorId !== personId && !(await mayModerate(context))) {
    throw forbidden("Only its author, the animators of the space and administrators may delete a message.");
  }
  if (message.deletedAt !== undefined) {
    const row = await tx.get(scope, "message", args.id);
    return { changes: row === undefined ? [] : [row] };
  }
  removeFiles(context, message);
  const root =
    message.threadId === undefined
      ? undefined
      : await requireMessage(context, message.conversationId, message.threadId);
  const rows: RowWrite[] = [
    { scope, collection: "message", id: message.id, op: "put", data: traceOf(message, timeOf(context)) },
    ...(await withdrawnNotifications(context, message, root)),
  ];
  return { changes: await tx.write(rows) };
};

async function mayModerate(context: MutationContext): Promise<boolean> {
  const { kind, id } = parseScope(context.scope);
  return kind === "space" && (await isAnimator(context, spaceIdSchema.parse(id)));
}

/** By the server's clock, but always after what is there: a clock set back cannot disorder a conversation. */
async function nextSentAt(context: MutationContext): Promise<IsoTime> {
  const newest = await context.tx.newestSentAt(context.scope);
  const after = newest === undefined ? 0 : Date.parse(newest) + 1;
  return toIsoTime(Math.max(context.nowMs, after));
}

function newMessage(context: MutationContext, args: MutationArgs<"message.send">, sentAt: IsoTime): Message {
  const { id, conversationId, body, threadId, mentions, attachments } = args;
  return {
    id,
    conversationId,
    authorId: context.personId,
    body,
    sentAt,
    version: 1,
    ...(threadId === undefined ? {} : { threadId }),
    ...(mentions === undefined || mentions.length === 0 ? {} : { mentions }),
    ...(attachments === undefined || attachments.length === 0 ? {} : { attachments }),
  };
}

/** A root may have been deleted since: its thread goes on. */
async function requireRoot(context: MutationContext, args: MutationArgs<"message.send">): Promise<Message> {
  const { conversationId, threadId } = args;
  if (threadId === undefined) throw notFound("No thread was named.");
  const root = await requireMessage(context, conversationId, threadId);
  if (root.threadId === undefined) return root;
  throw new AppError("badRequest", {
    title: "A reply cannot be the root of a thread",
    detail: `Reply in the thread of ${root.threadId}.`,
    pointer: "args.threadId",
  });
}

function withReply(root: Message, reply: Message): Message {
  const others = (root.replyPersonIds ?? []).filter((personId) => personId !== reply.authorId);
  return {
    ...root,
    replyCount: (root.replyCount ?? 0) + 1,
    lastReplyAt: reply.sentAt,
    replyPersonIds: [reply.authorId, ...others].slice(0, 5),
  };
}

async function requireAttachments(
  context: MutationContext,
  args: MutationArgs<"message.send">,
): Promise<void> {
  for (const [index, attachment] of (args.attachments ?? []).entries()) {
    if (attachment.blobId === undefined) continue;
    const blob = await context.tx.blob(attachment.blobId);
    if (blob?.isComplete === true && blob.scope === context.scope) continue;
    throw new AppError("notFound", {
      title: "An attached file is not there",
      detail: `${attachment.name} was not wholly sent to this conversation. Attach it again.`,
      pointer: `args.attachments.${index}.blobId`,
    });
  }
}

/** The author's own files only: someone else's may be attached elsewhere. */
function removeFiles(context: MutationContext, message: Message): void {
  for (const { blobId } of message.attachments ?? []) {
    if (blobId !== undefined) context.removedBlobs.push({ id: blobId, ownerId: message.authorId });
  }
}

function traceOf(message: Message, deletedAt: IsoTime): Message {
  const { mentions: _mentions, attachments: _attachments, editedAt: _editedAt, ...rest } = message;
  return { ...rest, body: "", version: message.version + 1, deletedAt };
}

function emptyMessage(): AppError {
  return new AppError("badRequest", {
    title: "The message is empty",
    detail: "Write something or attach a file.",
    pointer: "args.body",
  });
}

function idTaken(): AppError {
  return new AppError("conflict", {
    title: "This message id is taken",
    detail: "Another message of this conversation's scope has the same id.",
    pointer: "args.id",
  });
}

function changedMeanwhile(message: Message): AppError {
  return new AppError("conflict", {
    title: message.deletedAt === undefined ? "The message was changed meanwhile" : "The message was deleted",
    detail:
      message.deletedAt === undefined
        ? `The text is now version ${message.version}. Look at it and edit that one.`
        : "A deleted message cannot be changed.",
  });
}
