import {
  libraryItemSchema,
  libraryItemSettingsSchema,
  type LibraryItem,
} from "#contract/entities/library.ts";
import type { MutationArgs, MutationName } from "#contract/mutations.ts";
import type { RefusedWrite } from "#contract/views/message-view.ts";
import { copyItem } from "./document-copies.ts";
import type { LaidItem } from "./document-library.ts";
import type { DocumentOverlay } from "./document-overlay.ts";
import { argsOf, isInside, make, newItem } from "./document-write-parts.ts";
import { text } from "./entry.ts";
import { isFailed, pendingOf } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";
import { isSame } from "./same.ts";

type Write = (overlay: DocumentOverlay, entry: OutboxEntry) => Promise<void> | void;

/** What each write will do once the server has carried it out; what it would refuse is only marked. */
const writes: ReadonlyMap<string, Write> = new Map<MutationName, Write>([
  ["folder.create", createFolder],
  ["file.add", addFile],
  ["file.write", writeFile],
  ["file.restoreVersion", restoreVersion],
  ["file.lock", lockFile],
  ["file.unlock", unlockFile],
  ["libraryItem.update", updateItem],
  ["libraryItem.move", moveItem],
  ["libraryItem.copy", copyItem],
  ["libraryItem.trash", trashItem],
  ["libraryItem.restore", restoreItem],
  ["libraryItem.remove", removeItem],
  ["libraryItem.preserve", preserveItem],
]);

/** Lays the writes of one library over its items, in the order in which they were made. */
export async function layWrites(overlay: DocumentOverlay, entries: readonly OutboxEntry[]): Promise<void> {
  for (const entry of entries) {
    if (isFailed(entry)) await layRefused(overlay, entry);
    else await writes.get(entry.mutation.name)?.(overlay, entry);
  }
}

async function layRefused(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  const refused = refusedOf(entry);
  const id = text(entry.mutation.args, "id");
  if (refused === undefined) return;
  const laid = (await overlay.find(id)) ?? phantomOf(overlay, entry);
  if (laid !== undefined) overlay.refuse(laid, refused);
}

function refusedOf({ mutation, status, problem, current }: OutboxEntry): RefusedWrite | undefined {
  if (status !== "conflict" && status !== "rejected") return undefined;
  const { id: mutationId, name, args, madeAt } = mutation;
  return { mutationId, name, args, status, problem, madeAt, current: current?.data ?? null };
}

/** What was to be made and was refused: shown where it was to lie, for the person to decide. */
function phantomOf(overlay: DocumentOverlay, entry: OutboxEntry): LaidItem | undefined {
  const folder = argsOf(entry.mutation, "folder.create");
  const file = argsOf(entry.mutation, "file.add");
  const made = folder ?? file;
  if (made === undefined) return undefined;
  const item = newItem(overlay, entry.mutation, made, file === undefined ? "folder" : "file");
  const local = file === undefined ? null : overlay.localBytes(file.blobId);
  return { item, local, pending: null, refused: [], isPhantom: true };
}

function createFolder(overlay: DocumentOverlay, entry: OutboxEntry): void {
  const args = argsOf(entry.mutation, "folder.create");
  if (args === undefined) return;
  make(overlay, entry, { item: newItem(overlay, entry.mutation, args, "folder"), local: null });
}

function addFile(overlay: DocumentOverlay, entry: OutboxEntry): void {
  const args = argsOf(entry.mutation, "file.add");
  if (args === undefined) return;
  const item: LibraryItem = { ...newItem(overlay, entry.mutation, args, "file"), version: 1 };
  make(overlay, entry, { item, local: overlay.localBytes(args.blobId) });
}

async function writeFile(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  const args = argsOf(entry.mutation, "file.write");
  if (args === undefined) return;
  await onFile(overlay, entry, (laid) => {
    if (isLockedByOther(overlay, laid) || (laid.item.version ?? 0) !== args.baseVersion) return laid;
    const { content: _before, ...rest } = laid.item;
    return { ...laid, item: written(overlay, entry, rest), local: overlay.localBytes(args.blobId) };
  });
}

