import { DavError } from "./dav-error.ts";
import { multistatus, responseOf, type Asked } from "./dav-properties.ts";
import type { DavRequest } from "./dav-request.ts";
import { isCollection, requireThere } from "./dav-tree.ts";
import { childNamed, elementsIn, nameOfElement, readXml, xmlResponse } from "./dav-xml.ts";

/** PROPFIND (RFC 4918 section 9.1), of the resource and, with depth 1, of what lies in it. */
export async function propfind(dav: DavRequest): Promise<Response> {
  const depth = dav.depth("infinity");
  const asked = await readAsked(dav.request);
  const resource = requireThere(await dav.find());
  if (depth === "infinity" && isCollection(resource))
    throw new DavError(403, "Ask folder by folder, with Depth: 1.", "propfind-finite-depth");
  const { locks, clock } = dav.options;
  const seen = { locks, personId: dav.personId, nowMs: clock() };
  const { steps } = dav;
  const responses = [
    responseOf({ resource, steps, key: dav.key(), name: steps.at(-1) ?? "dav", ...seen }, asked),
  ];
  if (depth === "1") {
    for (const member of await dav.tree.members(resource)) {
      const inside = [...steps, member.name];
      responses.push(responseOf({ ...member, steps: inside, key: dav.key(inside), ...seen }, asked));
    }
  }
  return xmlResponse(207, multistatus(responses));
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
