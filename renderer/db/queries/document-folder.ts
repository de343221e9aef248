import { UNMARKED } from "#contract/classification.ts";
import { libraryItemIdSchema } from "#contract/ids.ts";
import type { DocumentView, FolderStep } from "#contract/views/documents.ts";
import type { QueryArgs, QueryInfo } from "#contract/worker.ts";
import type { DocumentFact } from "../document-facts.ts";
import { Briefs } from "../briefs.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { readerOf } from "./community-view.ts";
import { openLibrary, type OpenLibrary } from "./document-place.ts";
import { shareViewOf } from "./document-shares.ts";
import { kindOfFact, sortKeyOf } from "./document-sort.ts";
import { DocumentViews, favouritesOf, peopleOf, type ViewMemory } from "./document-view.ts";
import { wordsOf } from "./document-words.ts";

type Info = QueryInfo<"folder">;

/** What lies in a folder. */
export function createFolderQuery(context: QueryContext, args: QueryArgs<"folder">): LiveQuery {
  const memory: ViewMemory = new Map();
  return {
    async compute(reader) {
      const { scope, folderId, limit = Infinity } = args;
      const keptness = reader.keptness(scope);
      const me = readerOf(context, reader);
      const open = me === null ? undefined : await openLibrary(context, reader, { scope, me });
      if (open === undefined) return { items: [], info: { ...nothing(folderId), ...keptness } };
      const favourites = new Set((await favouritesOf(reader, open.me)).keys());
      const views = new DocumentViews({ context, reader, open, favourites, memory });
      const folder = folderId === null ? undefined : open.library.get(folderId);
      const isFound = folderId === null || folder?.isFolder === true;
      const ordered = isFound ? chosen(open, args).toSorted(bySort) : [];
      const items: DocumentView[] = [];
      for (const { fact, key } of ordered.slice(0, limit)) {
        const view = await views.view(fact, key);
        if (view !== undefined) items.push(view);
      }
      const folderView = folder === undefined ? null : ((await views.view(folder, "")) ?? null);
      const info: Info = {
        isFound,
        folder: folderView,
        path: pathOf(open, folder),
        placeName: open.space?.name ?? "",
        people: await peopleOf(reader, views.people),
        count: ordered.length,
        labels: labelsOf(open),
        classification: folderView?.classification ?? open.classification,
        share: open.share === null ? null : await shareViewOf(new Briefs(reader), open.share),
        canWrite: open.canWrite && isUsedFolder(open, folder),
        canAddFolder: open.canAddFolders && isUsedFolder(open, folder),
        canRun: open.canRun,
        ...keptness,
      };
      return { items, info };
    },
  };

  function chosen(open: OpenLibrary, { folderId, sort, filter }: typeof args): Sorted[] {
    const accept = acceptOf(filter);
    const found: Sorted[] = [];
    for (const fact of open.library.children(folderId ?? ""))
      if (!fact.isTrashed && accept(fact)) found.push({ fact, key: sortKeyOf(fact, sort) });
    return found;
  }
}

interface Sorted {
  fact: DocumentFact;
  key: string;
}

function bySort(a: Sorted, b: Sorted): number {
  return a.key < b.key ? -1 : 1;
}

function acceptOf(filter: QueryArgs<"folder">["filter"]): (fact: DocumentFact) => boolean {
  const wanted = wordsOf(filter?.text ?? "").map((word) => ` ${word}`);
  const kinds = filter?.kinds === undefined ? undefined : new Set(filter.kinds);
  const label = filter?.label;
  return (fact) => {
    if (kinds !== undefined && !kinds.has(kindOfFact(fact))) return false;
    if (label !== undefined && !fact.labels.includes(label)) return false;
    if (wanted.length === 0) return true;
    const words = ` ${wordsOf(fact.name).join(" ")}`;
    return wanted.every((word) => words.includes(word));
  };
}

function pathOf(open: OpenLibrary, folder: DocumentFact | undefined): FolderStep[] {
  if (folder === undefined) return [];
  const own = { id: libraryItemIdSchema.parse(folder.id), name: folder.name };
  return [...open.library.path(folder), own];
}

function isUsedFolder(open: OpenLibrary, folder: DocumentFact | undefined): boolean {
  return folder === undefined || open.library.isUsed(folder);
}

/** Labels in this library, most used first. */
function labelsOf({ library }: OpenLibrary): string[] {
  const counts = new Map<string, number>();
  for (const { labels, isTrashed } of library.all()) {
    if (isTrashed) continue;
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const byUse = [...counts].toSorted(([a, some], [b, more]) => more - some || (fold(a) < fold(b) ? -1 : 1));
  return byUse.map(([label]) => label);
}

function nothing(folderId: string | null): Omit<Info, "isKept" | "isHere"> {
  return {
    isFound: folderId === null,
    folder: null,
    path: [],
    placeName: "",
    people: {},
    count: 0,
    labels: [],
    classification: UNMARKED,
    share: null,
    canWrite: false,
    canAddFolder: false,
    canRun: false,
  };
}
