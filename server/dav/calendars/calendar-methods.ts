import { DavError } from "../dav-error.ts";
import type { DavRequest } from "../dav-request.ts";
import { changeCalendar, makeCalendar, removeCalendar } from "./calendar-collections.ts";
import { findCalendars } from "./calendar-finding.ts";
import { readObject } from "./calendar-reading.ts";
import { calendarRequest, type CalendarRequest } from "./calendar-request.ts";
import { report } from "./calendar-reports.ts";
import { moveObject, putObject, removeObject } from "./calendar-writing.ts";

type Method = (request: CalendarRequest) => Response | Promise<Response>;

const methods: Readonly<Record<string, Method>> = {
  OPTIONS: () => new Response(null, { status: 200, headers: { "content-length": "0" } }),
  GET: readObject,
  HEAD: readObject,
  PUT: putObject,
  DELETE: remove,
  MKCALENDAR: makeCalendar,
  MKCOL: makeCalendar,
  PROPPATCH: changeCalendar,
  MOVE: moveObject,
  PROPFIND: findCalendars,
  REPORT: report,
};

async function remove(request: CalendarRequest): Promise<Response> {
  const found = await request.tree.find(request.dav.steps);
  return await (found.kind === "calendar" ? removeCalendar(request) : removeObject(request));
}

/** What OPTIONS says of `/dav/calendars/` and `/dav/principals/` (RFC 4791 section 5.1). */
export const calendarHeaders = {
  dav: "1, 3, extended-mkcol, calendar-access",
  allow: Object.keys(methods).join(", "),
};

/** @throws DavError, AppError */
export async function answerCalendars(dav: DavRequest): Promise<Response> {
  const method = methods[dav.request.method];
  if (method === undefined) throw new DavError(405, "This method is not part of CalDAV here.");
  return await method(calendarRequest(dav));
}
