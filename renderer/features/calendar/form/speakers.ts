import type { ProgrammeItem } from "#contract/icalendar/programme.ts";
import type { PersonView } from "#contract/worker.ts";
import type { DraftAttendee } from "./draft-people.ts";

export type Speaker = NonNullable<ProgrammeItem["speaker"]>;

function isLike(name: string, typed: string): boolean {
  return name.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase());
}

/** Those who are invited first, then whom the words find; each once. */
export function speakersOffered(
  typed: string,
  guests: readonly DraftAttendee[],
  found: readonly Pick<PersonView, "person">[],
): Speaker[] {
  const offered = new Map<string, Speaker>();
  for (const { name, address } of guests)
    if (name !== undefined && isLike(name, typed)) offered.set(address.toLowerCase(), { name, address });
  for (const { person } of found) {
    const address = person.email === undefined ? undefined : `mailto:${person.email}`;
    const key = address?.toLowerCase() ?? person.id;
    if (!offered.has(key))
      offered.set(key, { name: person.displayName, ...(address === undefined ? {} : { address }) });
  }
  return [...offered.values()];
}

/** Whoever is called exactly so and is the only one; a name that two have stays a name. */
export function speakerOf(typed: string, offered: readonly Speaker[]): Speaker | undefined {
  const named = offered.filter(({ name }) => name === typed.trim());
  return named.length === 1 && named[0]?.address !== undefined ? named[0] : undefined;
}
