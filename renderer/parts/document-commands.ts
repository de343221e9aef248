import type { Classification } from "#contract/classification.ts";
import type { LibraryShare } from "#contract/entities/library-share.ts";
import { libraryItemSchema, type LibraryItem } from "#contract/entities/library.ts";
import {
  blobIdSchema,
  createId,
  libraryItemIdSchema,
  libraryShareIdSchema,
  messageIdSchema,
  type LibraryItemId,
  type LibraryShareId,
  type PersonId,
} from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { failed, ok, type Result } from "#contract/result.ts";
import { personScope, shareScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import type { RefusedWrite } from "#contract/views/message-view.ts";
import { createAdding, type DocumentClient, type Spot } from "./document-adding.ts";
import { createCopying } from "./document-copying.ts";
import { createWrite, type Mutated, type Write } from "./write.ts";

export interface DocumentCommandsOptions {
  client: DocumentClient;
  me: PersonId;
  /** Address of a blob under this origin. */
  blobUrl: (blobId: string) => string;
  fetch?: typeof globalThis.fetch;
}

type Target = Pick<DocumentView, "scope" | "item">;
/** Without an id a new one. */
export type GivenShare = Pick<LibraryShare, "personIds" | "right" | "expiresAt" | "note"> & {
  id?: LibraryShareId;
};
type Settings = Partial<
  Pick<LibraryItem, "name" | "description" | "labels" | "classification" | "isTemplate">
>;
type SettingChanges = { [F in keyof Settings]: Settings[F] | null };

/** Everything that a person can do with documents of libraries; each is at once on disk, and shown. */
export function createDocumentCommands(options: DocumentCommandsOptions) {
  const { client, me, blobUrl, fetch = globalThis.fetch.bind(globalThis) } = options;
  const write = createWrite(client);
  return {
    ...createAdding(client, write),
    ...createCopying({ client, write, blobUrl, fetch }),
    ...createItemCommands(write, me),
    ...createDecisions(client, write),
  };
}

export type DocumentCommands = ReturnType<typeof createDocumentCommands>;

function createItemCommands(write: Write, me: PersonId) {
  /** `null` takes a value away. What the person saw of each field goes with it. */
  const change = ({ scope, item }: Target, changes: SettingChanges): Promise<Mutated> => {
    const seen: Readonly<Record<string, unknown>> = item;
    const base = Object.fromEntries(Object.keys(changes).map((field) => [field, seen[field] ?? null]));
    return write("libraryItem.update", scope, { id: item.id, base, changes });
  };
  return {
    async createFolder({ scope, folderId }: Spot, name: string): Promise<Result<LibraryItemId>> {
      const id = libraryItemIdSchema.parse(createId());
      const where = folderId === null ? {} : { folderId };
      const made = await write("folder.create", scope, { id, ...where, name });
      return made.ok ? ok(id) : made;
    },
    rename: (target: Target, name: string) => change(target, { name }),
    describe: (target: Target, description: string) =>
      change(target, { description: description === "" ? null : description }),
    setLabels: (target: Target, labels: readonly string[]) =>
      change(target, { labels: labels.length === 0 ? null : [...labels] }),
    /** Null: as the space is marked. */
    classify: (target: Target, classification: Classification | null) => change(target, { classification }),
    setTemplate: (target: Target, isTemplate: boolean) =>
      change(target, { isTemplate: isTemplate ? true : null }),
    trash: ({ scope, item }: Target) => write("libraryItem.trash", scope, { id: item.id }),
    /** Also to undo `trash`. */
    restore: ({ scope, item }: Target) => write("libraryItem.restore", scope, { id: item.id }),
    removeForGood: ({ scope, item }: Target) => write("libraryItem.remove", scope, { id: item.id }),
    lock: ({ scope, item }: Target, more: { expiresAt?: IsoTime; note?: string } = {}) =>
      write("file.lock", scope, { id: item.id, ...more }),
    unlock: ({ scope, item }: Target) => write("file.unlock", scope, { id: item.id }),
    restoreVersion: ({ scope, item }: Target, version: number) =>
      write("file.restoreVersion", scope, { id: item.id, version, baseVersion: item.version ?? 1 }),
    preserve: ({ scope, item }: Target, until: IsoTime, reason: string) =>
      write("libraryItem.preserve", scope, { id: item.id, until, ...(reason === "" ? {} : { reason }) }),
    /** Begins the discussion of a document of a space, unless somebody has. */
    discuss: ({ scope, item }: Target) =>
      write("libraryItem.discuss", scope, { id: item.id, messageId: messageIdSchema.parse(createId()) }),
    /** Gives the item to others, or changes what was given. */
    share: ({ scope, item }: Target, { id, ...given }: GivenShare) =>
      write("libraryShare.set", scope, {
        id: id ?? libraryShareIdSchema.parse(createId()),
        itemId: item.id,
        ...given,
      }),
    endShare: ({ sourceScope, id }: Pick<LibraryShare, "sourceScope" | "id">) =>
      write("libraryShare.end", sourceScope, { id }),
    leaveShare: ({ id }: Pick<LibraryShare, "id">) => write("libraryShare.leave", shareScope(id), {}),
    setFavourite({ scope, item }: Target, isFavourite: boolean): Promise<Mutated> {
      const object = { kind: "row" as const, scope, collection: "libraryItem", id: item.id };
      return isFavourite
        ? write("item.save", personScope(me), { object, excerpt: item.name.slice(0, 300) })
        : write("item.remove", personScope(me), { object });
    },
  };
}

/** What a person decides about a write that was refused. */
function createDecisions(client: DocumentClient, write: Write) {
  const discard = (refused: RefusedWrite) =>
    client.call("outbox.discard", { mutationId: refused.mutationId });
  const again = (refused: RefusedWrite, changes: Record<string, unknown>) =>
    client.call("outbox.retry", { mutationId: refused.mutationId, changes });
  return {
    /** Given up, with what depends on it. */
    giveUp: discard,
    /** Made again as it was, upon what stands on the server now. */
    tryAgain: (refused: RefusedWrite) => client.call("outbox.retry", { mutationId: refused.mutationId }),
    /** The name was taken: the next free number goes behind it. */
    keepBoth: (refused: RefusedWrite) => again(refused, { numbered: true }),
    /** The same under another name. */
    callIt(refused: RefusedWrite, name: string) {
      const { changes } = refused.args;
      const isUpdate = typeof changes === "object" && changes !== null;
      return again(refused, isUpdate ? { changes: { ...changes, name } } : { name });
    },
    /**
     * A file whose name was taken becomes a new version of the one that has it; one that somebody wrote meanwhile is
     * written over (their version stays among the former ones).
     */
    async replace(scope: Spot["scope"], refused: RefusedWrite): Promise<Mutated> {
      const current = libraryItemSchema.safeParse(refused.current).data;
      const blobId = blobIdSchema.safeParse(refused.args["blobId"]).data;
      if (current?.kind !== "file" || blobId === undefined) return undecidable();
      const args = { id: current.id, blobId, baseVersion: current.version ?? 1 };
      const made = await write("file.write", scope, args);
      if (made.ok) await discard(refused);
      return made;
    },
    /** Somebody wrote the file meanwhile: what was to be written becomes a file of its own beside it. */
    async keepBeside({ scope, item }: Target, refused: RefusedWrite, name: string): Promise<Mutated> {
      const blobId = blobIdSchema.safeParse(refused.args["blobId"]).data;
      if (blobId === undefined) return undecidable();
      const where = item.folderId === undefined ? {} : { folderId: item.folderId };
      const id = libraryItemIdSchema.parse(createId());
      const made = await write("file.add", scope, { id, ...where, name, blobId, numbered: true });
      if (made.ok) await discard(refused);
      return made;
    },
  };
}

function undecidable(): Mutated {
  return failed(new AppError("badRequest", { title: "This cannot be decided so" }).problem);
}
