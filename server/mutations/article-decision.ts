import { articleSchema, type Article } from "#contract/entities/article.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { messageIdSchema, wallId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { deskScope, parseScope, personScope, spaceScope } from "#contract/scope.ts";
import { contextOf, type DueHandler } from "../due/due-context.ts";
import { findSpace, requireAnimator, requireOpenSpace } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import { articleRows, requireOf, requirePublishable } from "./article.ts";
import {
  forbidden,
  notFound,
  requireScope,
  standing,
  type Handler,
  type HandlerResult,
  type MutationContext,
} from "./context.ts";
import { decidedBefore } from "./decision.ts";
import { askOfArticle } from "./desk-asks.ts";
import { inboxRows, settledRows, type InboxItem } from "./inbox-rows.ts";
import { sendMessage } from "./message.ts";

/** At the desk, or an animator's own article without one. Accepted, it is published at once or when it says. */
export const decideArticle: Handler<"article.decide"> = async (context, args) => {
  const { tx, scope, personId } = context;
  const { id, spaceId } = args;
  requireScope(context, deskScope(spaceId), personScope(personId));
  // The desk's, too, when it is decided from its author's scope: others may be at it there.
  await tx.lock(deskScope(spaceId));
  await tx.lock(spaceScope(spaceId));
  await requireAnimator(context, spaceId);
  await requireOpenSpace(tx, spaceId);
  const row = standing(await tx.get(scope, "article", id));
  if (row === undefined) throw notFound("There is no such article here.");
  const article = requireOf(row, spaceId);
  const isOwn = parseScope(scope).kind === "person";
  const isOpen = article.state === "review" || (isOwn && ["draft", "refused"].includes(article.state));
  const before = decidedBefore(row, isOpen, agreesWith(article, args));
  if (before !== undefined) return before;
  return args.decision === "accepted" ? accept(context, article) : refuse(context, article, args);
};

function agreesWith({ state }: Article, { decision }: MutationArgs<"article.decide">): boolean {
  if (decision === "refused") return state === "refused";
  return state === "scheduled" || state === "published";
}

async function accept(context: MutationContext, article: Article): Promise<HandlerResult> {
  const { tx, nowMs, personId } = context;
  requirePublishable(article);
  const { reason: _reason, ...rest } = article;
  const accepted: Article = { ...rest, decidedBy: personId };
  const publishAtMs = article.publishAt === undefined ? 0 : Date.parse(article.publishAt);
  if (publishAtMs <= nowMs) {
    const published = await publish(context, accepted);
    return { changes: [...published, ...(await tx.write(await decisionRows(context, accepted)))] };
  }
  const scheduled: Article = { ...accepted, state: "scheduled" };
  await tx.setDue(
    { scope: personScope(article.authorId), collection: "article", id: article.id },
    publishAtMs,
  );
  const rows = [...articleRows(scheduled), ...(await decisionRows(context, scheduled))];
  return { changes: await tx.write(rows) };
}

async function refuse(
  context: MutationContext,
  article: Article,
  { reason }: MutationArgs<"article.decide">,
): Promise<HandlerResult> {
  if (article.state !== "review") throw forbidden("Only an article in review can be refused.");
  const refused: Article = {
    ...article,
    state: "refused",
    decidedBy: context.personId,
    ...(reason === undefined || reason.trim() === "" ? {} : { reason }),
  };
  const rows = [...articleRows(refused), ...(await decisionRows(context, refused))];
  return { changes: await context.tx.write(rows) };
}

/** Nobody is asked any more, and its author is told. */
async function decisionRows(
  context: Pick<MutationContext, "tx" | "nowMs" | "personId">,
  article: Article,
): Promise<RowWrite[]> {
  const own = personScope(article.authorId);
  const told: InboxItem = {
    kind: "decision",
    object: { kind: "row", scope: own, collection: "article", id: article.id },
    scope: own,
    spaceId: article.spaceId,
    actorId: context.personId,
    excerpt: article.reason ?? article.post.title ?? "",
  };
  return [
    ...(await settledRows(context, askOfArticle(article))),
    ...(await inboxRows(context, [article.authorId], told)),
  ];
}

/** As a message of its author on the wall, with all that comes with sending one. */
async function publish(context: MutationContext, article: Article) {
  const { tx } = context;
  const scope = spaceScope(article.spaceId);
  const { id, post, body, attachments } = article;
  const messageId = messageIdSchema.parse(id);
  const inName = { ...context, scope, personId: article.authorId, isDecided: true };
  const sent = await sendMessage(inName, {
    id: messageId,
    conversationId: wallId(article.spaceId),
    body,
    post,
    ...(attachments === undefined ? {} : { attachments }),
  });
  if ("current" in sent) throw AppError.from(sent.error);
  const { reason: _reason, ...rest } = article;
  const published: Article = { ...rest, state: "published", messageId };
  return [...sent.changes, ...(await tx.write(articleRows(published)))];
}

const HOUR_MS = 3_600_000;

/** A scheduled article's time has come. While its space is archived it waits. */
export const publishDue: DueHandler = async (due) => {
  const { tx, nowMs, key, row } = due;
  if (row === undefined) return;
  const article = articleSchema.parse(row.data);
  if (article.state !== "scheduled") return;
  const publishAtMs = article.publishAt === undefined ? 0 : Date.parse(article.publishAt);
  if (publishAtMs > nowMs) {
    await tx.setDue(key, publishAtMs);
    return;
  }
  const scope = spaceScope(article.spaceId);
  await tx.lock(deskScope(article.spaceId));
  await tx.lock(scope);
  const space = await findSpace(tx, article.spaceId);
  if (space === undefined) return;
  if (space.archivedAt === undefined) await publish(contextOf(due, article.authorId, scope), article);
  else await tx.setDue(key, nowMs + HOUR_MS);
};
