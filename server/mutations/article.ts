import { articleSchema, articleTextSchema, type Article } from "#contract/entities/article.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { deskScope, parseScope, personScope, spaceScope } from "#contract/scope.ts";
import { isAnimator, requireAnimator, requireInsider, requireOpenSpace } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireModestExtras,
  requireOwnScope,
  requireScope,
  requireSize,
  standing,
  timeOf,
  type Handler,
  type HandlerResult,
  type MutationContext,
} from "./context.ts";
import { animatorsOf, askOfArticle } from "./desk-asks.ts";
import { inboxRows, withdrawnRows } from "./inbox-rows.ts";
import { knownFields } from "./settings-change.ts";

type SaveArgs = MutationArgs<"article.save">;

/** States in which an article stands on the desk, too. */
const onDesk: ReadonlySet<Article["state"]> = new Set(["review", "scheduled", "refused", "published"]);

/** By its author, or by an animator while it waits for review. */
export const saveArticle: Handler<"article.save"> = async (context, args) => {
  const { tx, scope, personId } = context;
  requireScope(context, personScope(personId), deskScope(args.spaceId));
  requireSize(context, args.body);
  requireModestExtras(context, { post: args.post, attachments: args.attachments });
  await tx.lock(deskScope(args.spaceId));
  await requireOpenSpace(tx, args.spaceId).catch(hiddenFrom(context, args.spaceId));
  const isOwn = parseScope(scope).kind === "person";
  if (isOwn) await requireInsider(context, args.spaceId, "write articles");
  else await requireAnimator(context, args.spaceId);
  await requireFiles(context, args);
  const row = standing(await tx.get(scope, "article", args.id));
  if (row === undefined) return createArticle(context, args, isOwn);
  const before = requireOf(row, args.spaceId);
  if (!isOwn && before.state !== "review")
    throw forbidden("Only an article in review is changed at the desk.");
  if (before.state === "published") throw forbidden("It is published: change the post itself.");
  if (before.state === "scheduled") throw forbidden("It is about to be published: withdraw it first.");
  if (args.baseVersion !== before.version) return movedOn(row, before);
  const version = before.version + 1;
  const after: Article = { ...before, ...textOf(args), version, updatedAt: timeOf(context) };
  if (args.publishAt === undefined) delete after.publishAt;
  if (args.attachments === undefined) delete after.attachments;
  return { changes: await tx.write(articleRows(after)) };
};

async function createArticle(
  context: MutationContext,
  args: SaveArgs,
  isOwn: boolean,
): Promise<HandlerResult> {
  if (!isOwn || args.baseVersion !== undefined) throw notFound("There is no such article here.");
  requireFreshId(args.id);
  await requireOwnId(context, args);
  const article: Article = {
    id: args.id,
    spaceId: args.spaceId,
    authorId: context.personId,
    ...textOf(args),
    state: "draft",
    version: 1,
    updatedAt: timeOf(context),
  };
  return { changes: await context.tx.write(articleRows(article)) };
}

/** At the desk articles of all authors lie side by side: nobody puts theirs over another's. @throws AppError conflict */
async function requireOwnId(
  { tx, personId }: MutationContext,
  { id, spaceId }: Pick<Article, "id" | "spaceId">,
): Promise<void> {
  const row = standing(await tx.get(deskScope(spaceId), "article", id));
  if (row === undefined || row.data["authorId"] === personId) return;
  throw new AppError("conflict", {
    title: "This article exists already",
    detail: "Another article of this space has this id.",
    pointer: "args.id",
  });
}

export const submitArticle: Handler<"article.submit"> = async (context, { id, spaceId }) => {
  const { tx } = context;
  const scope = requireOwnScope(context);
  await tx.lock(deskScope(spaceId));
  await requireOpenSpace(tx, spaceId).catch(hiddenFrom(context, spaceId));
  await requireInsider(context, spaceId, "submit articles");
  const row = standing(await tx.get(scope, "article", id));
  if (row === undefined) throw notFound("There is no such article.");
  const { reason: _reason, decidedBy: _decidedBy, ...before } = requireOf(row, spaceId);
  if (before.state === "review") return { changes: [row] };
  if (before.state !== "draft" && before.state !== "refused")
    throw forbidden("It has been accepted already.");
  requirePublishable(before);
  await requireOwnId(context, before);
  const article: Article = { ...before, state: "review", submittedAt: timeOf(context) };
  const rows = articleRows(article);
  rows.push(...(await inboxRows(context, await animatorsOf(tx, spaceId), askOfArticle(article))));
  return { changes: await tx.write(rows) };
};

