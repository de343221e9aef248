import { DavError } from "../dav-error.ts";
import { hrefOf, stepsOf, type DavSteps } from "../dav-path.ts";
import type { DavRequest } from "../dav-request.ts";
import { CalendarTree, type CalendarResource, type SeenCalendar, type SeenObject } from "./calendar-tree.ts";

/** One request about calendars: the request of WebDAV, and what is found in calendars. */
export interface CalendarRequest {
  dav: DavRequest;
  tree: CalendarTree;
}

export function calendarRequest(dav: DavRequest): CalendarRequest {
  return { dav, tree: new CalendarTree(dav.options.store, dav.personId) };
}

type There = Exclude<CalendarResource, { kind: "missingObject" | "missingCalendar" }>;

/** @throws DavError 404 */
export function requireThere(resource: CalendarResource): There {
  if (resource.kind === "missingObject" || resource.kind === "missingCalendar")
    throw new DavError(404, "There is nothing of that name.");
  return resource;
}

/** @throws DavError 403, 404 */
export function requireCalendar(resource: CalendarResource): SeenCalendar {
  const there = requireThere(resource);
  if (there.kind === "calendar") return there.at;
  throw new DavError(403, "It is no calendar.");
}

/** `If-Match` and `If-None-Match` (RFC 9110 section 13.1). @throws DavError 412 */
export function assertConditions({ dav }: CalendarRequest, object: SeenObject | undefined): void {
  const [match, noneMatch] = [dav.header("if-match"), dav.header("if-none-match")];
  if (match !== null && !(object !== undefined && namesTag(match, object.etag))) throw failed();
  if (noneMatch !== null && object !== undefined && namesTag(noneMatch, object.etag)) throw failed();
}

export function failed(): DavError {
  return new DavError(412, "A condition of the request does not hold.");
}

export function namesTag(header: string, etag: string): boolean {
  return header.trim() === "*" || header.split(",").some((tag) => tag.trim() === etag);
}

/** The steps that an href of a body means; undefined for what lies elsewhere. */
export function stepsOfHref(href: string, base: string): DavSteps | undefined {
  const url = URL.parse(href.trim(), base);
  if (url === null) return undefined;
  try {
    return stepsOf(url.pathname);
  } catch (error) {
    if (error instanceof DavError) return undefined;
    throw error;
  }
}

export function ownHref({ dav }: CalendarRequest, isCollection: boolean): string {
  return hrefOf(dav.steps, isCollection);
}
