import type { Attachment, Message, Poll, Post, Quote } from "#contract/entities/message.ts";
import { messageVersionSchema } from "#contract/entities/message-parts.ts";
import { messageSchema } from "#contract/entities/message.ts";
import { messageVersionId, type BlobId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { isOfObjects, requireMessage, type Place } from "../rules/conversations.ts";
import { isAnimator } from "../rules/spaces.ts";
import {
  forbidden,
  requireModestExtras,
  requireSize,
  standing,
  timeOf,
  type MutationContext,
} from "./context.ts";

/** What is said, now or later: the common part of the commands. */
export interface Saying {
  body: string;
  mentions?: Message["mentions"];
  attachments?: Attachment[] | undefined;
  quote?: Quote | undefined;
  poll?: Poll | undefined;
  post?: Post | undefined;
}

/** Length, and that something is said at all. @throws AppError tooLarge, badRequest */
export function requireSayable(context: MutationContext, saying: Saying): void {
  const { body, mentions, attachments, quote, poll, post } = saying;
  requireSize(context, body);
  requireModestExtras(context, { mentions, attachments, quote, poll, post });
  const isEmpty = body.trim() === "" && (attachments ?? []).length === 0;
  if (isEmpty && quote === undefined && poll === undefined && post?.title === undefined) {
    throw new AppError("badRequest", {
      title: "The message is empty",
      detail: "Write something or attach a file.",
      pointer: "args.body",
    });
  }
}

/** Files wholly sent to this conversation. @throws AppError notFound */
export async function requireFiles(
  context: MutationContext,
  saying: Pick<Saying, "attachments" | "post">,
  known: ReadonlySet<BlobId> = new Set(),
): Promise<void> {
  for (const [index, attachment] of (saying.attachments ?? []).entries()) {
    for (const field of ["blobId", "thumbnailId"] as const) {
      const id = attachment[field];
      if (id === undefined || known.has(id) || (await isHere(context, id))) continue;
      throw missingFile(attachment.name, `args.attachments.${index}.${field}`);
    }
  }
  const cover = saying.post?.cover;
  if (cover === undefined || known.has(cover) || (await isHere(context, cover))) return;
  throw missingFile("The cover", "args.post.cover");
}

async function isHere({ tx, scope }: MutationContext, id: BlobId): Promise<boolean> {
  const blob = await tx.blob(id);
  return blob?.isComplete === true && blob.scope === scope;
}

function missingFile(name: string, pointer: string): AppError {
  return new AppError("notFound", {
    title: "An attached file is not there",
    detail: `${name} was not wholly sent to this conversation. Attach it again.`,
    pointer,
  });
}

/** Files that a message holds. */
export function filesOf(message: Pick<Message, "attachments" | "post">): Set<BlobId> {
  const ids = (message.attachments ?? []).flatMap(({ blobId, thumbnailId }) => [blobId, thumbnailId]);
  return new Set([...ids, message.post?.cover].filter((id) => id !== undefined));
}

/** @throws AppError badRequest */
export function requirePoll(context: MutationContext, poll: Poll | undefined): void {
  if (poll === undefined) return;
  const ids = poll.options.map((option) => option.id);
  if (new Set(ids).size < ids.length) {
    throw new AppError("badRequest", {
      title: "Two answers of the poll have the same id",
      detail: "Give each answer an id of its own.",
      pointer: "args.poll.options",
    });
  }
  if (poll.closesAt === undefined || poll.closesAt > timeOf(context)) return;
  throw new AppError("badRequest", {
    title: "The poll would be closed already",
    detail: "Choose a time to come.",
    pointer: "args.poll.closesAt",
  });
}

/** As it was given; who wrote it and when is as it stands. @throws AppError notFound, also where it cannot be read, badRequest */
export async function checkedQuote(
  { tx, personId }: Pick<MutationContext, "tx" | "personId">,
  quote: Quote | undefined,
): Promise<Quote | undefined> {
  if (quote === undefined) return undefined;
  const mayRead = await tx.canRead(personId, quote.scope);
  const row = mayRead ? standing(await tx.get(quote.scope, "message", quote.messageId)) : undefined;
  const source = row === undefined ? undefined : messageSchema.parse(row.data);
  if (source?.conversationId === quote.conversationId && source.deletedAt === undefined) {
    if (!(await hasSaid(tx, quote, source))) throw otherWords();
    return { ...quote, authorId: source.authorId, sentAt: source.sentAt };
  }
  throw new AppError("notFound", {
    title: "The message quoted is not there",
    detail: "It was deleted, or you cannot read it.",
    pointer: "args.quote",
  });
}

/** Former texts kept of a message; older ones are forgotten: a text changed all day does not grow without end. */
export const MOST_VERSIONS = 50;

/** Now, or before an edit that whoever quotes it may not have seen: nobody puts other words into somebody's mouth. */
async function hasSaid(tx: MutationContext["tx"], quote: Quote, source: Message): Promise<boolean> {
  if (isPartOf(quote, source)) return true;
  const count = Math.min(MOST_VERSIONS, source.version - 1);
  const former = await tx.find.many(
    Array.from({ length: count }, (_, index) => ({
      scope: quote.scope,
      collection: "messageVersion" as const,
      id: messageVersionId(source.id, source.version - 1 - index),
    })),
  );
  return former.some((row) => {
    const version = standing(row);
    return version !== undefined && isPartOf(quote, messageVersionSchema.parse(version.data));
  });
}

/** The part quoted, or what stands for a message without a text. */
function isPartOf(
  { title, body }: Quote,
  source: Pick<Message, "body" | "post"> & Partial<Pick<Message, "poll" | "attachments">>,
): boolean {
  const names = (source.attachments ?? []).map(({ name }) => name);
  const said = [source.body, source.post?.summary ?? "", source.poll?.question ?? "", ...names];
  const isItsTitle = title === undefined || title === source.post?.title;
  return isItsTitle && said.some((words) => words.includes(body));
}

function otherWords(): AppError {
  return new AppError("badRequest", {
    title: "This is not what was written",
    detail: "A quote has words of the message that it names.",
    pointer: "args.quote.body",
  });
}

/** Everything that begins on a wall is a post, and posts are on walls alone. @throws AppError badRequest, forbidden */
export async function requirePost(
  context: MutationContext,
  place: Place,
  { post, threadId }: { post?: Post | undefined; threadId?: string | undefined },
): Promise<void> {
  if (isOfObjects(place) && threadId === undefined) {
    throw forbidden(
      "Each document and task is discussed in its own thread: begin it with libraryItem.discuss or task.discuss.",
    );
  }
  const isPostPlace = place.kind === "wall" && threadId === undefined;
  if (isPostPlace !== (post !== undefined)) {
    throw new AppError("badRequest", {
      title: isPostPlace ? "A wall has posts" : "This is not the place of a post",
      detail: isPostPlace ? "Say what kind of post it is." : "Posts begin on the wall of a space.",
      pointer: "args.post",
    });
  }
  if (post === undefined || !("spaceId" in place)) return;
  requireTitle(post);
  if (post.kind !== "article" && post.isMustRead !== true) return;
  if (await isAnimator(context, place.spaceId)) return;
  throw forbidden("Only the animators of the space publish articles and ask everyone to read.");
}

/** @throws AppError badRequest */
export function requireTitle(post: Post): void {
  const needsTitle = post.kind === "article" || post.kind === "blog";
  if (!needsTitle || (post.title ?? "").trim() !== "") return;
  throw new AppError("badRequest", {
    title: "The article has no title",
    detail: "Give it one.",
    pointer: "args.post.title",
  });
}

/** What comes about later is not said by whoever sends it. */
export function freshPost({ answerId: _answerId, archivedAt: _archivedAt, ...post }: Post): Post {
  return post;
}

/** A root may have been deleted since: its thread goes on. @throws AppError notFound, badRequest */
export async function requireRoot(
  context: MutationContext,
  { conversationId, threadId }: Pick<Message, "conversationId" | "threadId">,
): Promise<Message | undefined> {
  if (threadId === undefined) return undefined;
  const root = await requireMessage(context, conversationId, threadId);
  if (root.threadId === undefined) return root;
  throw new AppError("badRequest", {
    title: "A reply cannot be the root of a thread",
    detail: `Reply in the thread of ${root.threadId}.`,
    pointer: "args.threadId",
  });
}

/** One level: what answers an answer answers what that one does. @throws AppError notFound, badRequest */
export async function answeredReply(
  context: MutationContext,
  { conversationId, threadId, replyTo }: Pick<Message, "conversationId" | "threadId" | "replyTo">,
): Promise<Message["replyTo"]> {
  if (replyTo === undefined) return undefined;
  const answered = await requireMessage(context, conversationId, replyTo);
  if (threadId !== undefined && answered.threadId === threadId) return answered.replyTo ?? answered.id;
  throw new AppError("badRequest", {
    title: "The reply answers something elsewhere",
    detail: "What it answers must be in the same thread.",
    pointer: "args.replyTo",
  });
}
