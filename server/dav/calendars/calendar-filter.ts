import { parseWall } from "#contract/icalendar/calendar-time.ts";
import type { Element } from "@xmldom/xmldom";
import { DavError } from "../dav-error.ts";
import { CALDAV, childNamed, elementsIn } from "../dav-xml.ts";

/** The filter of a calendar-query (RFC 4791 section 9.7), read. */
export interface ComponentFilter {
  /** Upper case. */
  name: string;
  isNotDefined: boolean;
  range: TimeRange | undefined;
  properties: PropertyFilter[];
  components: ComponentFilter[];
}

export interface TimeRange {
  fromMs: number;
  /** Exclusive. */
  toMs: number;
}

export interface PropertyFilter {
  name: string;
  isNotDefined: boolean;
  range: TimeRange | undefined;
  text: TextMatch | undefined;
  parameters: { name: string; isNotDefined: boolean; text: TextMatch | undefined }[];
}

export interface TextMatch {
  text: string;
  isNegated: boolean;
  /** `i;octet`; otherwise letters of ASCII are alike, be they large or small. */
  isExact: boolean;
}

const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T00:00:00Z");
/** Components whose times are looked at. */
const TIMED = new Set(["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"]);

/** What stands in VCALENDAR. @throws DavError 403 with the preconditions of RFC 4791 section 7.8 */
export function readFilter(query: Element): ComponentFilter[] {
  const filter = childNamed(query, "filter", CALDAV);
  const top = filter === undefined ? undefined : childNamed(filter, "comp-filter", CALDAV);
  if (top === undefined) throw invalid("The query has no filter.");
  const { name, isNotDefined, range, properties, components } = readComponent(top, 0);
  if (name !== "VCALENDAR" || isNotDefined) throw invalid("The filter does not begin with VCALENDAR.");
  if (range !== undefined || properties.length > 0)
    throw unsupported("Of VCALENDAR, its components alone can be asked for.");
  return components;
}

function readComponent(element: Element, depth: number): ComponentFilter {
  const name = nameOf(element);
  const range = readRange(childNamed(element, "time-range", CALDAV));
  if (range !== undefined && (depth !== 1 || !TIMED.has(name)))
    throw unsupported(`Times of ${name} are not looked at.`);
  return {
    name,
    isNotDefined: childNamed(element, "is-not-defined", CALDAV) !== undefined,
    range,
    properties: named(element, "prop-filter").map(readProperty),
    components: named(element, "comp-filter").map((inner) => readComponent(inner, depth + 1)),
  };
}

function readProperty(element: Element): PropertyFilter {
  return {
    name: nameOf(element),
    isNotDefined: childNamed(element, "is-not-defined", CALDAV) !== undefined,
    range: readRange(childNamed(element, "time-range", CALDAV)),
    text: readText(childNamed(element, "text-match", CALDAV)),
    parameters: named(element, "param-filter").map((inner) => ({
      name: nameOf(inner),
      isNotDefined: childNamed(inner, "is-not-defined", CALDAV) !== undefined,
      text: readText(childNamed(inner, "text-match", CALDAV)),
    })),
  };
}

function readText(element: Element | undefined): TextMatch | undefined {
  if (element === undefined) return undefined;
  const collation = element.getAttribute("collation") ?? "i;ascii-casemap";
  if (collation !== "i;octet" && collation !== "i;ascii-casemap" && collation !== "default")
    throw new DavError(403, "This collation is not known.", "C:supported-collation");
  return {
    text: element.textContent ?? "",
    isNegated: element.getAttribute("negate-condition") === "yes",
    isExact: collation === "i;octet",
  };
}

/** Of `time-range`, `expand`; an end that is left out is open. @throws DavError 403 */
export function readRange(element: Element | undefined): TimeRange | undefined {
  if (element === undefined) return undefined;
  const [start, end] = ["start", "end"].map((name) => {
    const value = element.getAttribute(name) ?? "";
    if (value === "") return undefined;
    const wall = parseWall(value);
    if (wall === undefined || !wall.isUtc) throw invalid("A time of the range is no time of UTC.");
    return wall.wallMs;
  });
  if (start === undefined && end === undefined) throw invalid("The range has no end.");
  const range = { fromMs: start ?? FIRST_MS, toMs: end ?? LAST_MS };
  if (range.toMs <= range.fromMs) throw invalid("The range ends before it begins.");
  return range;
}

function named(element: Element, local: string): Element[] {
  return elementsIn(element).filter((child) => child.namespaceURI === CALDAV && child.localName === local);
}

function nameOf(element: Element): string {
  const name = element.getAttribute("name")?.trim().toUpperCase() ?? "";
  if (name === "") throw invalid("A filter does not say what it is about.");
  return name;
}

function invalid(detail: string): DavError {
  return new DavError(403, detail, "C:valid-filter");
}

function unsupported(detail: string): DavError {
  return new DavError(403, detail, "C:supported-filter");
}
