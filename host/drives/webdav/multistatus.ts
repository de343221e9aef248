import type { DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import { dismiss, type DavAnswer, type DavCall, type DavClient } from "./dav-client.ts";
import { statusFault } from "./dav-faults.ts";
import type { DavUrls } from "./dav-urls.ts";
import { childOf, childrenOf, dav, readElements, textOf, type XmlElement } from "./dav-xml.ts";

/** What an answer says of one resource. */
export interface DavResource {
  /** Undefined for what lies outside the drive: it is nobody's business. */
  path: DrivePath | undefined;
  /** Of the resource as a whole; of its properties otherwise 200. */
  status: number;
  /** Those that it has. */
  properties: XmlElement;
}

export type Multistatus = { kind: "resource"; resource: DavResource } | { kind: "syncToken"; token: string };

/**
 * One call that is answered with many resources, as they come.
 * @param mostText letters that a property may have, where more than usual
 * @throws DriveError also half-way
 */
export async function* askMany(
  client: DavClient,
  urls: DavUrls,
  call: DavCall,
  mostText?: number,
): AsyncGenerator<Multistatus> {
  const answer = await client.ask(call);
  if (answer.status !== 207) {
    await dismiss(answer);
    throw statusFault(answer, call.method);
  }
  yield* readMultistatus(client, urls, answer, mostText);
}

async function* readMultistatus(
  client: DavClient,
  urls: DavUrls,
  answer: DavAnswer,
  mostText?: number,
): AsyncGenerator<Multistatus> {
  for await (const element of readElements(client.pieces(answer), dav("multistatus"), mostText)) {
    if (element.name === dav("sync-token")) yield { kind: "syncToken", token: textOf(element) };
    else if (element.name === dav("response")) {
      const resource = resourceOf(element, urls, answer.url);
      // RFC 4918 section 14.24: several addresses may share one status.
      for (const href of childrenOf(element, dav("href")))
        yield { kind: "resource", resource: { ...resource, path: urls.pathOf(textOf(href)) } };
    }
  }
}

/** A call on a whole tree: the first thing that it could not be done to, unless it is not there any more. */
export async function doneAll(client: DavClient, urls: DavUrls, call: DavCall): Promise<number> {
  const answer = await client.ask(call);
  const { status } = answer;
  if (status !== 207) {
    await dismiss(answer);
    if (status < 300) return status;
    throw statusFault(answer, call.method);
  }
  for await (const part of readMultistatus(client, urls, answer)) {
    if (part.kind !== "resource" || part.resource.status < 300) continue;
    // What holds a thing that failed fails with it (424): the reason is another's.
    if (part.resource.status !== 424) throw statusFault({ status: part.resource.status }, call.method);
  }
  return status;
}

function resourceOf(element: XmlElement, urls: DavUrls, url: string): DavResource {
  const whole = statusOf(childOf(element, dav("status")));
  const properties: XmlElement = { name: dav("prop"), text: "", children: [] };
  for (const propstat of childrenOf(element, dav("propstat"))) {
    const status = statusOf(childOf(propstat, dav("status"))) ?? 200;
    if (status < 200 || status >= 300) continue;
    properties.children.push(...(childOf(propstat, dav("prop"))?.children ?? []));
  }
  const href = childOf(element, dav("href"));
  if (href === undefined) throw new DriveError("damaged", { title: "The server's answer names nothing" });
  return { path: urls.pathOf(URL.parse(textOf(href), url)?.href ?? ""), status: whole ?? 200, properties };
}

/** `HTTP/1.1 404 Not Found` */
function statusOf(element: XmlElement | undefined): number | undefined {
  const digits = /^HTTP\/[\d.]+\s+(\d{3})\b/i.exec(textOf(element))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
