import { isDeepStrictEqual } from "node:util";
import type { Message, Poll, Post } from "#contract/entities/message.ts";
import { messageVersionSchema, pinSchema, type MessageVersion } from "#contract/entities/message-parts.ts";
import { messageVersionId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import {
  requireConversation,
  requireMessage,
  requireOfNoObject,
  type Place,
} from "../rules/conversations.ts";
import { isAnimator } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import { concernsOfEdit, readWishes, wantedConcerns } from "./audience.ts";
import { forbidden, notFound, standing, timeOf, type Handler, type MutationContext } from "./context.ts";
import { messageRow } from "./deliver.ts";
import {
  filesOf,
  MOST_VERSIONS,
  requireFiles,
  requirePoll,
  requireSayable,
  requireTitle,
} from "./message-checks.ts";
import { messageExcerpt } from "./message-excerpt.ts";
import { itemRows } from "./message-items.ts";
import { EarlierMessages, scopesToldOf, withdrawnItems } from "./withdraw.ts";

type Args = MutationArgs<"message.edit">;

export const editMessage: Handler<"message.edit"> = async (context, args) => {
  const { tx, scope } = context;
  const place = await requireConversation(context, args.conversationId);
  const message = await requireMessage(context, args.conversationId, args.id);
  requireOfNoObject(place, message);
  await requireEditor(context, place, message);
  if (message.deletedAt !== undefined || message.version !== args.baseVersion) {
    const current = await tx.get(scope, "message", args.id);
    if (current === undefined) throw notFound("There is no such message here.");
    return { current, error: changedMeanwhile(message).problem };
  }
  const edited = await checkedEdit(context, place, message, args);
  const wishes = await readWishes(context, place);
  const concerned = await wantedConcerns(context, await concernsOfEdit(context, edited, message), wishes);
  const isNoLongerDuty = message.post?.isMustRead === true && edited.post?.isMustRead !== true;
  const told = isNoLongerDuty ? await scopesToldOf(context, message) : [];
  await tx.lockRows([scope, ...told, ...[...concerned.keys()].map(personScope)]);
  const rows: RowWrite[] = [
    messageRow(context, edited),
    ...(await versionRows(context, message, edited)),
    ...(await pinRows(context, edited)),
    ...(await itemRows(context, place, edited, concerned)),
  ];
  if (isNoLongerDuty) {
    const earlier = new EarlierMessages(context, message);
    rows.push(...(await withdrawnItems(context, message, earlier, new Set(["mustRead"]))));
  }
  return { changes: await tx.write(rows) };
};

/** Its author; of an article also the animators of its space. */
async function requireEditor(context: MutationContext, place: Place, message: Message): Promise<void> {
  if (message.notice === undefined && message.authorId === context.personId) return;
  const isArticle = message.post?.kind === "article" && "spaceId" in place;
  if (isArticle && (await isAnimator(context, place.spaceId))) return;
  throw forbidden("Only its author may change a message.");
}

/** What is not named stays. */
async function checkedEdit(
  context: MutationContext,
  place: Place,
  message: Message,
  args: Args,
): Promise<Message> {
  const mentions = args.mentions ?? message.mentions ?? [];
  const attachments = args.attachments ?? message.attachments ?? [];
  const poll = await editedPoll(context, message, args.poll);
  const post = await editedPost(context, place, message, args.post);
  const { quote } = message;
  requireSayable(context, { body: args.body, mentions, attachments, quote, poll, post });
  const files = filesOf(message);
  await requireFiles(context, { attachments, post }, files);
  const { mentions: _mentions, attachments: _attachments, ...rest } = message;
  const edited: Message = {
    ...rest,
    body: args.body,
    version: message.version + 1,
    editedAt: timeOf(context),
    ...(poll === undefined ? {} : { poll }),
    ...(post === undefined ? {} : { post }),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
  const kept = filesOf(edited);
  for (const id of files) {
    if (!kept.has(id)) context.removedBlobs.push({ id, ownerId: message.authorId });
  }
  return edited;
}

/** Other words only while nobody has voted; when it closes may be changed at any time. */
async function editedPoll(
  context: MutationContext,
  message: Message,
  poll: Poll | undefined,
): Promise<Poll | undefined> {
  if (poll === undefined) return message.poll;
  if (message.poll === undefined) throw notForThis("poll", "This message has no poll.");
  const { closesAt: _closesAt, ...words } = poll;
  const { closesAt: _formerEnd, ...former } = message.poll;
  // An end that is past closes it now.
  requirePoll(context, words);
  if (isDeepStrictEqual(words, former)) return poll;
  const parts = await context.tx.find.parts(context.scope, message.conversationId, message.id);
  if (!parts.some((part) => part.collection === "vote")) return poll;
  throw forbidden("Somebody has voted: the words of this poll stay as they are.");
}

async function editedPost(
  context: MutationContext,
  place: Place,
  message: Message,
  post: Post | undefined,
): Promise<Post | undefined> {
  const former = message.post;
  if (post === undefined) return former;
  if (former === undefined || !("spaceId" in place)) throw notForThis("post", "This message is not a post.");
  if (post.kind !== former.kind) throw notForThis("post.kind", "The kind of a post stays what it is.");
  requireTitle(post);
  const isDutyChanged = (post.isMustRead === true) !== (former.isMustRead === true);
  if (isDutyChanged && !(await isAnimator(context, place.spaceId))) {
    throw forbidden("Only the animators of the space ask everyone to read.");
  }
  const { answerId, archivedAt } = former;
  const { answerId: _answerId, archivedAt: _archivedAt, ...said } = post;
  return {
    ...said,
    ...(answerId === undefined ? {} : { answerId }),
    ...(archivedAt === undefined ? {} : { archivedAt }),
  };
}

async function versionRows(
  { tx, scope }: MutationContext,
  former: Message,
  edited: Message,
): Promise<RowWrite[]> {
  const isSameText = former.body === edited.body && isDeepStrictEqual(former.post, edited.post);
  if (isSameText) return [];
  const { id: messageId, conversationId, version, body, post } = former;
  const id = messageVersionId(messageId, version);
  const writtenAt = former.editedAt ?? former.sentAt;
  const data: MessageVersion = {
    id,
    conversationId,
    messageId,
    version,
    body,
    ...(post === undefined ? {} : { post }),
    writtenAt,
  };
  const rows: RowWrite[] = [{ scope, collection: "messageVersion", id, op: "put", data }];
  const versions = (await tx.find.parts(scope, conversationId, messageId))
    .filter((part) => part.collection === "messageVersion")
    .map((part) => messageVersionSchema.parse(part.data))
    .sort((a, b) => a.version - b.version);
  for (const oldest of versions.slice(0, Math.max(0, versions.length + 1 - MOST_VERSIONS))) {
    const key = { id: oldest.id, conversationId, messageId, version: oldest.version };
    rows.push({ scope, collection: "messageVersion", id: oldest.id, op: "delete", data: key });
  }
  return rows;
}

/** A pin shows the beginning of the text as it stands. */
async function pinRows(context: MutationContext, edited: Message): Promise<RowWrite[]> {
  const { tx, scope } = context;
  const row = standing(await tx.get(scope, "pin", edited.id));
  if (row === undefined) return [];
  const data = { ...pinSchema.parse(row.data), excerpt: await messageExcerpt(context, edited) };
  return [{ scope, collection: "pin", id: row.id, op: "put", data }];
}

function notForThis(field: string, detail: string): AppError {
  return new AppError("badRequest", { title: "This cannot be changed", detail, pointer: `args.${field}` });
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
