import type { LibrarySummary } from "#contract/views/documents.ts";
import { isoTimeSchema } from "#contract/time.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { openLibraries } from "./document-lists.ts";
import type { OpenLibrary } from "./document-place.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";

/** Every library that the reader has: their own first, then those of their spaces by name. */
export function createLibrariesQuery(context: QueryContext): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const items: LibrarySummary[] = [];
    for (const open of await openLibraries(context, reader, me)) {
      if (open.share !== null || (open.space === null && !open.scope.startsWith("person:"))) continue;
      items.push(summaryOf(reader, open));
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, info: {} };
  });
}

function summaryOf(reader: Reader, open: OpenLibrary): LibrarySummary {
  const { scope, space, classification, role, canWrite } = open;
  return {
    key: scope,
    sort: space === null ? "0" : `1~${fold(space.name)}~${space.id}`,
    scope,
    isOwn: space === null,
    space:
      space === null
        ? null
        : { id: space.id, name: space.name, emoji: space.emoji ?? "", isArchived: open.isArchived },
    classification,
    role,
    ...countsOf(open),
    canWrite,
    ...reader.keptness(scope),
  };
}

function countsOf({
  library,
}: OpenLibrary): Pick<LibrarySummary, "files" | "folders" | "sizeBytes" | "trashed" | "modifiedAt"> {
  const isUsed = library.usedFilter();
  const counts = { files: 0, folders: 0, sizeBytes: 0, trashed: 0 };
  let latest = "";
  for (const fact of library.all()) {
    if (fact.isTrashed) counts.trashed += 1;
    if (!isUsed(fact)) continue;
    if (fact.isFolder) {
      counts.folders += 1;
      continue;
    }
    counts.files += 1;
    counts.sizeBytes += fact.sizeBytes;
    if (fact.modifiedAt > latest) latest = fact.modifiedAt;
  }
  return { ...counts, modifiedAt: isoTimeSchema.safeParse(latest).data ?? null };
}
