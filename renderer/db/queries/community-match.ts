import type { Row } from "#contract/collections.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { MatchedPerson } from "#contract/views/communities.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";

type Person = Row<"person">;

const EMAIL = /[^\s<>,;"']+@[^\s<>,;"']+\.[^\s<>,;"']+/u;
const CANDIDATES = 5;

/** Who is meant by lines of a list: answered from the cache alone, so it works without the network. */
export function createMatchPeopleQuery({ lines }: QueryArgs<"matchPeople">): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const people = (await reader.rows(DIRECTORY, "person")).filter(
        (person) => person.isDeactivated !== true,
      );
      return { items: matchLines(lines, people), info: {} };
    },
  };
}

export function matchLines(lines: readonly string[], people: readonly Person[]): MatchedPerson[] {
  const byEmail = new Map<string, Person>();
  const byName = new Map<string, Person[]>();
  for (const person of people) {
    if (person.email !== undefined) byEmail.set(person.email.toLowerCase(), person);
    const name = wordsOf(person.displayName);
    byName.set(name, [...(byName.get(name) ?? []), person]);
  }
  return lines.map((text, index) => {
    const email = EMAIL.exec(text)?.[0].toLowerCase() ?? "";
    const known = byEmail.get(email);
    const found = known === undefined ? (email === "" ? named(text, byName) : []) : [known];
    const key = String(index).padStart(5, "0");
    return { key, sort: key, text, email, people: found.slice(0, CANDIDATES) };
  });
}

/** Someone whose whole name the line is, or one of the cells of the line, or two of them side by side. */
function named(text: string, byName: ReadonlyMap<string, Person[]>): Person[] {
  const cells = text.split(/[;,\t]/u).map((cell) => cell.replaceAll('"', "").trim());
  const wanted = [
    cells.join(" "),
    ...cells,
    ...cells.slice(1).map((cell, at) => `${cells[at] ?? ""} ${cell}`),
  ];
  for (const each of wanted) {
    const found = byName.get(wordsOf(each));
    if (found !== undefined) return found;
  }
  return [];
}

/** The words of a name in any order: « Berthier Camille » is Camille Berthier. */
function wordsOf(name: string): string {
  return fold(name)
    .split(/[\s,;.()/'’-]+/u)
    .filter((word) => word !== "")
    .toSorted()
    .join(" ");
}
