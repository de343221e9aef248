import type { Component, Node } from "./component.ts";
import { componentsOf, propertyOf, readTree, textOf, valueOf } from "./component.ts";
import { timeOf } from "./calendar-value.ts";
import { MOST_TEXT, MOST_TITLE } from "./common-fields.ts";
import type { Property } from "./content-line.ts";
import { parameterOf } from "./content-line.ts";
import { sequenceOf, uidOf } from "./event.ts";
import type { CalendarProblem } from "./problems.ts";
import { calendarProblem } from "./problems.ts";
import { parseRule } from "./rule.ts";
import type { CalendarObject } from "./series.ts";
import type { CalendarEncoding } from "./text-encoding.ts";
import { decodeCalendar } from "./text-encoding.ts";
import type { ZoneBook } from "./vtimezone.ts";
import { zoneBookOf } from "./vtimezone.ts";

/** An event, task or note with the exceptions of its series. */
export interface ParsedObject extends CalendarObject {
  readonly uid: string;
  readonly problems: readonly CalendarProblem[];
}

export interface ParsedCalendar {
  readonly objects: readonly ParsedObject[];
  /** Everything that stands in the text, in its order: `textOf(nodes)` is the text. */
  readonly nodes: readonly Node[];
  readonly zones: ZoneBook;
  readonly encoding: CalendarEncoding;
  /** What the calendar calls itself (NAME of RFC 7986, X-WR-CALNAME). */
  readonly name: string | undefined;
  /** METHOD of RFC 5546, upper case. */
  readonly method: string | undefined;
  /** Of the text as a whole; those of an object stand with it. */
  readonly problems: readonly CalendarProblem[];
}

export type ParseResult =
  | { readonly ok: true; readonly calendar: ParsedCalendar }
  | { readonly ok: false; readonly problem: CalendarProblem };

/** 32 MiB: a calendar of twenty years has a tenth of it. */
const MOST_CALENDAR_BYTES = 33_554_432;

/** Bytes of an iCalendar stream. Never throws; linear in their number; more than the limit is refused unread. */
export function parseCalendar(bytes: Uint8Array, mostBytes = MOST_CALENDAR_BYTES): ParseResult {
  if (bytes.length > mostBytes) return refused("tooBig", 0, `${bytes.length} bytes of at most ${mostBytes}`);
  const { text, encoding, problems } = decodeCalendar(bytes);
  const parsed = parseCalendarText(text);
  if (!parsed.ok) return parsed;
  return {
    ok: true,
    calendar: { ...parsed.calendar, encoding, problems: [...problems, ...parsed.calendar.problems] },
  };
}

/** The same for text that was decoded already, as rows hold it. */
export function parseCalendarText(text: string): ParseResult {
  if (text.trim() === "") return refused("empty", 0, "");
  const { nodes, problems, refusal } = readTree(text);
  if (refusal !== undefined) return { ok: false, problem: refusal };
  const calendars = componentsOf({ children: nodes }, "VCALENDAR");
  const [first] = calendars;
  if (first === undefined) return refused("notCalendar", 1, text.slice(0, 40).split("\n")[0] ?? "");
  const zones = zoneBookOf(nodes);
  return {
    ok: true,
    calendar: {
      objects: objectsOf(calendars, zones),
      nodes,
      zones,
      encoding: "utf-8",
      name: (valueOf(first, "NAME") ?? valueOf(first, "X-WR-CALNAME"))?.trim().slice(0, 500),
      method: valueOf(first, "METHOD")?.trim().toUpperCase().slice(0, 40),
      problems,
    },
  };
}

function refused(code: CalendarProblem["code"], line: number, subject: string): ParseResult {
  return { ok: false, problem: calendarProblem(code, line, subject) };
}

const kinds = ["VEVENT", "VTODO", "VJOURNAL"] as const;
type Kind = (typeof kinds)[number];

interface Gathered {
  readonly kind: Kind;
  readonly uid: string;
  readonly components: Component[];
}

