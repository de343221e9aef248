import { createHash } from "node:crypto";
import type { FileContent, LibraryItem, LibraryVersion } from "#contract/entities/library.ts";
import {
  blobIdSchema,
  libraryItemIdSchema,
  libraryVersionId,
  naturalId,
  type BlobId,
  type LibraryItemId,
  type PersonId,
} from "#contract/ids.ts";
import { personScope, spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite, Store } from "#server/store/store.ts";
import { demoContent } from "./library-contents.ts";
import { demoLibraries, ownDemoLibrary } from "./library-data.ts";
import { parseLibrary, type ScriptedItem } from "./library-script.ts";
import { demoPersonId } from "./people.ts";
import { putRow } from "./put-row.ts";
import { createRandom } from "./random.ts";
import { demoSpaceId } from "./workplace.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const KEPT_YEARS_MS = 5 * 365 * DAY_MS;
/** Blobs stored side by side: each waits for the disk. */
const PARALLEL = 8;

export interface DemoFile {
  id: BlobId;
  scope: Scope;
  ownerId: PersonId;
  name: string;
  mediaType: string;
  bytes: Buffer;
}

export interface DemoLibraries {
  rows: RowWrite[];
  files: DemoFile[];
}

/** Libraries of spaces and of the demonstration's own person: folders, files with their versions, locks, marks. */
export function createLibraries(nowMs: number): DemoLibraries {
  const result: DemoLibraries = { rows: [], files: [] };
  for (const [key, script] of Object.entries(demoLibraries))
    addLibrary(result, { key, scope: spaceScope(demoSpaceId(key)), script, nowMs });
  const own = personScope(demoPersonId("camille"));
  addLibrary(result, { key: "camille", scope: own, script: ownDemoLibrary, nowMs });
  return result;
}

interface Library {
  key: string;
  scope: Scope;
  script: string;
  nowMs: number;
}

function addLibrary(result: DemoLibraries, library: Library): void {
  for (const item of parseLibrary(library.script)) {
    if (item.isFolder) result.rows.push(putRow(library.scope, "libraryItem", itemOf(library, item)));
    else addFile(result, library, item);
  }
}

function addFile(result: DemoLibraries, library: Library, scripted: ScriptedItem): void {
  const item = itemOf(library, scripted);
  let content: FileContent | undefined;
  for (let version = 1; version <= scripted.versions; version += 1) {
    const file = fileOf(library, scripted, version);
    result.files.push(file);
    content = contentOf(file);
    const { by } = scripted;
    const row: LibraryVersion = {
      id: libraryVersionId(item.id, version),
      itemId: item.id,
      version,
      content,
      writtenBy: demoPersonId(by),
      writtenAt: timeOf(library, scripted, version),
      ...(version > 1 && version % 3 === 0 ? { note: "Relu et complété" } : {}),
    };
    result.rows.push(putRow(library.scope, "libraryVersion", row));
  }
  const modifiedAt = timeOf(library, scripted, scripted.versions);
  const data = {
    ...item,
    modifiedAt,
    version: scripted.versions,
    ...(content === undefined ? {} : { content }),
  };
  result.rows.push(putRow(library.scope, "libraryItem", data));
}

function itemOf(library: Library, scripted: ScriptedItem): LibraryItem {
  const { path, by, labels, lock, preservedFor } = scripted;
  const [personId, at] = [demoPersonId(by), timeOf(library, scripted, 1)];
  const folderId = path.length > 1 ? idOf(library, path.slice(0, -1)) : undefined;
  const preserved = preservedFor === null ? undefined : { until: toIsoTime(library.nowMs + KEPT_YEARS_MS) };
  return {
    id: idOf(library, path),
    kind: scripted.isFolder ? "folder" : "file",
    ...(folderId === undefined ? {} : { folderId }),
    name: path.at(-1) ?? "",
    ...(labels.length === 0 ? {} : { labels: [...labels] }),
    ...(scripted.isRestricted ? { classification: "restricted" as const } : {}),
    ...(scripted.isTemplate ? { isTemplate: true } : {}),
    createdBy: personId,
    createdAt: at,
    modifiedBy: personId,
    modifiedAt: at,
    ...(lock === null
      ? {}
      : {
          lock: {
            personId: demoPersonId(lock.by),
            lockedAt: toIsoTime(library.nowMs - 3 * HOUR_MS),
            ...(lock.note === "" ? {} : { note: lock.note }),
          },
        }),
    ...(preserved === undefined || preservedFor === null
      ? {}
      : { preservation: { ...preserved, reason: preservedFor, personId, preservedAt: at } }),
    ...(scripted.isTrashed ? { trashed: { at: toIsoTime(library.nowMs - 5 * DAY_MS), personId } } : {}),
  };
}

/** Of a version: the first some days after the folder's day, the others in the days that follow, never after now. */
function timeOf(library: Library, { path, daysAgo, versions }: ScriptedItem, version: number) {
  const random = createRandom(`library:${library.key}:${path.join("/")}`);
  const span = Math.max(1, Math.min(daysAgo, 12));
  const day = daysAgo - ((version - 1) * span) / Math.max(1, versions);
  return toIsoTime(Math.round(library.nowMs - day * DAY_MS - random.int(20, 170) * 60_000));
}

function idOf({ key }: Library, path: readonly string[]): LibraryItemId {
  return libraryItemIdSchema.parse(naturalId("demo", "library", key, ...path));
}

function fileOf(library: Library, { path, by }: ScriptedItem, version: number): DemoFile {
  const name = path.at(-1) ?? "";
  const id = blobIdSchema.parse(naturalId("demo", "blob", library.key, ...path, String(version)));
  return { id, scope: library.scope, ownerId: demoPersonId(by), name, ...demoContent(name, version) };
}

function contentOf({ id, bytes, mediaType }: DemoFile): FileContent {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { blobId: id, mediaType, sizeBytes: bytes.length, sha256 };
}

/** Stores the bytes. Uploads cut off by a kill are finished. */
export async function storeFiles(store: Store, files: readonly DemoFile[]): Promise<void> {
  const queue = files.values();
  const work = async () => {
    for (const file of queue) await storeFile(store, file);
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

async function storeFile(store: Store, { id, bytes, ...start }: DemoFile): Promise<void> {
  const known = await store.blobs.state(id);
  if (known?.isComplete === true) return;
  await store.blobs.begin({ ...start, id, sizeBytes: bytes.length, receivedBytes: 0, isComplete: false });
  const offset = known?.receivedBytes ?? 0;
  if (offset < bytes.length) await store.blobs.append(id, offset, once(bytes.subarray(offset)));
  await store.blobs.complete(id, undefined);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
