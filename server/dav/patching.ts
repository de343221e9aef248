import { DavError } from "./dav-error.ts";
import { deadProperties, isLive, multistatus, propstat } from "./dav-properties.ts";
import { requireItem, type DavRequest } from "./dav-request.ts";
import { hrefOf } from "./dav-path.ts";
import { isCollection } from "./dav-tree.ts";
import {
  childNamed,
  elementsIn,
  emptyElement,
  escapeXml,
  nameOfElement,
  readXml,
  serialize,
  xmlResponse,
} from "./dav-xml.ts";

const MOST_PROPERTIES = 100;
const MOST_LETTERS = 16_000;

interface Step {
  name: string;
  /** Null: it is taken away. */
  value: string | null;
}

/** PROPPATCH (RFC 4918 section 9.2): all of it or nothing. Dead properties are kept with the item. */
export async function proppatch(dav: DavRequest): Promise<Response> {
  const steps = await readSteps(dav.request);
  const found = await dav.find();
  const resource = requireItem(found);
  await dav.assertConditions(found);
  dav.requireUnlocked(dav.steps);
  dav.requireNotCheckedOut(found);
  const refused = steps.filter(({ name }) => isLive(name));
  const before = deadProperties(resource);
  if (refused.length === 0) {
    const properties: Record<string, string> = { ...before };
    for (const { name, value } of steps) {
      if (value === null) delete properties[name];
      else properties[name] = value;
    }
    if (Object.keys(properties).length > MOST_PROPERTIES)
      throw new DavError(507, "It has too many properties.");
    await dav.write(resource.scope, "libraryItem.update", {
      id: resource.item.id,
      base: { properties: resource.item.properties ?? null },
      changes: { properties: Object.keys(properties).length === 0 ? null : properties },
    });
  }
  const others = steps.filter(({ name }) => !isLive(name));
  const stats =
    refused.length === 0
      ? propstat(namesOf(others), "200 OK", true)
      : propstat(namesOf(refused), "403 Forbidden") + propstat(namesOf(others), "424 Failed Dependency");
  const href = escapeXml(hrefOf(dav.steps, isCollection(resource)));
  return xmlResponse(207, multistatus([`<D:response><D:href>${href}</D:href>${stats}</D:response>`]));
}

function namesOf(steps: readonly Step[]): string[] {
  return [...new Set(steps.map(({ name }) => name))].map(emptyElement);
}

/** In the order of the document. @throws DavError 400 */
async function readSteps(request: Request): Promise<Step[]> {
  const root = await readXml(request);
  if (root === undefined || nameOfElement(root) !== "{DAV:}propertyupdate")
    throw new DavError(400, "The body is not a propertyupdate.");
  return elementsIn(root).flatMap((instruction) => {
    const kind = nameOfElement(instruction);
    if (kind !== "{DAV:}set" && kind !== "{DAV:}remove") return [];
    const prop = childNamed(instruction, "prop");
    return (prop === undefined ? [] : elementsIn(prop)).map((element) => {
      const value = kind === "{DAV:}set" ? serialize(element) : null;
      if ((value?.length ?? 0) > MOST_LETTERS) throw new DavError(507, "A property is too long.");
      return { name: nameOfElement(element), value };
    });
  });
}
