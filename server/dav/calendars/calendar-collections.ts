import { calendarSettingsSchema } from "#contract/entities/calendar.ts";
import { createId } from "#contract/ids.ts";
import type { Element } from "@xmldom/xmldom";
import { DavError } from "../dav-error.ts";
import { childNamed, elementsIn, emptyElement, nameOfElement, readXml, xmlResponse } from "../dav-xml.ts";
import { nearestColour } from "#contract/calendar-colours.ts";
import { calendarMultistatus, prefixed, propertyResponse, stat } from "./calendar-properties.ts";
import { ownHref, requireCalendar, type CalendarRequest } from "./calendar-request.ts";

const MOST_NAME = 200;

/** What clients say of a calendar, as its settings. */
interface Settings {
  name?: string;
  colour?: NonNullable<ReturnType<typeof nearestColour>>;
}

interface Setting {
  /** `{namespace}local`. */
  name: string;
  /** Undefined: it is taken away. */
  element: Element | undefined;
}

/** MKCALENDAR (RFC 4791 section 5.3.1), and MKCOL with a body that asks for a calendar (RFC 5689). */
export async function makeCalendar(request: CalendarRequest): Promise<Response> {
  const { dav, tree } = request;
  const found = await tree.find(dav.steps);
  if (found.kind === "calendar") throw new DavError(403, "A calendar is there.", "resource-must-be-null");
  if (found.kind !== "missingCalendar" || found.scope === undefined)
    throw new DavError(403, "Calendars are made beside the others.", "C:calendar-collection-location-ok");
  const { scope, name } = found;
  if (name.length > MOST_NAME || /\p{Cc}/u.test(name))
    throw new DavError(400, "No calendar has such a name.");
  const root = await readXml(dav.request);
  const settings = settingsIn(root);
  if (dav.request.method === "MKCOL" && !settings.some(asksForCalendar))
    throw new DavError(403, "Here are calendars alone.", "valid-resourcetype");
  const wanted = accepted(settings).changes;
  const id = createId();
  await dav.options.store.calendarNames.keep(scope, { id, name });
  await dav.write(scope, "calendar.create", {
    id,
    name: wanted.name ?? name,
    colour: wanted.colour ?? "blue",
  });
  return new Response(null, { status: 201 });
}

function asksForCalendar({ name, element }: Setting): boolean {
  if (name !== "{DAV:}resourcetype" || element === undefined) return false;
  return elementsIn(element).some((each) => prefixed(nameOfElement(each)) === "C:calendar");
}

/** PROPPATCH of a calendar's name and colour: all of it or nothing. */
export async function changeCalendar(request: CalendarRequest): Promise<Response> {
  const { dav, tree } = request;
  const at = requireCalendar(await tree.find(dav.steps));
  const root = await readXml(dav.request);
  if (root === undefined || nameOfElement(root) !== "{DAV:}propertyupdate")
    throw new DavError(400, "The body is not a propertyupdate.");
  const settings = settingsIn(root);
  const { changes, refused } = accepted(settings);
  const others = settings.map(({ name }) => name).filter((name) => !refused.includes(name));
  const isDone = refused.length === 0 && !at.isYetToBe;
  if (isDone) {
    const { name, colour } = at.calendar;
    await dav.write(at.scope, "calendar.update", { id: at.calendar.id, base: { name, colour }, changes });
  }
  const denied = at.isYetToBe ? settings.map(({ name }) => name) : refused;
  const stats = isDone
    ? stat(others.map(emptyElement), "200 OK")
    : stat(denied.map(emptyElement), "403 Forbidden") +
      (at.isYetToBe || others.length === 0 ? "" : stat(others.map(emptyElement), "424 Failed Dependency"));
  return xmlResponse(207, calendarMultistatus([propertyResponse(ownHref(request, true), stats)]));
}

/** DELETE of a calendar, with what is in it. */
export async function removeCalendar(request: CalendarRequest): Promise<Response> {
  const { dav, tree } = request;
  const at = requireCalendar(await tree.find(dav.steps));
  if (at.isYetToBe) throw new DavError(403, "There is nothing in it yet.");
  await dav.write(at.scope, "calendar.remove", { id: at.calendar.id });
  return new Response(null, { status: 204 });
}

/** Of `set` and `remove`, in the order of the document. */
function settingsIn(root: Element | undefined): Setting[] {
  return (root === undefined ? [] : elementsIn(root)).flatMap((instruction) => {
    const kind = nameOfElement(instruction);
    const prop = childNamed(instruction, "prop");
    if (prop === undefined || (kind !== "{DAV:}set" && kind !== "{DAV:}remove")) return [];
    return elementsIn(prop).map((element) => ({
      name: nameOfElement(element),
      element: kind === "{DAV:}set" ? element : undefined,
    }));
  });
}

/** What a calendar keeps, and the names of what it does not. */
function accepted(settings: readonly Setting[]): { changes: Settings; refused: string[] } {
  const changes: Settings = {};
  const refused: string[] = [];
  for (const { name, element } of settings) {
    const text = element?.textContent?.trim() ?? "";
    const known = prefixed(name);
    if (known === "D:displayname" && calendarSettingsSchema.shape.name.safeParse(text).success)
      changes.name = text;
    else if (known === "A:calendar-color" && nearestColour(text) !== undefined)
      changes.colour = nearestColour(text) ?? "blue";
    else refused.push(name);
  }
  return { changes, refused };
}
