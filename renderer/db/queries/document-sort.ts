import { documentKinds, type DocumentSort } from "#contract/views/documents.ts";
import type { DocumentFact } from "../document-facts.ts";
import { documentKind } from "../document-kinds.ts";
import { fold } from "../fold.ts";

/** Digits of a size in bytes, and of a kind's place. */
const SIZE_DIGITS = 15;
const HIGHEST = 0xffff;

/** Before every letter: what is shorter comes first. */
const END = "\u0000";

/** Text order in which numbers count as numbers, and the ending last: `Annexe 2` before `Annexe 10`, `A.odt` before `A (2).odt`. */
export function naturalKey(name: string): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  return numbered(stem) + END + numbered(ending);
}

function numbered(text: string): string {
  return fold(text).replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, "");
    return String(number.length).padStart(3, "0") + number;
  });
}

/** The text that an item is sorted by within its folder. Folders come first, whatever the order. */
export function sortKeyOf(fact: DocumentFact, { by, isDescending }: DocumentSort): string {
  const name = nameKeyOf(fact);
  const first = by === "name" ? name : primary(fact, by);
  const ordered = isDescending ? inverted(first) : first;
  return [fact.isFolder ? 0 : 1, ordered, name, fact.id].join(END);
}

/** Facts stay the same objects until they change. */
const known = new WeakMap<DocumentFact, string>();

function nameKeyOf(fact: DocumentFact): string {
  const before = known.get(fact);
  if (before !== undefined) return before;
  const key = naturalKey(fact.name);
  known.set(fact, key);
  return key;
}

function primary(fact: DocumentFact, by: Exclude<DocumentSort["by"], "name">): string {
  switch (by) {
    case "modified":
      return fact.modifiedAt;
    case "size":
      return String(fact.sizeBytes).padStart(SIZE_DIGITS, "0");
    case "kind":
      return String(documentKinds.indexOf(kindOfFact(fact))).padStart(2, "0");
  }
}

export function kindOfFact(fact: Pick<DocumentFact, "isFolder" | "name" | "mediaType">) {
  return fact.isFolder ? "folder" : documentKind(fact.name, fact.mediaType);
}

/** Text whose order is the other way round; what is longer then comes before what it begins with. */
function inverted(text: string): string {
  let result = "";
  for (let index = 0; index < text.length; index += 1)
    result += String.fromCharCode(HIGHEST - text.charCodeAt(index));
  return `${result}\uffff`;
}
