import { Hono, type Context } from "hono";
import { blobQuerySchema, type BlobState } from "#contract/blobs.ts";
import { blobIdSchema, type BlobId, type PersonId } from "#contract/ids.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { DIRECTORY, type Scope } from "#contract/scope.ts";
import { personSchema } from "#contract/entities/person.ts";
import type { CallerEnv } from "../authenticate.ts";
import type { ServerConfig } from "../config.ts";
import type { Store } from "../store/store.ts";
import { contentDisposition, namesEtag, parseReprDigest, safeMediaType } from "./headers.ts";
import { parseContentRange, parseRange, type ContentRange } from "./ranges.ts";
import { Uploads } from "./upload.ts";

export interface BlobOptions {
  store: Pick<Store, "blobs" | "canRead" | "get" | "list" | "scopesOf" | "transaction">;
  config: Pick<ServerConfig, "limits">;
}

/** `PUT`, `HEAD` and `GET /v1/blobs/{id}`: mounted behind authentication. */
export function blobRoutes({ store, config }: BlobOptions): Hono<CallerEnv> {
  const uploads = new Uploads(store.blobs);
  const app = new Hono<CallerEnv>();

  app.put("/v1/blobs/:id", async (c) => {
    const { personId } = c.var;
    const query = blobQuerySchema.safeParse(c.req.query());
    if (!query.success) throw badRequest(query.error);
    const { scope, name } = query.data;
    const size = announcedSize(c);
    checkSize(size, config.limits);
    const mediaType = safeMediaType(c.req.header("Content-Type"));
    const isPhoto = mediaType.startsWith("image/") && size.range.total <= PHOTO_BYTES;
    if (!(await mayWrite(store, personId, scope, isPhoto))) throw noScope();
    await requireRoom(store, personId, parseId(c), size.range.total);
    const answer = await uploads.take({
      id: parseId(c),
      ownerId: personId,
      scope,
      name,
      mediaType,
      ...size,
      sha256: parseReprDigest(c.req.header("Repr-Digest")),
      body: c.req.raw.body ?? nothing(),
    });
    return answer.status === 409 ? wrongOffset(c, answer.state) : c.json(answer.state, answer.status);
  });

  // Hono also sends HEAD here.
  app.get("/v1/blobs/:id", async (c) => {
    const state = await visibleState(store, parseId(c), c.var.personId);
    if (!state.isComplete) return uploadProgress(c, state);
    return download(c, state, store.blobs);
  });

  return app;
}

function parseId(c: Context): BlobId {
  const id = blobIdSchema.safeParse(c.req.param("id"));
  if (!id.success) throw badRequest(id.error, "id");
  return id.data;
}

/** A photograph of oneself. */
const PHOTO_BYTES = 5 * 1024 * 1024;
/** Announced by one person and not yet sent to the end. */
const UNFINISHED_BYTES = 8 * 1024 * 1024 * 1024;

/** So that nobody fills the disk with uploads that never end. @throws AppError tooLarge */
async function requireRoom(
  store: BlobOptions["store"],
  personId: PersonId,
  id: BlobId,
  sizeBytes: number,
): Promise<void> {
  if ((await store.blobs.state(id)) !== undefined) return;
  const bytes = await store.blobs.unfinishedBytes(personId);
  if (bytes + sizeBytes <= UNFINISHED_BYTES) return;
  throw new AppError("tooLarge", {
    title: "Too many files are being sent",
    detail: `You have begun to send ${bytes} bytes; ${UNFINISHED_BYTES} may be under way. Finish some, or wait a day.`,
  });
}

/** Those who may read a scope put files there; in the directory administrators, and everyone a photograph. */
async function mayWrite(
  store: BlobOptions["store"],
  personId: PersonId,
  scope: Scope,
  isPhoto: boolean,
): Promise<boolean> {
  if (scope !== DIRECTORY || isPhoto) return await store.canRead(personId, scope);
  const row = await store.get(DIRECTORY, "person", personId);
  return personSchema.safeParse(row?.data).data?.roles?.includes("administrator") ?? false;
}

/** The blob if this person may see it: a file as a reader of its scope, an unfinished one as its owner. */
async function visibleState(store: BlobOptions["store"], id: BlobId, personId: PersonId): Promise<BlobState> {
  const state = await store.blobs.state(id);
  if (state !== undefined && (await store.canRead(personId, state.scope))) {
    if (state.isComplete || (await store.blobs.ownerOf(id)) === personId) return state;
  }
  if (state?.isComplete === true && state.scope === DIRECTORY && (await isSeenPhoto(store, id, personId)))
    return state;
  if (state?.isComplete === true && (await isOfReadVersion(store, id, personId))) return state;
  throw new AppError("notFound", {
    title: "There is no such file",
    detail: "It does not exist, is still being sent, or is not yours to read.",
  });
}

/** Bytes of a document that was shared, or was written through a share: they belong to another scope than its row. */
async function isOfReadVersion(
  store: BlobOptions["store"],
  id: BlobId,
  personId: PersonId,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    for (const { scope } of await tx.find.ofEveryone("libraryVersion", id))
      if (await tx.canRead(personId, scope)) return true;
    return false;
  });
}

