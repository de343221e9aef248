import { DavError } from "../dav-error.ts";
import { childNamed, elementsIn, nameOfElement, readXml, xmlResponse } from "../dav-xml.ts";
import { calendarMultistatus, propertiesOf, response, type Asked } from "./calendar-properties.ts";
import { ownHref, requireThere, type CalendarRequest } from "./calendar-request.ts";
import { calendarHref, objectHref, type CalendarResource } from "./calendar-tree.ts";
import { syncTokenOf } from "./sync-token.ts";

/** PROPFIND of calendars, of what is in them, and of oneself. */
export async function findCalendars(request: CalendarRequest): Promise<Response> {
  const { dav, tree } = request;
  const depth = dav.depth("infinity");
  const asked = await readAsked(dav.request);
  const resource = requireThere(await tree.find(dav.steps));
  if (depth === "infinity" && resource.kind !== "object")
    throw new DavError(403, "Ask collection by collection, with Depth: 1.", "propfind-finite-depth");
  const own = ownHref(request, resource.kind !== "object");
  const responses = [await responseOf(request, own, resource, asked)];
  if (depth === "1") {
    for (const member of await membersOf(request, resource))
      responses.push(await responseOf(request, member.href, member.resource, asked));
  }
  return xmlResponse(207, calendarMultistatus(responses));
}

interface Member {
  href: string;
  resource: CalendarResource;
}

async function membersOf({ dav, tree }: CalendarRequest, resource: CalendarResource): Promise<Member[]> {
  if (resource.kind === "home")
    return (await tree.calendars()).map((at) => ({
      href: calendarHref(at),
      resource: { kind: "calendar", at },
    }));
  if (resource.kind !== "calendar") return [];
  const at = { ...resource.at, step: dav.steps[1] ?? resource.at.step };
  return (await tree.objects(at)).map((object) => ({
    href: objectHref(at, object.name),
    resource: { kind: "object", at, object },
  }));
}

async function responseOf(
  { dav }: CalendarRequest,
  href: string,
  resource: CalendarResource,
  asked: Asked,
): Promise<string> {
  const { store } = dav.options;
  const syncToken =
    resource.kind === "calendar"
      ? syncTokenOf(store, resource.at, await store.head(resource.at.scope))
      : undefined;
  return response(href, propertiesOf({ resource, personId: dav.personId, syncToken }, asked));
}

/** @throws DavError 400 */
async function readAsked(request: Request): Promise<Asked> {
  const root = await readXml(request);
  if (root === undefined) return { kind: "all" };
  if (nameOfElement(root) !== "{DAV:}propfind") throw new DavError(400, "The body is not a propfind.");
  if (childNamed(root, "propname") !== undefined) return { kind: "names" };
  const prop = childNamed(root, "prop");
  if (prop !== undefined) return { kind: "these", names: elementsIn(prop).map(nameOfElement) };
  if (childNamed(root, "allprop") !== undefined) return { kind: "all" };
  throw new DavError(400, "The propfind asks for nothing.");
}
