import { createWriteStream } from "node:fs";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { nameFault } from "#contract/file-names.ts";
import type { LibraryItem } from "#contract/entities/library.ts";
import { blobIdSchema, createId, type BlobId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { safeMediaType } from "../blobs/headers.ts";
import { DavError } from "./dav-error.ts";
import { mediaTypeByName, UNKNOWN_TYPE } from "./media-types.ts";
import { etagOf, requireItem, type DavRequest } from "./dav-request.ts";
import type { Resource } from "./dav-tree.ts";

type Missing = Extract<Resource, { kind: "missing" }>;

/** PUT (RFC 4918 section 9.7): a new file, or a new version of the one that is there. */
export async function put(dav: DavRequest): Promise<Response> {
  const found = await dav.find();
  if (dav.header("content-range") !== null) throw new DavError(400, "A part of a file cannot be put.");
  await dav.assertConditions(found);
  dav.requireUnlocked(dav.steps);
  dav.requireNotCheckedOut(found);
  if (found.kind === "item" && found.item.kind === "file") {
    const { item, scope } = found;
    assertUnpreserved(dav, item);
    const blobId = await takeBody(dav, scope, item.name);
    const baseVersion = item.version ?? 1;
    await orForget(dav, blobId, () => dav.write(scope, "file.write", { id: item.id, blobId, baseVersion }));
    return await written(dav, 204);
  }
  if (found.kind !== "missing") throw new DavError(405, "A folder has no content.");
  const { scope, folderId } = requirePlace(found);
  dav.requireFolderUnlocked(dav.steps);
  const blobId = await takeBody(dav, scope, found.name);
  const { name } = found;
  await orForget(dav, blobId, () =>
    dav.write(scope, "file.add", { id: createId(), ...inFolder(folderId), name, blobId }),
  );
  return await written(dav, 201);
}

/** Asked before the bytes travel; the command asks again. @throws DavError 403 */
function assertUnpreserved(dav: DavRequest, { preservation }: LibraryItem): void {
  if (preservation === undefined || Date.parse(preservation.until) <= dav.options.clock()) return;
  throw new DavError(403, `It is preserved until ${preservation.until}.`);
}

/** Bytes that no file took belong to nothing. */
export async function orForget<T>(dav: DavRequest, blobId: BlobId, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    await dav.options.store.blobs.remove(blobId);
    throw error;
  }
}

async function written(dav: DavRequest, status: number): Promise<Response> {
  const etag = etagOf(await dav.find());
  return new Response(null, { status, headers: etag === undefined ? {} : { etag } });
}

/** What keeps the name of a lock on nothing. */
export async function addEmptyFile(dav: DavRequest, found: Missing): Promise<void> {
  const { scope, folderId } = requirePlace(found);
  const blobId = await keep(dav, scope, { name: found.name, sizeBytes: 0, bytes: nothing() });
  const { name } = found;
  await orForget(dav, blobId, () =>
    dav.write(scope, "file.add", { id: createId(), ...inFolder(folderId), name, blobId }),
  );
}

/** MKCOL (RFC 4918 section 9.3). */
export async function mkcol(dav: DavRequest): Promise<Response> {
  if (hasBody(dav.request)) throw new DavError(415, "A folder is made without a body.");
  const found = await dav.find();
  if (found.kind !== "missing") throw new DavError(405, "Something of that name is there.");
  await dav.assertConditions(found);
  const { scope, folderId } = requirePlace(found);
  dav.requireUnlocked(dav.steps);
  dav.requireFolderUnlocked(dav.steps);
  await dav.write(scope, "folder.create", { id: createId(), ...inFolder(folderId), name: found.name });
  return new Response(null, { status: 201 });
}

/** DELETE (RFC 4918 section 9.6): into the trash, from where it can be restored. */
export async function remove(dav: DavRequest): Promise<Response> {
  if (dav.header("depth") !== null && dav.depth("infinity") !== "infinity")
    throw new DavError(400, "What is deleted is deleted whole.");
  const found = await dav.find();
  const { scope, item } = requireItem(found);
  // A fragment names nothing that could be deleted alone.
  if (dav.request.url.includes("#")) throw new DavError(400, "The address has a fragment.");
  await dav.assertConditions(found);
  dav.requireUnlocked(dav.steps, { isDeep: true });
  dav.requireFolderUnlocked(dav.steps);
  dav.requireNotCheckedOut(found);
  await dav.write(scope, "libraryItem.trash", { id: item.id });
  dav.options.locks.forget(dav.key());
  return new Response(null, { status: 204 });
}

/** @throws DavError 409 without a folder, 403 in none of the libraries, 400 for a name that no library holds */
export function requirePlace({ scope, parent, name }: Missing): {
  scope: Scope;
  folderId: string | undefined;
} {
  if (scope === null) throw new DavError(403, "Files are put into libraries.");
  if (parent === undefined) throw new DavError(409, "Its folder is not there.");
  const fault = nameFault(name);
  if (fault !== undefined)
    throw new DavError(fault === "tooLong" ? 414 : 400, `A library cannot hold this name (${fault}).`);
  return { scope, folderId: parent.folderId };
}

export function inFolder(folderId: string | undefined): { folderId?: string } {
  return folderId === undefined ? {} : { folderId };
}

function hasBody(request: Request): boolean {
  return Number(request.headers.get("content-length") ?? 0) > 0 || request.headers.has("transfer-encoding");
}

/** The body as a file of the library's scope, never in memory whole. @throws DavError 400, 413, 507 */
async function takeBody(dav: DavRequest, scope: Scope, name: string): Promise<BlobId> {
  const announced = dav.header("content-length");
  const body = dav.request.body ?? nothing();
  if (announced !== null && /^\d{1,15}$/.test(announced))
    return await keep(dav, scope, { name, sizeBytes: Number(announced), bytes: body });
  // A file of unknown length is first put aside: its place is only made once it is known how large it is.
  const folder = await mkdtemp(join(tmpdir(), "parvis-dav-"));
  try {
    const file = join(folder, "body");
    await pipeline(
      Readable.from(limited(body, dav.options.limits.blobBytes)),
      createWriteStream(file, { mode: 0o600 }),
    );
    const { size } = await stat(file);
    return await keep(dav, scope, { name, sizeBytes: size, bytes: createReadStream(file) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* limited(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > most) throw tooLarge(most);
    yield piece;
  }
}

interface NewBytes {
  name: string;
  sizeBytes: number;
  bytes: AsyncIterable<Uint8Array>;
}

export async function keep(
  dav: DavRequest,
  scope: Scope,
  { name, sizeBytes, bytes }: NewBytes,
): Promise<BlobId> {
  const { store, limits } = dav.options;
  if (sizeBytes > limits.blobBytes) throw tooLarge(limits.blobBytes);
  const id = blobIdSchema.parse(createId());
  const declared = safeMediaType(dav.header("content-type") ?? undefined);
  const mediaType = declared === UNKNOWN_TYPE ? mediaTypeByName(name) : declared;
  const begun = { id, scope, name, mediaType, sizeBytes, receivedBytes: 0, isComplete: false };
  await store.blobs.begin({ ...begun, ownerId: dav.personId });
  try {
    if (sizeBytes > 0) await store.blobs.append(id, 0, limited(bytes, sizeBytes));
    const state = await store.blobs.state(id);
    if (state?.receivedBytes !== sizeBytes) throw new DavError(400, "The body ended too early.");
    await store.blobs.complete(id, undefined);
    return id;
  } catch (error) {
    await store.blobs.remove(id);
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function tooLarge(most: number): DavError {
  return new DavError(413, `A file may have ${most} bytes.`);
}
