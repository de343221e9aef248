import { MOST_MINUTES_BYTES } from "#contract/icalendar/minutes.ts";
import type { ProgrammeReading } from "#contract/icalendar/programme.ts";
import { byteLength } from "#renderer/kit/text-words.ts";

/** How minutes begin, and what is to be done with what was typed. Pure. */

export interface MinutesWords {
  readonly title: string;
  readonly when: string;
  /** `Présents : Camille, Karim`; null where nobody has said that they come. */
  readonly present: string | null;
  /** A heading where there is no programme. */
  readonly heading: string;
}

/** One line, without what Markdown would take for marks at its begin. */
function lineOf(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

export function begunMinutes(words: MinutesWords, programme: ProgrammeReading | undefined): string {
  const items = programme === undefined || programme === "unreadable" ? [] : programme;
  const headings = items.length === 0 ? [words.heading] : items.map(({ title }) => title);
  return [
    `# ${lineOf(words.title)}`,
    words.when,
    ...(words.present === null ? [] : [words.present]),
    ...headings.map((each) => `## ${lineOf(each)}`),
    "",
  ].join("\n\n");
}

export interface MinutesState {
  /** As typed. */
  readonly typed: string;
  /** As it stood when it was last read or kept. */
  readonly known: string;
  /** As it stands now. */
  readonly current: string;
}

export type MinutesStep =
  | { readonly kind: "nothing" }
  | { readonly kind: "write" }
  /** Somebody else wrote, and nothing was typed since: theirs is shown. */
  | { readonly kind: "adopt" }
  /** Somebody else wrote too: the person decides. */
  | { readonly kind: "conflict" }
  | { readonly kind: "tooLong" };

export function nextStep({ typed, known, current }: MinutesState): MinutesStep {
  if (typed === current) return { kind: "nothing" };
  if (typed === known) return { kind: "adopt" };
  if (current !== known) return { kind: "conflict" };
  return { kind: byteLength(typed) > MOST_MINUTES_BYTES ? "tooLong" : "write" };
}