/** Back to a draft, also out of what is scheduled. */
export const withdrawArticle: Handler<"article.withdraw"> = async (context, { id, spaceId }) => {
  const { tx } = context;
  const scope = requireOwnScope(context);
  await tx.lock(deskScope(spaceId));
  const row = standing(await tx.get(scope, "article", id));
  if (row === undefined) throw notFound("There is no such article.");
  const { decidedBy: _decidedBy, submittedAt: _submittedAt, ...before } = requireOf(row, spaceId);
  if (before.state === "published") throw forbidden("It is published: delete the post itself.");
  if (before.state === "draft") return { changes: [row] };
  await tx.setDue({ scope, collection: "article", id }, null);
  const rows = [...articleRows({ ...before, state: "draft" }), ...(await offDesk(context, before))];
  return { changes: await tx.write(rows) };
};

/** What was published stays as a post. */
export const removeArticle: Handler<"article.remove"> = async (context, { id, spaceId }) => {
  const { tx } = context;
  const scope = requireOwnScope(context);
  await tx.lock(deskScope(spaceId));
  const row = standing(await tx.get(scope, "article", id));
  if (row === undefined) return { changes: [] };
  const article = requireOf(row, spaceId);
  if (article.state !== "published") removeFiles(context, article);
  const rows: RowWrite[] = [
    { scope, collection: "article", id, op: "delete", data: { id } },
    ...(await offDesk(context, article)),
  ];
  return { changes: await tx.write(rows) };
};

function removeFiles({ removedBlobs }: MutationContext, { authorId, post, attachments }: Article): void {
  const files = (attachments ?? []).flatMap(({ blobId, thumbnailId }) => [blobId, thumbnailId]);
  for (const id of [post.cover, ...files]) if (id !== undefined) removedBlobs.push({ id, ownerId: authorId });
}

async function offDesk(context: MutationContext, { id, spaceId, ...rest }: Article): Promise<RowWrite[]> {
  const scope = deskScope(spaceId);
  if (standing(await context.tx.get(scope, "article", id)) === undefined) return [];
  return [
    { scope, collection: "article", id, op: "delete", data: { id } },
    ...(await withdrawnRows(context, askOfArticle({ id, spaceId, ...rest }))),
  ];
}

/** In its author's scope and, from its submission on, at the desk. */
export function articleRows(data: Article): RowWrite[] {
  const row = { collection: "article", id: data.id, op: "put", data } as const;
  const own: RowWrite = { scope: personScope(data.authorId), ...row };
  const isAtDesk = onDesk.has(data.state) && data.submittedAt !== undefined;
  return isAtDesk ? [own, { scope: deskScope(data.spaceId), ...row }] : [own];
}

/** @throws AppError notFound */
export function requireOf(row: Envelope, spaceId: Article["spaceId"]): Article {
  const article = articleSchema.parse(row.data);
  if (article.spaceId !== spaceId) throw notFound("There is no such article in this space.");
  return article;
}

/** @throws AppError badRequest */
export function requirePublishable({ post, body, attachments }: Article): void {
  const hasTitle = (post.title ?? "").trim() !== "";
  if (hasTitle && (body.trim() !== "" || (attachments ?? []).length > 0)) return;
  throw new AppError("badRequest", {
    title: hasTitle ? "The article is empty" : "The article has no title",
    detail: "Give it a title and a text.",
    pointer: hasTitle ? "args.body" : "args.post.title",
  });
}

function textOf(args: SaveArgs) {
  return articleTextSchema.parse(knownFields(articleTextSchema, args));
}

/** Files of an article lie in its space from the beginning: they are there when it is published. */
async function requireFiles(
  context: MutationContext,
  { spaceId, post, attachments }: SaveArgs,
): Promise<void> {
  const files = [{ blobId: post.cover, name: "cover" }, ...(attachments ?? [])];
  for (const { blobId, name } of files) {
    if (blobId === undefined) continue;
    const blob = await context.tx.blob(blobId);
    if (blob?.isComplete === true && blob.scope === spaceScope(spaceId)) continue;
    throw new AppError("notFound", {
      title: "A file of the article is not there",
      detail: `${name} was not wholly sent to this space. Add it again.`,
      pointer: "args.attachments",
    });
  }
}

function movedOn(row: Envelope, { version }: Article): HandlerResult {
  const error = new AppError("conflict", {
    title: "The article was changed meanwhile",
    detail: `The text is now version ${version}. Look at it and change that one.`,
  });
  return { current: row, error: error.problem };
}

/** Whether a space is archived is said to those who may see it. */
function hiddenFrom(
  context: MutationContext,
  spaceId: Article["spaceId"],
): (error: unknown) => Promise<never> {
  return async (error) => {
    const { tx, personId } = context;
    if (await tx.canRead(personId, spaceScope(spaceId))) throw error;
    if (await isAnimator(context, spaceId)) throw error;
    throw notFound("There is no such space, or you cannot see it.");
  };
}
