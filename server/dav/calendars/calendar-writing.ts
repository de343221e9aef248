import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import {
  MOST_OBJECT_BYTES,
  readObjectResource,
  type ObjectFacts,
} from "#contract/icalendar/object-resource.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { calendarObjectKey } from "#contract/ids.ts";
import { DavError } from "../dav-error.ts";
import { destinationOf } from "../dav-path.ts";
import { readText } from "../dav-xml.ts";
import { assertConditions, failed, requireThere, type CalendarRequest } from "./calendar-request.ts";
import {
  isCalendarPath,
  nameOf,
  objectHref,
  seenObject,
  usualName,
  type SeenCalendar,
  type SeenObject,
} from "./calendar-tree.ts";

const MOST_NAME = 1000;

/** PUT of an object (RFC 4791 section 5.3.2): new under the client's name, or instead of the one that is there. */
export async function putObject(request: CalendarRequest): Promise<Response> {
  const { dav, tree } = request;
  const found = await tree.find(dav.steps);
  if (found.kind === "missingCalendar") throw new DavError(409, "Its calendar is not there.");
  if (found.kind !== "object" && found.kind !== "missingObject")
    throw new DavError(405, "Objects are put into calendars.");
  if (dav.header("content-range") !== null) throw new DavError(400, "A part of an object cannot be put.");
  const former = found.kind === "object" ? found.object : undefined;
  assertConditions(request, former);
  const { data, facts } = await readBody(request);
  const { at } = found;
  const written =
    former === undefined
      ? await add(request, at, { name: found.kind === "missingObject" ? found.name : "", data, facts })
      : await replace(request, at, { former, data, facts });
  // Of what is kept otherwise than it came, the client has to read what it is (RFC 4791 section 5.3.4).
  const headers: Record<string, string> = written?.row.data === data ? { etag: written.etag } : {};
  return new Response(null, { status: former === undefined ? 201 : 204, headers });
}

interface Body {
  data: string;
  facts: ObjectFacts;
}

async function add(
  request: CalendarRequest,
  at: SeenCalendar,
  { name, data, facts }: Body & { name: string },
): Promise<SeenObject | undefined> {
  const { dav } = request;
  const { store } = dav.options;
  if (name.length > MOST_NAME || /\p{Cc}/u.test(name)) throw new DavError(400, "No object has such a name.");
  const id = calendarObjectKey(at.scope, facts.uid);
  const trace = await store.get(at.scope, "calendarObject", id);
  const twin = seenObject(trace, usualName(id));
  if (twin !== undefined && twin.row.calendarId === at.calendar.id) throw await uidConflict(request, at, id);
  if (trace !== undefined) await keepName(request, at, { id, name });
  else await store.calendarNames.keep(at.scope, { id, name });
  // Several clients move an object by putting it into its new calendar first.
  const isMoved = twin !== undefined;
  if (isMoved) await dav.write(at.scope, "calendarObject.move", { id, calendarId: at.calendar.id });
  const baseRevision = isMoved ? { baseRevision: twin.row.revision } : {};
  return await write(request, at, { id, data, ...baseRevision }, name);
}

/** With the name that it had before: whoever knows it by that is told that it is gone. */
async function keepName(
  { dav }: CalendarRequest,
  { scope }: SeenCalendar,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const { calendarNames } = dav.options.store;
  const known = await calendarNames.of(scope);
  if (!known.has(id)) await calendarNames.keep(scope, { id, name: usualName(id) });
  await calendarNames.keep(scope, { id, name });
}

async function replace(
  request: CalendarRequest,
  at: SeenCalendar,
  { former, data, facts }: Body & { former: SeenObject },
): Promise<SeenObject | undefined> {
  const { id, revision, uid } = former.row;
  if (facts.uid !== uid)
    throw new DavError(403, "An object keeps its UID.", "C:no-uid-conflict", objectHref(at, former.name));
  return await write(request, at, { id, data, baseRevision: revision }, former.name);
}

async function write(
  { dav }: CalendarRequest,
  { scope, calendar }: SeenCalendar,
  args: { id: string; data: string; baseRevision?: number },
  name: string,
): Promise<SeenObject | undefined> {
  await orFailed(() => dav.write(scope, "calendarObject.put", { ...args, calendarId: calendar.id }));
  return seenObject(await dav.options.store.get(scope, "calendarObject", args.id), name);
}

