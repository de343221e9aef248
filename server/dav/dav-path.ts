import { foldName } from "#contract/file-names.ts";
import { DavError } from "./dav-error.ts";

/** What stands behind `/dav/`, decoded; a name cannot hold a slash. */
export type DavSteps = readonly string[];

const PREFIX = "/dav";

/** @throws DavError 400 for what no library can hold, 404 for what lies elsewhere */
export function stepsOf(pathname: string): DavSteps {
  if (pathname !== PREFIX && !pathname.startsWith(`${PREFIX}/`))
    throw new DavError(404, "It lies elsewhere.");
  const steps = pathname
    .slice(PREFIX.length)
    .split("/")
    .filter((step) => step !== "");
  return steps.map((step) => {
    const name = decode(step);
    if (/[/\\\0]/.test(name) || name === "." || name === "..")
      throw new DavError(400, "A name of the path is not a name of a file.");
    return name;
  });
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    throw new DavError(400, "The path is not percent-encoded UTF-8.");
  }
}

export function hrefOf(steps: DavSteps, isCollection: boolean): string {
  const path = [PREFIX, ...steps.map(encodeStep)].join("/");
  return isCollection ? `${path}/` : path;
}

function encodeStep(step: string): string {
  return encodeURIComponent(step).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
}

/** Where `Destination` (RFC 4918 section 10.3) leads. @throws DavError 400, 502 */
export function destinationOf(request: Request): DavSteps {
  const header = request.headers.get("destination");
  if (header === null) throw new DavError(400, "The header Destination is missing.");
  const own = new URL(request.url);
  const target = URL.parse(header, own.href);
  if (target === null) throw new DavError(400, "The Destination is no address.");
  // Behind a proxy, the address that the client knows is the one in `Host`.
  const hosts = new Set([own.host, request.headers.get("host"), request.headers.get("x-forwarded-host")]);
  if (!hosts.has(target.host)) throw new DavError(502, "The Destination is on another server.");
  if (!/^\/dav(\/|$)/.test(target.pathname)) throw new DavError(502, "The Destination is no library.");
  return stepsOf(target.pathname);
}

/**
 * How locks know a place: names that fold to the same are the same, a space is its id whatever it is called by, and what is
 * somebody's own is nobody else's. `spaceIds`: of the spaces that the caller reads, by folded name and by id.
 */
export function placeKey(
  steps: DavSteps,
  { personId, spaceIds }: { personId: string; spaceIds: ReadonlyMap<string, string> },
): string {
  const folded = steps.map(foldName);
  const [first, second] = folded;
  if (first === "mine") folded[0] = `mine:${personId}`;
  if (first === "spaces" && second !== undefined) folded[1] = spaceIds.get(second) ?? second;
  return folded.join("/");
}
