import type { QueryArgs } from "#contract/worker.ts";
import type { DocumentFact } from "../document-facts.ts";
import type { LiveQuery, View } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { newestFirst } from "../sort-keys.ts";
import { openLibraries, PlacedList, type Candidate } from "./document-lists.ts";
import { peopleOf } from "./document-view.ts";
import { wordsOf } from "./document-words.ts";
import { personalQuery } from "./personal-query.ts";

const EMPTY: View = { items: [], info: { people: {}, count: 0 } };

interface Words {
  name: string;
  rest: string;
}

/** Folded once: facts stay the same objects until they change. */
const known = new WeakMap<DocumentFact, Words>();

function wordsOfFact(fact: DocumentFact): Words {
  const before = known.get(fact);
  if (before !== undefined) return before;
  const rest =
    fact.labels.length === 0 && fact.description === ""
      ? ""
      : joined([...fact.labels, fact.description].join(" "));
  const words = { name: joined(fact.name), rest };
  known.set(fact, words);
  return words;
}

function joined(text: string): string {
  return ` ${wordsOf(text).join(" ")}`;
}

/** Best first: the whole name begins so, its words do, labels or description do; within these the newest. */
export function createDocumentSearchQuery(
  context: QueryContext,
  args: QueryArgs<"documentSearch">,
): LiveQuery {
  const list = new PlacedList(context);
  const wanted = wordsOf(args.text).map((word) => ` ${word}`);
  return personalQuery(context, EMPTY, async (reader, me) => {
    if (wanted.length === 0) return EMPTY;
    const candidates: Candidate[] = [];
    for (const open of await openLibraries(context, reader, me, args.scope)) {
      const isUsed = open.library.usedFilter();
      for (const fact of open.library.all()) {
        const rank = rankOf(fact, wanted);
        if (rank === undefined || !isUsed(fact)) continue;
        candidates.push({ open, fact, sort: `${rank}~${newestFirst(fact.modifiedAt)}~${fact.id}` });
      }
    }
    const { items, people } = await list.view(reader, me, candidates, args.limit);
    return { items, info: { people: await peopleOf(reader, people), count: candidates.length } };
  });
}

function rankOf(fact: DocumentFact, wanted: readonly string[]): number | undefined {
  const { name, rest } = wordsOfFact(fact);
  let isInName = true;
  for (const word of wanted) {
    if (name.includes(word)) continue;
    if (!rest.includes(word)) return undefined;
    isInName = false;
  }
  if (!isInName) return 2;
  return name.startsWith(wanted.join("")) ? 0 : 1;
}