async function restoreVersion(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  const args = argsOf(entry.mutation, "file.restoreVersion");
  if (args === undefined) return;
  const version = await overlay.reader.version(args.id, args.version);
  await onFile(overlay, entry, (laid) => {
    const isMoved = (laid.item.version ?? 0) !== args.baseVersion;
    if (version === undefined || isMoved || isLockedByOther(overlay, laid)) return laid;
    return {
      ...laid,
      item: { ...written(overlay, entry, laid.item), content: version.content },
      local: null,
    };
  });
}

function written({ reader }: DocumentOverlay, { mutation }: OutboxEntry, item: LibraryItem): LibraryItem {
  const version = (item.version ?? 0) + 1;
  return { ...item, version, modifiedBy: reader.me, modifiedAt: mutation.madeAt };
}

async function lockFile(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  const args = argsOf(entry.mutation, "file.lock");
  if (args === undefined) return;
  const { me } = overlay.reader;
  await onFile(overlay, entry, (laid) => {
    if (isLockedByOther(overlay, laid)) return laid;
    const { lock: before } = laid.item;
    const lock = {
      personId: me,
      lockedAt: before?.personId === me ? before.lockedAt : entry.mutation.madeAt,
      ...(args.expiresAt === undefined ? {} : { expiresAt: args.expiresAt }),
      ...(args.note === undefined ? {} : { note: args.note }),
    };
    return { ...laid, item: { ...laid.item, lock } };
  });
}

async function unlockFile(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  await onItem(overlay, entry, (laid) => {
    const { lock: _lock, ...item } = laid.item;
    const isTheirs = overlay.reader.canRun || !isLockedByOther(overlay, laid);
    return overlay.isUsed(laid) && isTheirs ? { ...laid, item } : laid;
  });
}

async function updateItem(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  const args = argsOf(entry.mutation, "libraryItem.update");
  if (args === undefined) return;
  await onItem(overlay, entry, (laid) => {
    const item = mayChange(overlay, laid) ? withSettings(laid.item, args) : undefined;
    return item === undefined ? laid : { ...laid, item };
  });
}

/** As the server merges them: undefined when a field is neither as it was seen nor as it is wanted. */
function withSettings(
  item: LibraryItem,
  { base, changes }: MutationArgs<"libraryItem.update">,
): LibraryItem | undefined {
  const next: Record<string, unknown> = { ...item };
  for (const [field, wanted] of Object.entries(changes)) {
    if (!Object.hasOwn(libraryItemSettingsSchema.shape, field)) return undefined;
    const present = next[field] ?? null;
    if (!isSame(present, base[field] ?? null) && !isSame(present, wanted ?? null)) return undefined;
    if (wanted === null || wanted === undefined) delete next[field];
    else next[field] = wanted;
  }
  return libraryItemSchema.safeParse(next).data;
}

async function moveItem(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  const args = argsOf(entry.mutation, "libraryItem.move");
  if (args === undefined) return;
  const target = args.folderId ?? undefined;
  await onItem(overlay, entry, (laid) => {
    const { folderId, ...rest } = laid.item;
    const isMoved = (folderId ?? null) !== args.baseFolderId && folderId !== target;
    const isWithin = target !== undefined && isInside(overlay, target, laid.item.id);
    if (isMoved || isWithin || !overlay.isOpenFolder(target)) return laid;
    if (!mayChange(overlay, laid) || isLockedByOther(overlay, laid)) return laid;
    const where = target === undefined ? {} : { folderId: target };
    return { ...laid, item: { ...rest, ...where, name: args.name ?? rest.name } };
  });
}

