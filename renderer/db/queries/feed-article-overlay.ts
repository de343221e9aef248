import type { Article } from "#contract/entities/article.ts";
import { articleSchema } from "#contract/entities/article.ts";
import { mutations } from "#contract/mutations.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Pending } from "#contract/views/message-view.ts";
import { text } from "../entry.ts";
import { isFailed } from "../message-overlay.ts";
import type { OutboxEntry } from "../outbox.ts";

export interface LaidArticle {
  /** Undefined: removed, or not made yet. */
  article: Article | undefined;
  pending: Pending | null;
  /** On a conflict: the article as it stands on the server. */
  current: Article | null;
}

/** Ids of articles that waiting writes make or change. */
export function waitingArticleIds(entries: readonly OutboxEntry[]): Set<string> {
  const ids = new Set<string>();
  for (const { mutation } of entries) if (isOfArticle(mutation.name)) ids.add(text(mutation.args, "id"));
  return ids;
}

function isOfArticle(name: string): boolean {
  return name.startsWith("article.");
}

/** Lays the reader's waiting writes over an article. A refused one leaves it alone and is only marked. */
export function overlayArticle(
  base: Article | undefined,
  id: string,
  { entries, me }: { entries: readonly OutboxEntry[]; me: PersonId },
): LaidArticle {
  const laid: LaidArticle = { article: base, pending: null, current: null };
  for (const entry of entries) {
    if (!isOfArticle(entry.mutation.name) || text(entry.mutation.args, "id") !== id) continue;
    if (laid.pending === null || !isFailedState(laid.pending)) laid.pending = pendingOf(entry);
    if (isFailed(entry)) {
      laid.current = articleSchema.safeParse(entry.current?.data).data ?? laid.current;
      // A new one that was refused is still the person's text: it must be seen somewhere.
      laid.article ??= changed(undefined, entry, me);
    } else {
      laid.article = changed(laid.article, entry, me);
    }
  }
  return laid;
}

function isFailedState({ status }: Pending): boolean {
  return status === "conflict" || status === "rejected";
}

function pendingOf(entry: OutboxEntry): Pending {
  return { mutationId: entry.mutation.id, status: entry.status, problem: entry.problem };
}

function changed(article: Article | undefined, entry: OutboxEntry, me: PersonId): Article | undefined {
  const { name, args, madeAt } = entry.mutation;
  if (name === "article.save") return saved(article, entry, me);
  if (article === undefined) return undefined;
  const later = { ...article, updatedAt: madeAt };
  switch (name) {
    case "article.submit": {
      const { reason: _reason, ...rest } = later;
      return { ...rest, state: "review", submittedAt: madeAt };
    }
    case "article.withdraw":
      return { ...later, state: "draft" };
    case "article.remove":
      return undefined;
    case "article.decide": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success) return article;
      const { decision, reason } = parsed.data;
      const isLater = article.publishAt !== undefined && article.publishAt > madeAt;
      const state = decision === "refused" ? "refused" : isLater ? "scheduled" : "published";
      return { ...later, state, decidedBy: me, ...(reason === undefined ? {} : { reason }) };
    }
    default:
      return article;
  }
}

function saved(article: Article | undefined, entry: OutboxEntry, me: PersonId): Article | undefined {
  const parsed = mutations["article.save"].safeParse(entry.mutation.args);
  if (!parsed.success) return article;
  const { baseVersion: _base, ...content } = parsed.data;
  const version = (article?.version ?? 0) + 1;
  const fresh = { authorId: me, state: "draft" as const, ...article };
  const { publishAt: _at, attachments: _files, ...kept } = fresh;
  return { ...kept, ...content, version, updatedAt: entry.mutation.madeAt };
}