/** Whoever does not read the directory has copies of the people in their places: the faces go with them. */
async function isSeenPhoto(store: BlobOptions["store"], id: BlobId, personId: PersonId): Promise<boolean> {
  for (const { scope } of await store.scopesOf(personId)) {
    const people = await store.list(scope, "person");
    if (people.some(({ op, data }) => op === "put" && data["photo"] === id)) return true;
  }
  return false;
}

interface AnnouncedSize {
  range: ContentRange;
  isEmptyFile: boolean;
}

function announcedSize(c: Context): AnnouncedSize {
  const contentRange = c.req.header("Content-Range");
  if (contentRange !== undefined) return { range: parseContentRange(contentRange), isEmptyFile: false };
  const header = c.req.header("Content-Length");
  if (header === undefined || !/^\d{1,15}$/.test(header)) {
    throw new AppError("badRequest", {
      title: "The length of the file is missing",
      detail: "Send Content-Length for a whole file, or parts with Content-Range.",
      pointer: "Content-Length",
    });
  }
  const total = Number(header);
  return { range: { first: 0, last: Math.max(0, total - 1), total }, isEmptyFile: total === 0 };
}

function checkSize(
  { range }: AnnouncedSize,
  { blobBytes, blobPartBytes }: BlobOptions["config"]["limits"],
): void {
  if (range.total > blobBytes) {
    throw new AppError("tooLarge", {
      title: "The file is too large",
      detail: `It has ${range.total} bytes; this workplace takes ${blobBytes} (capabilities.limits.blobBytes).`,
    });
  }
  const isPart = range.first > 0 || range.last < range.total - 1;
  if (isPart && range.last - range.first + 1 > blobPartBytes) {
    throw new AppError("tooLarge", {
      title: "The part is too large",
      detail: `A part has at most ${blobPartBytes} bytes (capabilities.limits.blobPartBytes).`,
    });
  }
}

function noScope(): AppError {
  return new AppError("forbidden", {
    title: "Files cannot be put there",
    detail: "You are not a member of this scope.",
    pointer: "scope",
  });
}

/** The state itself, so that the sender knows where to go on, which is also a problem. */
function wrongOffset(c: Context, state: BlobState): Response {
  const problem = new AppError("conflict", {
    title: "The part does not join on",
    detail: `The next byte expected is ${state.receivedBytes}.`,
  }).problem;
  return c.body(JSON.stringify({ ...state, ...problem }), 409, {
    "Content-Type": "application/problem+json",
  });
}

function uploadProgress(c: Context, state: BlobState): Response {
  c.header("Upload-Offset", String(state.receivedBytes));
  c.header("Upload-Complete", "?0");
  c.header("Cache-Control", "no-store");
  if (c.req.method === "HEAD") return c.body(null, 204);
  throw new AppError("notFound", {
    title: "The file is still being sent",
    detail: "Finish its upload first.",
  });
}

function download(c: Context, state: BlobState, blobs: Store["blobs"]): Response {
  const { sizeBytes } = state;
  const etag = `"${state.sha256 ?? state.id}"`;
  const headers = fileHeaders(state, etag);
  if (namesEtag(c.req.header("If-None-Match"), etag)) return new Response(null, { status: 304, headers });
  // Another file than the one the reader has a part of: it gets the whole.
  const ifRange = c.req.header("If-Range");
  const isSameFile = ifRange === undefined || ifRange.trim() === etag;
  const range = parseRange(isSameFile ? c.req.header("Range") : undefined, sizeBytes);
  if (range.kind === "unsatisfiable") return unsatisfiable(sizeBytes);
  const { first, last } = range.kind === "part" ? range : { first: 0, last: sizeBytes - 1 };
  headers.set("Content-Length", String(last - first + 1));
  if (range.kind === "part") headers.set("Content-Range", `bytes ${first}-${last}/${sizeBytes}`);
  const hasBody = c.req.method !== "HEAD" && last >= first;
  const body = hasBody ? ReadableStream.from(blobs.read(state.id, first, last)) : null;
  return new Response(body, { status: range.kind === "part" ? 206 : 200, headers });
}

function fileHeaders(state: BlobState, etag: string): Headers {
  return new Headers({
    "Content-Type": state.mediaType,
    "Content-Disposition": contentDisposition(state.name),
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
    // The bytes never change, but whether one may read them does: ask each time.
    "Cache-Control": "private, no-cache",
    ETag: etag,
    "Upload-Offset": String(state.receivedBytes),
    "Upload-Complete": "?1",
  });
}

function unsatisfiable(sizeBytes: number): Response {
  const problem = new AppError("badRequest", {
    title: "The range lies outside the file",
    detail: `The file has ${sizeBytes} bytes.`,
    pointer: "Range",
  }).problem;
  return Response.json(
    { ...problem, status: 416 },
    {
      status: 416,
      headers: { "Content-Type": "application/problem+json", "Content-Range": `bytes */${sizeBytes}` },
    },
  );
}

async function* nothing(): AsyncIterable<Uint8Array> {}
