import type { LibraryItem } from "#contract/entities/library.ts";
import { createId, libraryItemIdSchema } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { DavError } from "./dav-error.ts";
import { destinationOf, type DavSteps } from "./dav-path.ts";
import { requireItem, type DavRequest } from "./dav-request.ts";
import type { Resource } from "./dav-tree.ts";
import { inFolder, keep, orForget, requirePlace } from "./writing.ts";

type Method = "COPY" | "MOVE";

interface Placing {
  to: DavSteps;
  /** What is in the place that is wanted. */
  present: Resource;
  source: Extract<Resource, { kind: "item" }>;
}

/** COPY and MOVE (RFC 4918 sections 9.8 and 9.9), also from one library to another. */
export async function place(dav: DavRequest, method: Method): Promise<Response> {
  const to = destinationOf(dav.request);
  const overwrite = overwriteOf(dav.header("overwrite"));
  const depth = dav.depth("infinity");
  if (depth === "1" || (method === "MOVE" && depth === "0")) throw new DavError(400, "It goes whole.");
  const found = await dav.find();
  const source = requireItem(found);
  await dav.assertConditions(found);
  const [from, target] = [dav.key(), dav.key(to)];
  // Only its case, or how its accents are composed, is another: a rename.
  const isRespelt = method === "MOVE" && from === target && dav.steps.at(-1) !== to.at(-1);
  if (from === target && !isRespelt) throw new DavError(403, "It is there already.");
  if (target.startsWith(`${from}/`)) throw new DavError(409, "A folder cannot be put into itself.");
  const present: Resource = isRespelt
    ? {
        kind: "missing",
        scope: source.scope,
        name: to.at(-1) ?? "",
        parent: { folderId: source.item.folderId },
      }
    : await dav.find(to);
  if (present.kind !== "missing" && present.kind !== "item")
    throw new DavError(403, "The top of a library stays.");
  if (present.kind === "item" && !overwrite) throw new DavError(412, "Something of that name is there.");
  if (present.kind === "missing") requirePlace(present);
  if (method === "MOVE") {
    dav.requireUnlocked(dav.steps, { isDeep: true });
    dav.requireFolderUnlocked(dav.steps);
    dav.requireNotCheckedOut(found);
  }
  dav.requireUnlocked(to, { isDeep: true });
  if (present.kind === "missing") dav.requireFolderUnlocked(to);
  dav.requireNotCheckedOut(present);
  await carryOut(dav, method, { to, present, source }, depth === "0");
  return new Response(null, { status: present.kind === "item" ? 204 : 201 });
}

/** What was in the place goes to the trash first, and comes back when the rest fails. */
async function carryOut(
  dav: DavRequest,
  method: Method,
  placing: Placing,
  isShallow: boolean,
): Promise<void> {
  const { present, to, source } = placing;
  if (present.kind === "item") {
    // A file over a file is a new version of it, so that its history goes on.
    if (method === "COPY" && present.item.kind === "file" && source.item.kind === "file") {
      await overwriteContent(dav, source, present);
      return;
    }
    await dav.write(present.scope, "libraryItem.trash", { id: present.item.id });
  }
  try {
    const there = await dav.find(to);
    if (there.kind !== "missing" && dav.key(to) !== dav.key()) throw new DavError(409, "The place is taken.");
    const where = there.kind === "missing" ? there : present;
    if (where.kind !== "missing") throw new DavError(409, "The place is taken.");
    const { scope, folderId } = requirePlace(where);
    const name = to.at(-1) ?? "";
    if (method === "COPY") await copyInto(dav, source, { scope, folderId, name }, isShallow);
    else await moveInto(dav, source, { scope, folderId, name });
  } catch (error) {
    if (present.kind === "item")
      await dav.write(present.scope, "libraryItem.restore", { id: present.item.id });
    throw error;
  }
  if (present.kind === "item") dav.options.locks.forget(dav.key(to));
  if (method === "MOVE") dav.options.locks.forget(dav.key());
}

interface Into {
  scope: Scope;
  folderId: string | undefined;
  name: string;
}

async function moveInto(dav: DavRequest, { scope, item }: Placing["source"], into: Into): Promise<void> {
  if (scope !== into.scope) {
    // Another library has other readers: it is copied there, and goes to the trash here.
    await copyAcross(dav, scope, item, into, false);
    await dav.write(scope, "libraryItem.trash", { id: item.id });
    return;
  }
  await dav.write(scope, "libraryItem.move", {
    id: item.id,
    baseFolderId: item.folderId ?? null,
    folderId: into.folderId ?? null,
    name: into.name,
  });
}

async function copyInto(
  dav: DavRequest,
  { scope, item }: Placing["source"],
  into: Into,
  isShallow: boolean,
): Promise<void> {
  if (scope !== into.scope || isShallow) {
    await copyAcross(dav, scope, item, into, isShallow);
    return;
  }
  const { folderId, name } = into;
  await dav.write(scope, "libraryItem.copy", {
    id: createId(),
    sourceId: item.id,
    folderId: folderId ?? null,
    name,
  });
}

/** Item by item, bytes and all. */
async function copyAcross(
  dav: DavRequest,
  from: Scope,
  item: LibraryItem,
  { scope, folderId, name }: Into,
  isShallow: boolean,
): Promise<void> {
  const id = libraryItemIdSchema.parse(createId());
  if (item.kind === "file") {
    const blobId = await copyBytes(dav, scope, item);
    await orForget(dav, blobId, () =>
      dav.write(scope, "file.add", { id, ...inFolder(folderId), name, blobId }),
    );
  } else {
    await dav.write(scope, "folder.create", { id, ...inFolder(folderId), name });
    const members = isShallow ? [] : await dav.tree.members({ kind: "item", scope: from, item });
    for (const { name: each, resource } of members)
      if (resource.kind === "item")
        await copyAcross(dav, from, resource.item, { scope, folderId: id, name: each }, false);
  }
  if (item.properties === undefined) return;
  const changes = { properties: item.properties };
  await dav.write(scope, "libraryItem.update", { id, base: { properties: null }, changes });
}

async function overwriteContent(
  dav: DavRequest,
  source: Placing["source"],
  present: Placing["source"],
): Promise<void> {
  const blobId = await copyBytes(dav, present.scope, source.item);
  const { id, version = 1, properties } = present.item;
  await orForget(dav, blobId, () =>
    dav.write(present.scope, "file.write", { id, blobId, baseVersion: version }),
  );
  await dav.write(present.scope, "libraryItem.update", {
    id,
    base: { properties: properties ?? null },
    changes: { properties: source.item.properties ?? null },
  });
}

async function copyBytes(dav: DavRequest, scope: Scope, { name, content }: LibraryItem) {
  const sizeBytes = content?.sizeBytes ?? 0;
  const bytes =
    content === undefined || sizeBytes === 0
      ? empty()
      : dav.options.store.blobs.read(content.blobId, 0, sizeBytes - 1);
  return await keep(dav, scope, { name, sizeBytes, bytes });
}

async function* empty(): AsyncGenerator<Uint8Array> {}

function overwriteOf(header: string | null): boolean {
  const value = header?.trim().toUpperCase() ?? "T";
  if (value === "T" || value === "F") return value === "T";
  throw new DavError(400, "The header Overwrite is T or F.");
}
