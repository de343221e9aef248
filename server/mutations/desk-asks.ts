import { articleSchema, type Article } from "#contract/entities/article.ts";
import {
  joinRequestSchema,
  reportSchema,
  type JoinRequest,
  type Report,
} from "#contract/entities/requests.ts";
import type { PersonId, SpaceId } from "#contract/ids.ts";
import { deskScope, type Scope } from "#contract/scope.ts";
import { membersOf } from "../rules/spaces.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { inboxRows, type InboxItem } from "./inbox-rows.ts";

/** What each thing on a desk asks of the animators. */

export function askOfJoinRequest(request: JoinRequest, excerpt: string): InboxItem {
  const scope = deskScope(request.spaceId);
  return {
    kind: "joinRequest",
    object: { kind: "row", scope, collection: "joinRequest", id: request.id },
    scope,
    spaceId: request.spaceId,
    actorId: request.personId,
    excerpt,
  };
}

export function askOfReport(report: Report, scope: Scope, spaceId: SpaceId | undefined): InboxItem {
  return {
    kind: "report",
    object: { kind: "row", scope, collection: "report", id: report.id },
    scope,
    ...(spaceId === undefined ? {} : { spaceId }),
    actorId: report.reporterId,
    excerpt: report.complaint,
  };
}

export function askOfArticle(article: Article): InboxItem {
  const scope = deskScope(article.spaceId);
  return {
    kind: "review",
    object: { kind: "row", scope, collection: "article", id: article.id },
    scope,
    spaceId: article.spaceId,
    actorId: article.authorId,
    excerpt: article.post.title ?? article.body,
  };
}

/** Whoever becomes an animator finds what waits on the desk in their inbox. */
export async function asksOfDesk(
  context: { tx: StoreTransaction; nowMs: number },
  spaceId: SpaceId,
  personId: PersonId,
): Promise<RowWrite[]> {
  const { tx } = context;
  const desk = deskScope(spaceId);
  const items: InboxItem[] = [];
  for (const row of await tx.list(desk, "joinRequest")) {
    const request = joinRequestSchema.parse(row.data);
    if (request.state === "waiting") items.push(askOfJoinRequest(request, request.note ?? ""));
  }
  for (const row of await tx.list(desk, "report")) {
    const report = reportSchema.parse(row.data);
    if (report.state === "waiting") items.push(askOfReport(report, desk, spaceId));
  }
  for (const row of await tx.list(desk, "article")) {
    const article = articleSchema.parse(row.data);
    if (article.state === "review") items.push(askOfArticle(article));
  }
  const rows: RowWrite[] = [];
  for (const item of items) rows.push(...(await inboxRows(context, [personId], item)));
  return rows;
}

export async function animatorsOf(tx: StoreTransaction, spaceId: SpaceId): Promise<PersonId[]> {
  const members = await membersOf(tx, spaceId);
  return members.filter(({ role }) => role === "animator").map(({ personId }) => personId);
}
