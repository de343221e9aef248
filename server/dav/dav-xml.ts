import { DOMParser, Element, XMLSerializer, type Document } from "@xmldom/xmldom";
import { DavError } from "./dav-error.ts";

export const DAV = "DAV:";
export const CALDAV = "urn:ietf:params:xml:ns:caldav";
/** Of `getctag`, which clients asked for before RFC 6578. */
export const CALENDAR_SERVER = "http://calendarserver.org/ns/";
/** Of `calendar-color`. */
export const APPLE = "http://apple.com/ns/ical/";
/** The prefixes of what is answered about calendars. */
export const NAMESPACES = `xmlns:D="${DAV}" xmlns:C="${CALDAV}" xmlns:CS="${CALENDAR_SERVER}" xmlns:A="${APPLE}"`;
const MOST_BODY_BYTES = 256 * 1024;
const MOST_DEPTH = 60;

/**
 * The root of an XML body; undefined for an empty one. Without document types, and with them without entities (RFC 4918
 * section 20.6). @throws DavError 400, 413
 */
export async function readXml(request: Request, mostBytes = MOST_BODY_BYTES): Promise<Element | undefined> {
  const text = await readText(request, mostBytes);
  if (text.trim() === "") return undefined;
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new DavError(400, "A document type is not accepted.");
  let document: Document;
  try {
    document = new DOMParser({ locator: false, onError: refuse }).parseFromString(text, "text/xml");
  } catch (error) {
    throw error instanceof DavError ? error : new DavError(400, "The body is not XML.");
  }
  const root = document.documentElement;
  if (root === null) throw new DavError(400, "The body is not XML.");
  assertDepth(root, 0);
  return root;
}

function refuse(): never {
  throw new DavError(400, "The body is not well-formed XML.");
}

function assertDepth(element: Element, depth: number): void {
  if (depth > MOST_DEPTH) throw new DavError(400, "The elements of the body lie too deep.");
  for (const child of elementsIn(element)) assertDepth(child, depth + 1);
}

/** @throws DavError 400, 413 */
export async function readText(request: Request, mostBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.length;
    if (size > mostBytes) throw new DavError(413, "The body is too large.");
    pieces.push(piece);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw new DavError(400, "The body is not UTF-8.");
  }
}

export function elementsIn(element: Element): Element[] {
  return [...element.childNodes].filter((node) => node instanceof Element);
}

export function childNamed(element: Element, local: string, namespace = DAV): Element | undefined {
  return elementsIn(element).find((child) => child.namespaceURI === namespace && child.localName === local);
}

/** `{namespace}local`, by which properties are known. */
export function nameOfElement(element: Element): string {
  const local = element.localName ?? element.nodeName;
  // A prefix that is bound to no namespace, or to the empty one (RFC 4918 section 17).
  if (element.prefix !== null && element.prefix !== "" && (element.namespaceURI ?? "") === "")
    throw new DavError(400, "A prefix is bound to no namespace.");
  return `{${element.namespaceURI ?? ""}}${local}`;
}

/** An element as it is kept: with the namespaces and the language that it inherits. */
export function serialize(element: Element): string {
  return new XMLSerializer().serializeToString(element);
}

/** An empty element of that name. */
export function emptyElement(name: string): string {
  const match = /^\{(.*)\}(.*)$/s.exec(name);
  const [namespace = "", local = ""] = match?.slice(1) ?? [];
  return namespace === "" ? `<${local} xmlns=""/>` : `<n:${local} xmlns:n="${escapeXml(namespace)}"/>`;
}

export function escapeXml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // What XML 1.0 cannot hold at all.
      .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
  );
}

export function xmlResponse(status: number, root: string, headers: Record<string, string> = {}): Response {
  return new Response(`<?xml version="1.0" encoding="utf-8"?>\n${root}`, {
    status,
    headers: { "content-type": 'application/xml; charset="utf-8"', "cache-control": "no-store", ...headers },
  });
}
