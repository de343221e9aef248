import type { PersonId } from "#contract/ids.ts";
import { parseScope, personScope, scopeSchema, type Scope } from "#contract/scope.ts";
import type { PlacedDocument } from "#contract/views/documents.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { kindStream } from "../block-store.ts";
import type { DocumentFact } from "../document-facts.ts";
import type { LiveQuery, View } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { newestFirst } from "../sort-keys.ts";
import { scopeOf } from "../streams.ts";
import { openLibrary, type OpenLibrary } from "./document-place.ts";
import { naturalKey } from "./document-sort.ts";
import { DocumentViews, favouritesOf, peopleOf, type ViewMemory } from "./document-view.ts";
import { personalQuery } from "./personal-query.ts";

const EMPTY: View = { items: [], info: { people: {} } };

/** Libraries of which something is here or waits to be: the reader's own, those of their spaces, what was shared with them. */
export async function openLibraries(
  context: QueryContext,
  reader: Reader,
  me: PersonId,
  only?: Scope,
): Promise<OpenLibrary[]> {
  const opened: OpenLibrary[] = [];
  for (const scope of only === undefined ? libraryScopes(context, reader, me) : [only]) {
    const open = await openLibrary(context, reader, { scope, me });
    if (open !== undefined) opened.push(open);
  }
  return opened;
}

/** A space that the reader is in has its own row in its own scope. */
function libraryScopes(context: QueryContext, reader: Reader, me: PersonId): Scope[] {
  reader.watch(kindStream("space"));
  const scopes = [personScope(me)];
  for (const stream of context.store.streamsOf("space")) {
    const scope = scopeSchema.safeParse(scopeOf(stream));
    if (scope.success && parseScope(scope.data).kind === "space") scopes.push(scope.data);
  }
  return [...scopes, ...shareScopes(context, reader)];
}

/** Of what others shared with the reader. Where one shares oneself, the row stands in the library's scope. */
export function shareScopes(context: QueryContext, reader: Reader): Scope[] {
  reader.watch(kindStream("libraryShare"));
  return [...context.store.streamsOf("libraryShare")].flatMap((stream) => {
    const scope = scopeSchema.safeParse(scopeOf(stream));
    return scope.success && parseScope(scope.data).kind === "share" ? [scope.data] : [];
  });
}

export interface Candidate {
  open: OpenLibrary;
  fact: DocumentFact;
  sort: string;
}

/** The items of a list over several libraries, in order, up to a limit. */
export class PlacedList {
  readonly #context: QueryContext;
  readonly #memories = new Map<Scope, ViewMemory>();

  constructor(context: QueryContext) {
    this.#context = context;
  }

  async view(
    reader: Reader,
    me: PersonId,
    candidates: readonly Candidate[],
    limit: number,
  ): Promise<{ items: PlacedDocument[]; people: Set<PersonId> }> {
    const favourites = new Set((await favouritesOf(reader, me)).keys());
    const makers = new Map<OpenLibrary, DocumentViews>();
    const items: PlacedDocument[] = [];
    const people = new Set<PersonId>();
    for (const { open, fact, sort } of candidates.toSorted(bySort)) {
      if (items.length >= limit) break;
      const views = makers.get(open) ?? this.#views(reader, open, favourites);
      makers.set(open, views);
      const item = await views.placed(fact, sort);
      if (item !== undefined) items.push(item);
    }
    for (const views of makers.values()) for (const id of views.people) people.add(id);
    return { items, people };
  }

  #views(reader: Reader, open: OpenLibrary, favourites: ReadonlySet<string>): DocumentViews {
    const memory: ViewMemory = this.#memories.get(open.scope) ?? new Map();
    this.#memories.set(open.scope, memory);
    return new DocumentViews({ context: this.#context, reader, open, favourites, memory });
  }
}

function bySort(a: Candidate, b: Candidate): number {
  return a.sort < b.sort ? -1 : 1;
}

type Choose = (reader: Reader, me: PersonId) => Promise<{ candidates: Candidate[]; limit: number }>;

function listQuery(context: QueryContext, choose: Choose): LiveQuery {
  const list = new PlacedList(context);
  return personalQuery(context, EMPTY, async (reader, me) => {
    const { candidates, limit } = await choose(reader, me);
    const { items, people } = await list.view(reader, me, candidates, limit);
    return { items, info: { people: await peopleOf(reader, people) } };
  });
}

/** Files by their latest writing. */
export function createRecentQuery(context: QueryContext, args: QueryArgs<"recent">): LiveQuery {
  return listQuery(context, async (reader, me) => {
    const candidates: Candidate[] = [];
    for (const open of await openLibraries(context, reader, me, args.scope)) {
      const isUsed = open.library.usedFilter();
      for (const fact of open.library.all()) {
        if (fact.isFolder || (args.of === "mine" && fact.modifiedBy !== me) || !isUsed(fact)) continue;
        candidates.push({ open, fact, sort: `${newestFirst(fact.modifiedAt)}~${fact.id}` });
      }
    }
    return { candidates, limit: args.limit };
  });
}

/** What the reader saved, by name; what lies in the trash is not shown. */
export function createFavouritesQuery(context: QueryContext): LiveQuery {
  return listQuery(context, async (reader, me) => {
    const saved = [...(await favouritesOf(reader, me)).values()];
    const candidates: Candidate[] = [];
    for (const [scope, items] of Map.groupBy(saved, (each) => each.scope)) {
      const open = await openLibrary(context, reader, { scope, me });
      for (const { itemId } of items) {
        const fact = open?.library.get(itemId);
        if (open !== undefined && fact !== undefined && open.library.isUsed(fact))
          candidates.push({ open, fact, sort: byName(fact) });
      }
    }
    return { candidates, limit: Infinity };
  });
}

export function createTemplatesQuery(context: QueryContext, args: QueryArgs<"templates">): LiveQuery {
  return listQuery(context, async (reader, me) => {
    const candidates: Candidate[] = [];
    for (const open of await openLibraries(context, reader, me)) {
      const rank = open.scope === args.scope ? "0" : "1";
      const isUsed = open.library.usedFilter();
      for (const fact of open.library.all())
        if (fact.isTemplate && !fact.isFolder && isUsed(fact))
          candidates.push({ open, fact, sort: `${rank}~${byName(fact)}` });
    }
    return { candidates, limit: Infinity };
  });
}

function byName(fact: DocumentFact): string {
  return `${naturalKey(fact.name)}\u0000${fact.id}`;
}

/** What was put in the trash itself, latest first. */
export function createTrashQuery(context: QueryContext, { scope }: QueryArgs<"trash">): LiveQuery {
  const list = new PlacedList(context);
  const none = { people: {}, canWrite: false, canRun: false };
  return {
    async compute(reader) {
      const keptness = reader.keptness(scope);
      const me = context.me();
      const open = me === null ? undefined : await openLibrary(context, reader, { scope, me });
      if (open === undefined) return { items: [], info: { ...none, ...keptness } };
      const candidates: Candidate[] = [];
      for (const fact of open.library.all())
        if (fact.isTrashed)
          candidates.push({ open, fact, sort: `${newestFirst(fact.trashedAt)}~${fact.id}` });
      const { items, people } = await list.view(reader, open.me, candidates, Infinity);
      const rights = { canWrite: open.canWrite, canRun: open.canRun };
      return { items, info: { people: await peopleOf(reader, people), ...rights, ...keptness } };
    },
  };
}
