import { createId, libraryItemIdSchema, blobIdSchema } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { failed, ok, type Result } from "#contract/result.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { keep, type DocumentClient, type Spot } from "./document-adding.ts";
import type { Mutated, Write } from "./write.ts";

export interface CopyingOptions {
  client: DocumentClient;
  write: Write;
  /** Address of a blob under this origin. */
  blobUrl: (blobId: string) => string;
  fetch: typeof globalThis.fetch;
}

type Source = Pick<DocumentView, "scope" | "item" | "bytes">;

/** Copies within a library are the server's; into another one the bytes go through this machine. */
export function createCopying(options: CopyingOptions) {
  const { client, write } = options;

  async function copy(source: Source, to: Spot, name = source.item.name): Promise<Mutated> {
    if (source.scope === to.scope) {
      const args = { sourceId: source.item.id, folderId: to.folderId, name, numbered: true };
      return await write("libraryItem.copy", to.scope, { id: freshId(), ...args });
    }
    return source.item.kind === "folder"
      ? await copyFolder(source, to, name)
      : await copyFile(source, to, name);
  }

  async function copyFile(source: Source, { scope, folderId }: Spot, name: string): Promise<Mutated> {
    const file = await read(options, source);
    if (!file.ok) return file;
    const kept = await keep(client, scope, file.value, { name });
    if (!kept.ok) return kept;
    const blobId = blobIdSchema.parse(kept.value.blobId);
    const where = folderId === null ? {} : { folderId };
    return await write("file.add", scope, { id: freshId(), ...where, name, blobId, numbered: true });
  }

  async function copyFolder(source: Source, { scope, folderId }: Spot, name: string): Promise<Mutated> {
    const id = freshId();
    const where = folderId === null ? {} : { folderId };
    const made = await write("folder.create", scope, { id, ...where, name, numbered: true });
    if (!made.ok) return made;
    const inside = await client.once("folder", {
      scope: source.scope,
      folderId: source.item.id,
      sort: { by: "name", isDescending: false },
    });
    for (const child of inside.items) {
      const copied = await copy(child, { scope, folderId: id });
      if (!copied.ok) return copied;
    }
    return made;
  }

  return {
    /** Puts a copy there; a name that is taken gets a number. */
    copy: (source: Source, to: Spot) => copy(source, to),
    /** Beside itself. */
    duplicate: (source: Source) =>
      copy(source, { scope: source.scope, folderId: source.item.folderId ?? null }),
    newFromTemplate: (template: Source, to: Spot, name: string) => copy(template, to, name),
    /** Within its library it keeps its versions and its discussion; into another one it is copied, then put in the trash. */
    async move(source: Source, to: Spot, { isNumbered = false } = {}): Promise<Mutated> {
      const { scope, item } = source;
      if (scope === to.scope) {
        const args = { baseFolderId: item.folderId ?? null, folderId: to.folderId, numbered: isNumbered };
        return await write("libraryItem.move", scope, { id: item.id, ...args });
      }
      const copied = await copy(source, to);
      return copied.ok ? await write("libraryItem.trash", scope, { id: item.id }) : copied;
    },
  };
}

function freshId() {
  return libraryItemIdSchema.parse(createId());
}

async function read({ blobUrl, fetch }: CopyingOptions, { item, bytes }: Source): Promise<Result<Blob>> {
  const unreadable = (cause?: unknown) =>
    failed(
      new AppError("offline", { title: "The file cannot be read now", detail: item.name, cause }).problem,
    );
  if (bytes === null) return unreadable();
  try {
    const response = await fetch(blobUrl(bytes.blobId));
    if (response.ok) {
      const file = await response.blob();
      return ok(bytes.mediaType === "" ? file : new Blob([file], { type: bytes.mediaType }));
    }
    const { problem } = new AppError("notFound", { title: "The file cannot be read", detail: item.name });
    return response.status === 404 ? failed(problem) : unreadable();
  } catch (error) {
    return unreadable(error);
  }
}