/** Somebody else was faster: what the client knows is no longer so. @throws DavError 412 */
async function orFailed<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof DavError && error.status === 409) throw failed();
    throw error;
  }
}

async function uidConflict({ dav }: CalendarRequest, at: SeenCalendar, id: string): Promise<DavError> {
  const names = await dav.options.store.calendarNames.of(at.scope);
  const href = objectHref(at, nameOf(names, id));
  return new DavError(403, "An object of this UID is there already.", "C:no-uid-conflict", href);
}

/** @throws DavError 400, 403 with the preconditions of RFC 4791 section 5.3.2.1 */
async function readBody({ dav }: CalendarRequest): Promise<Body> {
  const type = dav.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "text/calendar";
  if (type !== "text/calendar")
    throw new DavError(403, "Calendars hold text/calendar.", "C:supported-calendar-data");
  const data = await bodyText(dav.request);
  const reading = readObjectResource(data);
  if (reading.ok) return { data, facts: reading.facts };
  throw new DavError(403, reading.message, reading.isTooBig ? "C:max-resource-size" : conditionOf(data));
}

async function bodyText(request: Request): Promise<string> {
  try {
    return await readText(request, MOST_OBJECT_BYTES);
  } catch (error) {
    if (!(error instanceof DavError)) throw error;
    const condition = error.status === 413 ? "C:max-resource-size" : "C:valid-calendar-data";
    throw new DavError(403, error.message, condition);
  }
}

/** Which precondition a text that is refused does not keep. */
function conditionOf(data: string): string {
  const parsed = parseCalendarText(data);
  if (!parsed.ok) return "C:valid-calendar-data";
  const { objects, method } = parsed.calendar;
  if (method !== undefined || objects.length > 1) return "C:valid-calendar-object-resource";
  const [object] = objects;
  if (object === undefined || object.kind === "VJOURNAL") return "C:supported-calendar-component";
  return object.problems.some(({ code }) => code === "noUid")
    ? "C:valid-calendar-object-resource"
    : "C:valid-calendar-data";
}

/** DELETE of an object. */
export async function removeObject(request: CalendarRequest): Promise<Response> {
  const { dav, tree } = request;
  const found = requireThere(await tree.find(dav.steps));
  if (found.kind !== "object") throw new DavError(403, "It stays.");
  assertConditions(request, found.object);
  await removeRow(request, found.at, found.object.row);
  return new Response(null, { status: 204 });
}

async function removeRow({ dav }: CalendarRequest, at: SeenCalendar, row: CalendarObjectRow): Promise<void> {
  const { id, revision: baseRevision } = row;
  await orFailed(() => dav.write(at.scope, "calendarObject.remove", { id, baseRevision }));
}

/** MOVE of an object to another calendar or to another name. */
export async function moveObject(request: CalendarRequest): Promise<Response> {
  const { dav, tree } = request;
  const found = requireThere(await tree.find(dav.steps));
  if (found.kind !== "object") throw new DavError(403, "It stays where it is.");
  assertConditions(request, found.object);
  const steps = destinationOf(dav.request);
  if (!isCalendarPath(steps)) throw new DavError(403, "Objects are moved to calendars.");
  const target = await tree.find(steps);
  if (target.kind === "object") throw new DavError(412, "Something is there already.");
  if (target.kind !== "missingObject") throw new DavError(409, "There is no such calendar.");
  const { row } = found.object;
  const { at, name } = target;
  if (at.scope === found.at.scope) {
    // Nobody would hear of it: the row stays as it is.
    if (row.calendarId === at.calendar.id)
      throw new DavError(403, "An object keeps its name in its calendar.");
    await dav.write(at.scope, "calendarObject.move", { id: row.id, calendarId: at.calendar.id });
    await keepName(request, at, { id: row.id, name });
    return new Response(null, { status: 201 });
  }
  const reading = readObjectResource(row.data);
  if (!reading.ok) throw new DavError(403, reading.message, conditionOf(row.data));
  await add(request, at, { name, data: row.data, facts: reading.facts });
  await removeRow(request, found.at, row);
  return new Response(null, { status: 201 });
}
