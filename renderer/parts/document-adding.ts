import { createId, libraryItemIdSchema, blobIdSchema, type LibraryItemId } from "#contract/ids.ts";
import type { Problem } from "#contract/problem.ts";
import type { Result } from "#contract/result.ts";
import type { Scope } from "#contract/scope.ts";
import type { DocumentView, UploadBatchOf } from "#contract/views/documents.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import { libraryName } from "./document-names.ts";
import type { FileTree } from "./dropped-files.ts";
import { FolderTreeMaker, type FolderChoice } from "./folder-tree.ts";
import type { Mutated, Write } from "./write.ts";

export type DocumentClient = Pick<WorkerClient, "call" | "once">;

/** Where something is put: a folder, or the top. */
export interface Spot {
  scope: Scope;
  folderId: LibraryItemId | null;
}

/** What becomes of a file whose name is taken: it gets a number, or is a new version of the one that has the name. */
export type FileChoice = "number" | { replace: Pick<DocumentView, "item"> };

export interface FileToAdd {
  file: File;
  /** Absent: as the file is called. */
  name?: string;
  choice?: FileChoice;
  /** Bytes that take the place of these once the line is good, as the next version. */
  later?: File | undefined;
}

export interface Added {
  batchId: string;
  /** Kept on this machine and on their way. */
  files: number;
  /** What became of them: a new file, or one that has a version more. */
  items: LibraryItemId[];
  /** Files that were not, and why: too large, changed meanwhile, no room. */
  problems: { name: string; problem: Problem }[];
}

/** Files copied into this machine's store side by side. */
const PARALLEL = 4;

interface Job {
  file: File;
  name: string;
  folderId: LibraryItemId | null;
  choice: FileChoice;
  later?: File | undefined;
}