async function trashItem(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  await onItem(overlay, entry, (laid) => {
    const { lock: _lock, ...item } = laid.item;
    if (item.trashed !== undefined || laid.isPhantom || isNotTheirs(overlay, laid)) return laid;
    if (overlay.isHeldInside(item.id)) return laid;
    const trashed = { at: entry.mutation.madeAt, personId: overlay.reader.me };
    return { ...laid, item: { ...item, trashed } };
  });
}

async function restoreItem(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  await onItem(
    overlay,
    entry,
    (laid) => {
      const { trashed, folderId, ...rest } = laid.item;
      if (trashed === undefined || isNotTheirs(overlay, laid)) return laid;
      const isThere = folderId !== undefined && overlay.isOpenFolder(folderId);
      return { ...laid, item: isThere ? { ...rest, folderId } : rest };
    },
    true,
  );
}

async function removeItem(overlay: DocumentOverlay, { mutation }: OutboxEntry): Promise<void> {
  const id = text(mutation.args, "id");
  const laid = await overlay.find(id);
  if (laid?.item.trashed === undefined) return;
  const { me, canRun } = overlay.reader;
  if (laid.item.createdBy !== me && laid.item.trashed.personId !== me && !canRun) return;
  const inside = [...overlay.library.contents(id)];
  if ([laid.item.id, ...inside.map((fact) => fact.id)].some((each) => overlay.isPreserved(each))) return;
  for (const fact of inside) overlay.remove(fact.id);
  overlay.remove(id);
}

async function preserveItem(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  const args = argsOf(entry.mutation, "libraryItem.preserve");
  if (args === undefined) return;
  await onItem(overlay, entry, (laid) => {
    const { until } = args;
    const standing = laid.item.preservation?.until;
    if (until <= overlay.reader.now || (standing !== undefined && until < standing)) return laid;
    if (!overlay.isUsed(laid) || !overlay.reader.canRun) return laid;
    const preservation = {
      until,
      ...(args.reason === undefined ? {} : { reason: args.reason }),
      personId: overlay.reader.me,
      preservedAt: entry.mutation.madeAt,
    };
    return { ...laid, item: { ...laid.item, preservation } };
  });
}

/** A file in use that nobody preserves. */
async function onFile(
  overlay: DocumentOverlay,
  entry: OutboxEntry,
  change: (laid: LaidItem) => LaidItem,
): Promise<void> {
  await onItem(overlay, entry, (laid) => {
    const isFree = overlay.isUsed(laid) && !overlay.isPreserved(laid.item.id);
    return isFree && laid.item.kind === "file" ? change(laid) : laid;
  });
}

/** `change` gives the same item when the server will refuse; a name that is taken there leaves it where it is. */
async function onItem(
  overlay: DocumentOverlay,
  entry: OutboxEntry,
  change: (laid: LaidItem) => LaidItem,
  isNumbered = entry.mutation.args["numbered"] === true,
): Promise<void> {
  const found = await overlay.find(text(entry.mutation.args, "id"));
  if (found === undefined) return;
  const laid = { ...found, pending: pendingOf(entry) };
  const next = change(laid);
  const isPlaced = next.item.name !== laid.item.name || next.item.folderId !== laid.item.folderId;
  const isBack = laid.item.trashed !== undefined && next.item.trashed === undefined;
  if (!isPlaced && !isBack) overlay.put(next);
  else if (!overlay.place(next, isNumbered)) overlay.put(laid);
}

function mayChange(overlay: DocumentOverlay, laid: LaidItem): boolean {
  return overlay.isUsed(laid) && !overlay.isPreserved(laid.item.id) && !isNotTheirs(overlay, laid);
}

function isNotTheirs({ reader }: DocumentOverlay, { item }: LaidItem): boolean {
  return reader.isGuest && item.createdBy !== reader.me;
}

function isLockedByOther(overlay: DocumentOverlay, { item }: LaidItem): boolean {
  const fact = overlay.library.get(item.id);
  return fact !== undefined && overlay.isLockedByOther(fact);
}
