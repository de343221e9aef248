import type { Component } from "./component.ts";
import { componentsOf } from "./component.ts";
import { textValueOf } from "./calendar-value.ts";
import { instancesOf } from "./expand.ts";
import type { ParsedCalendar, ParsedObject } from "./parse-calendar.ts";
import { parseCalendarText } from "./parse-calendar.ts";
import { attendeesOf, foldAddress, organizerOf } from "./people.ts";
import { calendarProblem } from "./problems.ts";
import { USUAL_BUDGET } from "./rule-times.ts";
import type { Series } from "./series.ts";
import { readSeries } from "./series.ts";
import { utcZone } from "./zones.ts";

/** What is found of an object resource (RFC 4791 section 4.1) without reading its text again. */
export interface ObjectFacts {
  readonly uid: string;
  readonly kind: "VEVENT" | "VTODO";
  readonly summary: string | undefined;
  /** First start, a moment; floating times and days are of UTC. Absent of a task without times. */
  readonly startsMs: number | undefined;
  /** Last end, exclusive. Absent where it never ends, or ends later than a walk can tell. */
  readonly endsMs: number | undefined;
  readonly hasRecurrence: boolean;
  /** Folded (`mailto:` in lower case), as those invited are. */
  readonly organizer: string | undefined;
  readonly attendees: readonly string[];
}

export type ObjectReading =
  | { readonly ok: true; readonly facts: ObjectFacts }
  /** English: what is wrong, which line (from 1; 0: the whole), what to do. */
  | { readonly ok: false; readonly isTooBig: boolean; readonly line: number; readonly message: string };

/** 500 kB in UTF-8. */
export const MOST_OBJECT_BYTES = 500_000;
const MOST_WALKED = 10_000;
/** `Date.UTC` takes the years 0 to 99 for those of the last century. */
const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.UTC(9999, 11, 31);
const fatal = new Set(["unclosed", "endWithoutBegin", "noUid", "noStart"]);

/** One event or task as a resource of its own. Never throws; hostile rules end with the budget of the kernel. */
export function readObjectResource(text: string): ObjectReading {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST_OBJECT_BYTES) {
    const { message } = calendarProblem("tooBig", 0, `${bytes} bytes of at most ${MOST_OBJECT_BYTES}`);
    return { ok: false, isTooBig: true, line: 0, message };
  }
  const parsed = parseCalendarText(text);
  if (!parsed.ok) return { ok: false, isTooBig: false, ...parsed.problem };
  const { calendar } = parsed;
  const [object, ...others] = calendar.objects;
  if (calendar.method !== undefined) return refused("has a METHOD: take the line out (RFC 4791 section 4.1)");
  if (componentsOf({ children: calendar.nodes }, "VCALENDAR").length !== 1 || others.length > 0)
    return refused("holds more than one object: send each UID by itself");
  if (object === undefined || object.kind === "VJOURNAL")
    return refused("holds no event and no task: send a VEVENT or a VTODO");
  const problem = [...calendar.problems, ...object.problems].find(({ code }) => fatal.has(code));
  if (problem !== undefined)
    return { ok: false, isTooBig: false, line: problem.line, message: problem.message };
  return { ok: true, facts: factsOf(object, object.kind, calendar) };
}

function refused(what: string): ObjectReading {
  return { ok: false, isTooBig: false, line: 0, message: `The text ${what}.` };
}

function factsOf(object: ParsedObject, kind: ObjectFacts["kind"], { zones }: ParsedCalendar): ObjectFacts {
  const series = readSeries(object, { zone: utcZone, zones });
  const components = object.master === undefined ? object.overrides : [object.master, ...object.overrides];
  const [first] = components;
  return {
    uid: object.uid,
    kind,
    summary: first === undefined ? undefined : textValueOf(first, "SUMMARY")?.slice(0, 500),
    ...extentOf(series),
    hasRecurrence: series.rules.length > 0 || series.extraMs.length > 1,
    organizer: organizerAddress(components),
    attendees: [
      ...new Set(components.flatMap((each) => attendeesOf(each).map(({ address }) => foldAddress(address)))),
    ],
  };
}

function organizerAddress(components: readonly Component[]): string | undefined {
  const organizer = components.map(organizerOf).find((each) => each !== undefined);
  return organizer === undefined ? undefined : foldAddress(organizer.address);
}

function extentOf(series: Series): Pick<ObjectFacts, "startsMs" | "endsMs"> {
  const isEndless = series.rules.some(({ count, until }) => count === undefined && until === undefined);
  const budget = { left: USUAL_BUDGET };
  const range = { fromMs: FIRST_MS, toMs: LAST_MS, budget, most: isEndless ? 1 : MOST_WALKED + 1 };
  let [startsMs, endsMs, walked] = [Infinity, -Infinity, 0];
  for (const instance of instancesOf(series, range)) {
    walked += 1;
    startsMs = Math.min(startsMs, instance.startMs);
    endsMs = Math.max(endsMs, instance.endMs);
  }
  const isKnown = walked > 0 && !isEndless && walked <= MOST_WALKED && budget.left > 0;
  return {
    startsMs: walked > 0 ? startsMs : undefined,
    endsMs: isKnown && endsMs <= LAST_MS ? endsMs : undefined,
  };
}
