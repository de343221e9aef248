import type { Element } from "@xmldom/xmldom";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { USUAL_BUDGET } from "#contract/icalendar/rule-times.ts";
import { componentsOf, valueOf } from "#contract/icalendar/component.ts";
import { utcZone, type Zone } from "#contract/icalendar/zones.ts";
import { DavError } from "../dav-error.ts";
import {
  CALDAV,
  childNamed,
  elementsIn,
  escapeXml,
  nameOfElement,
  readXml,
  xmlResponse,
} from "../dav-xml.ts";
import { readFilter, readRange, type TimeRange } from "./calendar-filter.ts";
import { matches, matching } from "./calendar-matching.ts";
import { calendarMultistatus, propertiesOf, response, statusResponse } from "./calendar-properties.ts";
import { requireCalendar, stepsOfHref, type CalendarRequest } from "./calendar-request.ts";
import { CALENDARS, objectHref, type SeenCalendar, type SeenObject } from "./calendar-tree.ts";
import { expanded } from "./expanding.ts";
import { freeBusy } from "./free-busy-report.ts";
import { syncCollection } from "./sync-report.ts";

/** Clients ask for all objects of a large calendar by their addresses at once. */
const MOST_BODY_BYTES = 2 * 1024 * 1024;
const MOST_ANSWER_LETTERS = 64 * 1024 * 1024;
/** From so many on, the whole calendar is read at once. */
const MANY = 20;
const CALENDAR_DATA = `{${CALDAV}}calendar-data`;

export interface ReportRequest extends CalendarRequest {
  at: SeenCalendar;
  root: Element;
  wanted: Wanted;
}

/** What is told of each object. */
export interface Wanted {
  names: readonly string[];
  hasData: boolean;
  expand: TimeRange | undefined;
  /** Where whole days and floating times are. */
  zone: Zone;
}

type Report = (request: ReportRequest) => Response | Promise<Response>;

const reports: Readonly<Record<string, Report>> = {
  [`{${CALDAV}}calendar-multiget`]: multiget,
  [`{${CALDAV}}calendar-query`]: query,
  [`{${CALDAV}}free-busy-query`]: freeBusy,
  "{DAV:}sync-collection": syncCollection,
};

/** REPORT (RFC 3253 section 3.6) of a calendar. */
export async function report(request: CalendarRequest): Promise<Response> {
  const { dav, tree } = request;
  const at = requireCalendar(await tree.find(dav.steps));
  const root = await readXml(dav.request, MOST_BODY_BYTES);
  const run = root === undefined ? undefined : reports[nameOfElement(root)];
  if (root === undefined || run === undefined)
    throw new DavError(403, "This report is not made here.", "supported-report");
  // What is answered has the address that was asked.
  const seen = { ...at, step: dav.steps[1] ?? at.step };
  return await run({ ...request, at: seen, root, wanted: readWanted(root) });
}

function readWanted(root: Element): Wanted {
  const elements = childNamed(root, "prop");
  const props = elements === undefined ? [] : elementsIn(elements);
  const data = props.find((each) => nameOfElement(each) === CALENDAR_DATA);
  const expand = data === undefined ? undefined : childNamed(data, "expand", CALDAV);
  return {
    names: props.map(nameOfElement).filter((name) => name !== CALENDAR_DATA),
    hasData: data !== undefined,
    expand: readRange(expand),
    zone: zoneOf(childNamed(root, "timezone", CALDAV)),
  };
}

/** `C:timezone`: a calendar with one VTIMEZONE. @throws DavError 403 */
function zoneOf(element: Element | undefined): Zone {
  if (element === undefined) return utcZone;
  const parsed = parseCalendarText(element.textContent ?? "");
  const [calendar] = parsed.ok ? componentsOf({ children: parsed.calendar.nodes }, "VCALENDAR") : [];
  const [zone] = calendar === undefined ? [] : componentsOf(calendar, "VTIMEZONE");
  const found =
    parsed.ok && zone !== undefined ? parsed.calendar.zones(valueOf(zone, "TZID") ?? "") : undefined;
  if (found === undefined) throw new DavError(403, "The timezone cannot be read.", "C:valid-calendar-data");
  return found;
}

/** Writes what is told of objects, up to a size that a server and a client can hold. */
export class ObjectResponses {
  readonly all: string[] = [];
  readonly #request: Pick<ReportRequest, "at" | "wanted" | "dav">;
  readonly #budget = { left: 20 * USUAL_BUDGET };
  #left = MOST_ANSWER_LETTERS;

  constructor(request: Pick<ReportRequest, "at" | "wanted" | "dav">) {
    this.#request = request;
  }

  /** @throws DavError 507 */
  add(object: SeenObject): void {
    const { at, wanted, dav } = this.#request;
    const facts = {
      resource: { kind: "object", at, object } as const,
      personId: dav.personId,
      syncToken: undefined,
    };
    const { found, missing } = propertiesOf(facts, { kind: "these", names: wanted.names });
    if (wanted.hasData) found.push(`<C:calendar-data>${dataText(this.#dataOf(object))}</C:calendar-data>`);
    this.#take(response(objectHref(at, object.name), { found, missing }));
  }

  missing(href: string): void {
    this.#take(statusResponse(href, "404 Not Found"));
  }

  #take(text: string): void {
    this.#left -= text.length;
    if (this.#left < 0) throw new DavError(507, "Ask for less at once.", "number-of-matches-within-limits");
    this.all.push(text);
  }

  #dataOf({ row }: SeenObject): string {
    const { expand, zone } = this.#request.wanted;
    return expand === undefined ? row.data : expanded(row.data, expand, { zone, budget: this.#budget });
  }
}

/** A carriage return as it is would be read as a line feed (XML 1.0 section 2.11). */
function dataText(data: string): string {
  return escapeXml(data).replaceAll("\r", "&#13;");
}

/** RFC 4791 section 7.9. */
async function multiget(request: ReportRequest): Promise<Response> {
  const { at, tree, root, dav } = request;
  const hrefs = elementsIn(root)
    .filter((each) => nameOfElement(each) === "{DAV:}href")
    .map((each) => each.textContent ?? "");
  const known = hrefs.length < MANY ? undefined : await tree.objectsByName(at);
  const find = async (name: string) => (known === undefined ? await tree.object(at, name) : known.get(name));
  const responses = new ObjectResponses(request);
  for (const href of hrefs) {
    const [first, step, name, ...deeper] = stepsOfHref(href, dav.request.url) ?? [];
    const isHere = first === CALENDARS && step === at.step && deeper.length === 0;
    const object = isHere && name !== undefined ? await find(name) : undefined;
    if (object === undefined) responses.missing(href.trim());
    else responses.add(object);
  }
  return xmlResponse(207, calendarMultistatus(responses.all));
}

/** RFC 4791 section 7.8. */
async function query(request: ReportRequest): Promise<Response> {
  const { at, tree, root, wanted } = request;
  const asked = matching(readFilter(root), wanted.zone);
  const responses = new ObjectResponses(request);
  for (const object of await tree.objects(at)) if (matches(object.row, asked)) responses.add(object);
  return xmlResponse(207, calendarMultistatus(responses.all));
}
