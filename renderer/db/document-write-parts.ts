import type { LibraryItem } from "#contract/entities/library.ts";
import { mutations, type Mutation, type MutationArgs, type MutationName } from "#contract/mutations.ts";
import type { LaidItem } from "./document-library.ts";
import type { DocumentOverlay } from "./document-overlay.ts";
import { pendingOf } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";

/** Puts something new where it is to lie; where the server will refuse it, it is only shown there. */
export function make(
  overlay: DocumentOverlay,
  entry: OutboxEntry,
  { item, local }: Pick<LaidItem, "item" | "local">,
): void {
  // Carried out already: the row came before its answer.
  if (overlay.library.get(item.id) !== undefined) return;
  const laid = { item, local, pending: pendingOf(entry), refused: [], isPhantom: false };
  const isNumbered = entry.mutation.args["numbered"] === true;
  if (overlay.isOpenFolder(item.folderId) && overlay.place(laid, isNumbered)) return;
  overlay.put({ ...laid, isPhantom: true });
}

export function newItem(
  { reader }: DocumentOverlay,
  { madeAt }: Mutation,
  { id, folderId, name }: Pick<LibraryItem, "id" | "folderId" | "name">,
  kind: LibraryItem["kind"],
): LibraryItem {
  const by = { createdBy: reader.me, createdAt: madeAt, modifiedBy: reader.me, modifiedAt: madeAt };
  return { id, kind, ...(folderId === undefined ? {} : { folderId }), name, ...by };
}

export function isInside(overlay: DocumentOverlay, folderId: string, id: string): boolean {
  const above = overlay.library.above({ folderId }) ?? [];
  return above.some((folder) => folder.id === id);
}

const known = new WeakMap<Mutation, unknown>();

/** Arguments of a write, when it has this name and they fit: parsed once, however often views are computed. */
export function argsOf<N extends MutationName>(mutation: Mutation, name: N): MutationArgs<N> | undefined {
  if (mutation.name !== name) return undefined;
  if (!known.has(mutation)) known.set(mutation, mutations[name].safeParse(mutation.args).data);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very name
  return known.get(mutation) as MutationArgs<N> | undefined;
}