/** By kind and UID, in the order of the text. */
function objectsOf(calendars: readonly Component[], zones: ZoneBook): ParsedObject[] {
  const gathered = new Map<string, Gathered>();
  for (const calendar of calendars) {
    for (const component of componentsOf(calendar)) {
      const kind = kinds.find((each) => each === component.name);
      if (kind === undefined) continue;
      const uid = uidOf(component)?.slice(0, 1000) ?? `without-uid-${hashOf(textOf([component]))}`;
      const there = gathered.get(`${kind} ${uid}`);
      if (there === undefined) gathered.set(`${kind} ${uid}`, { kind, uid, components: [component] });
      else there.components.push(component);
    }
  }
  return Array.from(gathered.values(), (each) => objectFrom(each, zones));
}

/** FNV-1a: the same component has the same name each time that it is read. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return `${hash.toString(16).padStart(8, "0")}-${text.length.toString(16)}`;
}

function objectFrom({ kind, uid, components }: Gathered, zones: ZoneBook): ParsedObject {
  const masters = components.filter((each) => propertyOf(each, "RECURRENCE-ID") === undefined);
  // Two of one UID: the later revision, else the later in the text.
  const master = masters.reduce<Component | undefined>(newer, undefined);
  const overrides = newestByOriginal(components.filter((each) => !masters.includes(each)));
  return { kind, uid, master, overrides, problems: problemsOf(kind, master, overrides, zones) };
}

function newer(one: Component | undefined, other: Component): Component {
  return one === undefined || sequenceOf(other) >= sequenceOf(one) ? other : one;
}

function newestByOriginal(overrides: readonly Component[]): Component[] {
  const byOriginal = new Map<string, Component>();
  for (const each of overrides) {
    const property = propertyOf(each, "RECURRENCE-ID");
    const original = property === undefined ? "" : JSON.stringify([property.value, property.parameters]);
    byOriginal.set(original, newer(byOriginal.get(original), each));
  }
  return [...byOriginal.values()];
}

const MOST_PROBLEMS = 50;

function problemsOf(
  kind: Kind,
  master: Component | undefined,
  overrides: readonly Component[],
  zones: ZoneBook,
): CalendarProblem[] {
  const all = master === undefined ? overrides : [master, ...overrides];
  const found = all.slice(0, MOST_PROBLEMS).flatMap((each) => componentProblems(kind, each, zones));
  const [first] = overrides;
  if (master === undefined && first !== undefined) {
    found.push(calendarProblem("orphanedException", first.line, uidOf(first)));
  }
  return found.slice(0, MOST_PROBLEMS);
}

const timeNames = new Set(["DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "RDATE", "EXDATE"]);

function componentProblems(kind: Kind, component: Component, zones: ZoneBook): CalendarProblem[] {
  const found: CalendarProblem[] = [];
  if (uidOf(component) === undefined) found.push(calendarProblem("noUid", component.line));
  if (kind === "VEVENT" && timeOf(propertyOf(component, "DTSTART")) === undefined) {
    found.push(calendarProblem("noStart", component.line, uidOf(component)));
  }
  for (const node of component.children) {
    if (node.kind === "property") found.push(...propertyProblems(node, zones));
  }
  return found;
}

function propertyProblems(property: Property, zones: ZoneBook): CalendarProblem[] {
  const { name, value, line } = property;
  if (name === "RRULE" && parseRule(value) === undefined)
    return [calendarProblem("unreadableRule", line, value)];
  if (name === "SUMMARY" && value.length > MOST_TITLE) return [calendarProblem("textCut", line, name)];
  if (name === "DESCRIPTION" && value.length > MOST_TEXT) return [calendarProblem("textCut", line, name)];
  if (!timeNames.has(name)) return [];
  const found: CalendarProblem[] = [];
  const isList = name === "RDATE" || name === "EXDATE";
  if (!isList && timeOf(property) === undefined)
    found.push(calendarProblem("unreadableValue", line, `${name}:${value}`));
  const time = isList ? undefined : timeOf(property);
  if (time?.kind === "zoned" && zones(time.zone) === undefined) {
    found.push(calendarProblem("unknownZone", line, parameterOf(property, "TZID")));
  }
  return found;
}
