import type { IncomingMessage, ServerResponse } from "node:http";
import { httpServer } from "./test-server.ts";

/** A file as a faulty server knows it. */
export interface FaultyFile {
  text: string;
  etag?: string;
}

export type Misbehaviour = (incoming: IncomingMessage, response: ServerResponse) => unknown;

export interface FaultyDav {
  /** Of the drive: `…/dav/`. */
  address: string;
  origin: string;
  files: Map<string, FaultyFile>;
  /** How each method is answered instead. */
  faults: Map<string, Misbehaviour>;
  /** Method, path and `Authorization` of every call. */
  asked: {
    method: string;
    url: string;
    authorization: string | undefined;
    headers: IncomingMessage["headers"];
  }[];
}

export const MULTISTATUS = { "content-type": "application/xml; charset=utf-8" };

/** A WebDAV server of one folder, in clear HTTP, each of whose answers can be replaced by a wrong one. */
export async function faultyDav(): Promise<FaultyDav> {
  const files: FaultyDav["files"] = new Map();
  const faults: FaultyDav["faults"] = new Map();
  const asked: FaultyDav["asked"] = [];
  const origin = await httpServer((incoming, response) => {
    const { method = "", url = "", headers } = incoming;
    asked.push({ method, url, authorization: headers.authorization, headers });
    const fault = faults.get(method);
    if (fault !== undefined) return fault(incoming, response);
    return behave(files, incoming, response);
  });
  return { address: `${origin}/dav/`, origin, files, faults, asked };
}

/** What it does when nothing is the matter. */
export function behave(files: FaultyDav["files"], incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url = "" } = incoming;
  const name = decodeURIComponent(url.slice("/dav/".length));
  const file = files.get(name);
  incoming.resume();
  if (method === "OPTIONS") {
    response.writeHead(200, { dav: "1, 2, parvis" }).end();
  } else if (method === "PROPFIND" && name === "") {
    const all = incoming.headers["depth"] === "0" ? [] : [...files];
    response.writeHead(207, MULTISTATUS);
    response.end(multistatus([folderResponse("/dav/"), ...all.map(([each, it]) => fileResponse(each, it))]));
  } else if (method === "PROPFIND" && file !== undefined) {
    response.writeHead(207, MULTISTATUS).end(multistatus([fileResponse(name, file)]));
  } else if (method === "GET" && file !== undefined) {
    response.writeHead(200, { etag: file.etag ?? '"1"', "content-length": Buffer.byteLength(file.text) });
    response.end(file.text);
  } else {
    response.writeHead(404).end();
  }
}

export function multistatus(responses: readonly string[], after = ""): string {
  return `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${responses.join("")}${after}</D:multistatus>`;
}

export function folderResponse(href: string): string {
  return `<D:response><D:href>${href}</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;
}

export function fileResponse(name: string, { text, etag = '"1"' }: FaultyFile): string {
  return propResponse(
    `/dav/${encodeURIComponent(name)}`,
    `<D:resourcetype/><D:getcontentlength>${Buffer.byteLength(text)}</D:getcontentlength><D:getetag>${etag.replaceAll('"', "&quot;")}</D:getetag>`,
  );
}

export function propResponse(href: string, properties: string): string {
  return `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${properties}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;
}

/** One that has only a status. */
export function statusResponse(href: string, status: string): string {
  return `<D:response><D:href>${href}</D:href><D:status>HTTP/1.1 ${status}</D:status></D:response>`;
}