/** Puts files and folders into libraries. What was taken is sent on by the worker, also after a restart. */
export function createAdding(client: DocumentClient, write: Write) {
  /** Batches whose files are still being copied, to be stopped with them. */
  const running = new Map<string, AbortController>();

  async function run(scope: Scope, name: string, jobs: readonly Job[], batchId = createId()): Promise<Added> {
    const stop = running.get(batchId) ?? new AbortController();
    running.set(batchId, stop);
    const added: Added = { batchId, files: 0, items: [], problems: [] };
    const queue = jobs.entries();
    const work = async () => {
      for (const [index, job] of queue) {
        if (stop.signal.aborted) return;
        const batch = { id: batchId, name, files: jobs.length, number: index + 1 };
        const id =
          job.choice === "number" ? libraryItemIdSchema.parse(createId()) : job.choice.replace.item.id;
        const result = await addOne(scope, { ...job, id }, batch);
        if (result.ok) {
          added.files += 1;
          added.items.push(id);
        } else if (result.error.kind !== "cancelled")
          added.problems.push({ name: job.name, problem: result.error });
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    running.delete(batchId);
    return added;
  }

  async function addOne(
    scope: Scope,
    job: Job & { id: LibraryItemId },
    batch: UploadBatchOf,
  ): Promise<Mutated> {
    const kept = await keep(client, scope, job.file, { name: job.name, batch });
    if (!kept.ok) return kept;
    const written = await writeOne(scope, job, kept.value.blobId);
    return written.ok && job.later !== undefined
      ? await writeLater(scope, { id: job.id, name: job.name, file: job.later }, batch)
      : written;
  }

  /** Waits for a good line by itself: what was sent first stands meanwhile. */
  async function writeLater(
    scope: Scope,
    { id, name, file }: { id: LibraryItemId; name: string; file: File },
    batch: UploadBatchOf,
  ): Promise<Mutated> {
    const later = { ...batch, id: `${batch.id}-later` };
    const kept = await keep(client, scope, file, { name, batch: later, isPatient: true });
    if (!kept.ok) return kept;
    const blobId = blobIdSchema.parse(kept.value.blobId);
    return await write("file.write", scope, { id, blobId, baseVersion: 1 });
  }

  async function writeOne(
    scope: Scope,
    { choice, name, folderId, id }: Job & { id: LibraryItemId },
    blobId: string,
  ): Promise<Mutated> {
    const blob = blobIdSchema.parse(blobId);
    if (choice !== "number") {
      const { item } = choice.replace;
      const baseVersion = item.version ?? 1;
      return await write("file.write", scope, { id: item.id, blobId: blob, baseVersion });
    }
    return await write("file.add", scope, {
      id,
      ...(folderId === null ? {} : { folderId }),
      name,
      blobId: blob,
      numbered: true,
    });
  }

  return {
    /** Adds files beside one another. `batchName` is what the progress is called. */
    async addFiles(
      { scope, folderId }: Spot,
      files: readonly FileToAdd[],
      batchName?: string,
    ): Promise<Added> {
      const jobs = files.map(({ file, name = file.name, choice = "number", later }): Job => {
        return { file, name: libraryName(name, "document"), folderId, choice, later };
      });
      return await run(scope, batchName ?? jobs[0]?.name ?? "", jobs);
    },

    /** A tree of folders with their files: folders first, then thousands of files, a few at a time. */
    async addTree(spot: Spot, tree: FileTree, choice: FolderChoice = "number"): Promise<Added> {
      const batchId = createId();
      const stop = new AbortController();
      running.set(batchId, stop);
      const maker = new FolderTreeMaker({ client, write, spot, choice });
      const problems: Added["problems"] = [];
      for (const path of tree.folders) {
        if (stop.signal.aborted) break;
        const made = await maker.folder(path);
        if (!made.ok) problems.push({ name: path.join("/"), problem: made.error });
      }
      const jobs: Job[] = [];
      for (const { path, file } of tree.files) {
        const folder = await maker.folder(path);
        if (folder.ok)
          jobs.push({
            file,
            name: libraryName(file.name, "document"),
            folderId: folder.value,
            choice: "number",
          });
        else problems.push({ name: file.name, problem: folder.error });
      }
      const name = tree.folders[0]?.[0] ?? tree.files[0]?.file.name ?? "";
      const added = await run(spot.scope, name, jobs, batchId);
      return { ...added, problems: [...problems, ...added.problems] };
    },

    /** The bytes that a file has from now on. */
    async writeFile(view: Pick<DocumentView, "scope" | "item">, file: Blob, note?: string): Promise<Mutated> {
      const { id, name, version = 1 } = view.item;
      const kept = await keep(client, view.scope, file, { name });
      if (!kept.ok) return kept;
      const blobId = blobIdSchema.parse(kept.value.blobId);
      const more = note === undefined || note === "" ? {} : { note };
      return await write("file.write", view.scope, { id, blobId, baseVersion: version, ...more });
    },

    pauseUploads: (batchId: string) => client.call("upload.pause", { batchId }),
    resumeUploads: (batchId: string) => client.call("upload.resume", { batchId }),
    retryUploads: (batchId: string) => client.call("uploadBatch.retry", { batchId }),
    /** Although the line is not good. */
    sendUploadsAnyway: (batchId: string) => client.call("upload.sendAnyway", { batchId }),
    /** Gives up what is not there yet. */
    cancelUploads(batchId: string) {
      running.get(batchId)?.abort();
      return client.call("uploadBatch.cancel", { batchId });
    },
  };
}

/** Keeps bytes on this machine, from where they are sent. */
export async function keep(
  client: DocumentClient,
  scope: Scope,
  file: Blob,
  { name, batch, isPatient = false }: { name: string; batch?: UploadBatchOf; isPatient?: boolean },
): Promise<Result<{ blobId: string }>> {
  return await client.call("upload.add", {
    scope,
    file,
    name,
    mediaType: file.type,
    ...(batch === undefined ? {} : { batch }),
    ...(isPatient ? { isPatient } : {}),
  });
}
