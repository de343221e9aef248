import {
  driveIdSchema,
  drivePathSchema,
  nameOf,
  type DriveEntry,
  type DriveId,
  type DrivePath,
} from "#contract/drives.ts";
import { AppError } from "#contract/problem.ts";
import { secure } from "../gateway/headers.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { problemResponse } from "../gateway/problem-response.ts";
import { DriveError } from "./drive-error.ts";
import { entryLines } from "./entry-lines.ts";
import type { DriveFiles } from "./drive-files.ts";
import type { DriveContent, NewContent } from "./drive.ts";
import { mediaTypeOf } from "./media-type.ts";
import { parseRange, type AskedRange } from "./range.ts";

interface Call {
  driveId: DriveId;
  what: "entries" | "content";
  path: DrivePath;
}

/** Listings and bytes of drives under the page's own origin; see `driveUrl`. Who may call is judged before it. */
export function createDriveDoor(
  files: DriveFiles,
  onListed: (driveId: DriveId, path: DrivePath) => void = () => undefined,
): Gateway {
  return {
    async handle(request, end) {
      const signal = end === undefined ? request.signal : AbortSignal.any([request.signal, end]);
      try {
        const call = parseCall(request.url);
        const response = await answer(files, request, call, signal);
        if (call.what === "entries" && response.ok) onListed(call.driveId, call.path);
        return response;
      } catch (error) {
        if (error instanceof AppError) return problemResponse(error.problem);
        throw error;
      }
    },
  };
}

function parseCall(address: string): Call {
  const { pathname, searchParams } = new URL(address);
  const [, , id, what, ...more] = pathname.split("/");
  const driveId = driveIdSchema.safeParse(id);
  if (!driveId.success || more.length > 0 || (what !== "entries" && what !== "content"))
    throw new AppError("notFound", { title: "No such call" });
  const path = drivePathSchema.safeParse(searchParams.get("path") ?? "");
  if (!path.success) throw new DriveError("invalidName", { title: "This is no path of a drive" });
  return { driveId: driveId.data, what, path: path.data };
}

async function answer(
  files: DriveFiles,
  request: Request,
  { driveId, what, path }: Call,
  signal: AbortSignal,
): Promise<Response> {
  if (what === "entries" && request.method === "GET") return list(files, request, driveId, path, signal);
  if (what === "content" && (request.method === "GET" || request.method === "HEAD"))
    return read(files, request, { driveId, what, path }, signal);
  if (what === "content" && request.method === "PUT") {
    const entry = await files.write(driveId, path, newContent(request), signal);
    return Response.json(entry, { status: 200, headers: secure(new Headers()) });
  }
  throw new AppError("unsupported", { title: `No such call: ${request.method} ${what}` });
}

async function list(
  files: DriveFiles,
  request: Request,
  driveId: DriveId,
  path: DrivePath,
  signal: AbortSignal,
): Promise<Response> {
  const ending = new AbortController();
  const entries = files.list(driveId, path, AbortSignal.any([signal, ending.signal]));
  // A Request that is collected no longer passes on the signal it follows.
  const body = await entryLines(entries, { keep: request, end: () => ending.abort() });
  return new Response(body, { headers: secure(new Headers({ "content-type": "application/x-ndjson" })) });
}

async function read(
  files: DriveFiles,
  request: Request,
  { driveId, path }: Call,
  signal: AbortSignal,
): Promise<Response> {
  const asked = parseRange(request.headers.get("range"));
  if (request.method === "HEAD") {
    const entry = await files.stat(driveId, path, signal);
    return new Response(null, { headers: contentHeaders(entry, entry.sizeBytes) });
  }
  const range =
    asked === undefined ? undefined : await within(files, asked, { driveId, what: "content", path }, signal);
  if (range === "unsatisfiable") return unsatisfiable();
  const version = request.headers.get("if-match");
  const content = await files.read(
    driveId,
    path,
    {
      ...(range === undefined ? {} : { range }),
      ...(version === null || version === "*" ? {} : { ifVersion: version }),
    },
    signal,
  );
  return contentResponse(content, range);
}

type Range = { first: number; last?: number };

/** The range in numbers, which may take the size of the file; what begins behind its end is none. */
async function within(
  files: DriveFiles,
  asked: AskedRange,
  { driveId, path }: Call,
  signal: AbortSignal,
): Promise<Range | undefined | "unsatisfiable"> {
  const { sizeBytes } = await files.stat(driveId, path, signal);
  if (sizeBytes === null) return "suffix" in asked ? undefined : asked;
  if ("suffix" in asked)
    return asked.suffix === 0 || sizeBytes === 0
      ? "unsatisfiable"
      : { first: Math.max(0, sizeBytes - asked.suffix), last: sizeBytes - 1 };
  if (asked.first >= sizeBytes) return "unsatisfiable";
  return { first: asked.first, last: Math.min(asked.last ?? sizeBytes - 1, sizeBytes - 1) };
}

/** A drive that cannot read parts gives the whole, and says so by its status. */
function contentResponse(
  { entry, first, sizeBytes, stream }: DriveContent,
  range: Range | undefined,
): Response {
  const headers = contentHeaders(entry, sizeBytes);
  const isPart = range !== undefined && first === range.first && sizeBytes !== null && sizeBytes > 0;
  if (!isPart) return new Response(stream, { headers });
  headers.set("content-range", `bytes ${first}-${first + sizeBytes - 1}/${entry.sizeBytes ?? "*"}`);
  return new Response(stream, { status: 206, headers });
}

function contentHeaders(entry: DriveEntry, sizeBytes: number | null): Headers {
  const headers = secure(
    new Headers({
      "content-type": mediaTypeOf(entry),
      "accept-ranges": "bytes",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(nameOf(entry.path).toWellFormed()).replaceAll(/['()*]/g, percent)}`,
    }),
  );
  if (sizeBytes !== null) headers.set("content-length", String(sizeBytes));
  if (entry.modifiedAt !== null) headers.set("last-modified", new Date(entry.modifiedAt).toUTCString());
  if (entry.version !== null && /^[\x21-\x7e]+$/.test(entry.version)) headers.set("etag", entry.version);
  return headers;
}

function percent(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}

function unsatisfiable(): Response {
  const { problem } = new AppError("badRequest", {
    title: "The file ends before the range that was asked for",
  });
  return problemResponse({ ...problem, status: 416 });
}

/** What a page sends, and on which condition it may take its place. */
function newContent(request: Request): NewContent {
  const { headers, body } = request;
  const sizeBytes = sizeOf(headers);
  const mediaType = headers.get("content-type");
  return {
    stream: body ?? new Blob([]).stream(),
    sizeBytes: body === null ? 0 : sizeBytes,
    condition: conditionOf(headers),
    ...(mediaType === null ? {} : { mediaType }),
  };
}

function conditionOf(headers: Headers): NewContent["condition"] {
  const version = headers.get("if-match");
  if (headers.get("if-none-match") === "*" && version === null) return "new";
  if (version === "*") return "any";
  if (version !== null && version !== "") return { ifVersion: version };
  throw new AppError("badRequest", {
    title: "Say what this may replace",
    detail: "Send If-None-Match: * for a new file, or If-Match with the version that it replaces.",
  });
}

function sizeOf(headers: Headers): number | null {
  const text = headers.get("content-length") ?? headers.get("parvis-size");
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
