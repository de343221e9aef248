import { libraryMutations } from "#contract/commands/library.ts";
import { libraryShareSchema, type LibraryShare } from "#contract/entities/library-share.ts";
import type { PersonId } from "#contract/ids.ts";
import { parseScope } from "#contract/scope.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { ShareView } from "#contract/views/documents.ts";
import type { QueryArgs, QueryItem } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import { isFailed, pendingOf } from "../message-overlay.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { OutboxEntry } from "../outbox.ts";
import type { QueryContext } from "../query-context.ts";
import { newestFirst } from "../sort-keys.ts";
import { shareScopes, type Candidate } from "./document-lists.ts";
import { openLibrary } from "./document-place.ts";
import { DocumentViews, favouritesOf, peopleOf } from "./document-view.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";

/** What others shared with the reader, latest first: each by its top item. */
export function createSharedWithMeQuery(context: QueryContext): LiveQuery {
  return personalQuery(context, { items: [], info: { people: {} } }, async (reader, me) => {
    const favourites = new Set((await favouritesOf(reader, me)).keys());
    const briefs = new Briefs(reader);
    const people = new Set<PersonId>();
    const items: QueryItem<"sharedWithMe">[] = [];
    for (const scope of shareScopes(context, reader)) {
      const open = await openLibrary(context, reader, { scope, me });
      const fact: Candidate["fact"] | undefined =
        open?.share === null ? undefined : open?.library.get(open.share?.itemId ?? "");
      if (open?.share == null || fact === undefined) continue;
      const views = new DocumentViews({ context, reader, open, favourites, memory: new Map() });
      const sort = `${newestFirst(open.share.sharedAt)}~${open.share.id}`;
      const view = await views.placed(fact, sort);
      // One item may have been shared twice, by two people.
      if (view !== undefined)
        items.push({ ...view, key: open.share.id, ...(await shareViewOf(briefs, open.share)) });
      for (const id of views.people) people.add(id);
    }
    return { items: items.toSorted(bySort), info: { people: await peopleOf(reader, people) } };
  });
}

/** Whom an item was shared with, as it will be once the waiting writes have left. */
export function createSharesQuery(context: QueryContext, args: QueryArgs<"shares">): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const { scope, itemId } = args;
    if (parseScope(scope).kind === "share") return NOTHING;
    const open = await openLibrary(context, reader, { scope, me });
    const shares = new Map<string, { share: LibraryShare; entry: OutboxEntry | undefined }>();
    for (const share of await reader.rows(scope, "libraryShare"))
      if (share.itemId === itemId) shares.set(share.id, { share, entry: undefined });
    for (const entry of reader.pending("")) if (!isFailed(entry)) lay(shares, entry, { ...args, me });
    const briefs = new Briefs(reader);
    const items: QueryItem<"shares">[] = [];
    for (const { share, entry } of shares.values()) {
      if (share.expiresAt !== undefined && reader.isPast(share.expiresAt)) continue;
      items.push({
        key: share.id,
        sort: `${share.sharedAt}~${share.id}`,
        ...(await shareViewOf(briefs, share)),
        people: await Promise.all(share.personIds.map((id) => briefs.get(id))),
        canEnd: share.sharedBy === me || open?.canRun === true,
        pending: entry === undefined ? null : pendingOf(entry),
      });
    }
    return { items: items.toSorted(bySort), info: {} };
  });
}

/** One waiting write over the rows. */
function lay(
  shares: Map<string, { share: LibraryShare; entry: OutboxEntry | undefined }>,
  entry: OutboxEntry,
  { scope, itemId, me }: QueryArgs<"shares"> & { me: PersonId },
): void {
  const { mutation } = entry;
  if (mutation.scope !== scope) return;
  if (mutation.name === "libraryShare.end") {
    const ended = libraryMutations["libraryShare.end"].safeParse(mutation.args).data;
    if (ended !== undefined) shares.delete(ended.id);
  }
  if (mutation.name !== "libraryShare.set") return;
  const made = libraryMutations["libraryShare.set"].safeParse(mutation.args).data;
  if (made?.itemId !== itemId) return;
  const before = shares.get(made.id)?.share;
  const share = libraryShareSchema.parse({
    ...made,
    sourceScope: scope,
    sharedBy: before?.sharedBy ?? me,
    sharedAt: before?.sharedAt ?? isoTimeSchema.parse(mutation.madeAt),
  });
  shares.set(made.id, { share, entry });
}

export async function shareViewOf(briefs: Briefs, share: LibraryShare): Promise<ShareView> {
  return { share, sharedBy: await briefs.get(share.sharedBy) };
}

function bySort(a: { sort: string }, b: { sort: string }): number {
  return a.sort < b.sort ? -1 : 1;
}
