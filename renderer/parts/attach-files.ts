import type { Attachment } from "#contract/entities/message.ts";
import { blobIdSchema, createId, type BlobId } from "#contract/ids.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import { keepPicture } from "#renderer/kit/local-pictures.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { isPicture, readMediaFacts, type MediaFacts } from "#renderer/kit/media-facts.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import { useComposerStore, type TrayFile } from "./composer-store.ts";

/** As the contract draws it. */
const MOST_FILES = 50;
const LONGEST_NAME = 255;

export interface Attaching {
  client: Pick<WorkerClient, "call">;
  /** Key of the field that the files stand beside. */
  key: string;
  scope: Scope;
  /** The server's limit: a larger file is refused unread. */
  limitBytes: number;
}

/** Facts of the file that the page knows already: a voice message's length. */
export interface KnownFacts {
  durationMs?: number;
  isVoice?: boolean;
}

/** Puts files beside a text and sends them on their way. What each became stands in the composer's store. */
export function attachFiles(attaching: Attaching, files: Iterable<File>, known: KnownFacts = {}): void {
  const { key } = attaching;
  for (const file of files) {
    const { files: present = [] } = useComposerStore.getState().byPlace[key] ?? {};
    if (present.length >= MOST_FILES) return;
    const entry = toEntry(file, attaching.limitBytes);
    useComposerStore.getState().change(key, ({ files: before }) => ({ files: [...before, entry] }));
    if (entry.state === "preparing") void prepare(attaching, file, entry, known);
  }
}

function toEntry(file: File, limitBytes: number): TrayFile {
  const isTooLarge = file.size > limitBytes;
  const isEmpty = file.size === 0;
  return {
    blobId: blobIdSchema.parse(createId()),
    name: plainWords(file.name).slice(0, LONGEST_NAME) || "file",
    mediaType: file.type,
    sizeBytes: file.size,
    state: isTooLarge || isEmpty ? "refused" : "preparing",
    problem: isTooLarge
      ? new AppError("tooLarge", {
          title: "The file is larger than the server takes",
          detail: `${file.name}: ${file.size} bytes, at most ${limitBytes}.`,
        }).problem
      : isEmpty
        ? new AppError("badRequest", { title: "The file is empty or a folder", detail: file.name }).problem
        : null,
    attachment: null,
  };
}

async function prepare(attaching: Attaching, file: File, entry: TrayFile, known: KnownFacts): Promise<void> {
  const adding = attaching.client.call("upload.add", {
    scope: attaching.scope,
    file,
    name: entry.name,
    mediaType: file.type,
    blobId: entry.blobId,
  });
  const facts = await readMediaFacts(file);
  const picture = facts.thumbnail ?? (isPicture(file.type) && facts.width !== undefined ? file : undefined);
  if (picture !== undefined) keepPicture(entry.blobId, picture);
  const thumbnailId = await addThumbnail(attaching, entry, facts.thumbnail);
  const added = await adding;
  if (!added.ok) return settle(attaching, entry, added.error);
  return settle(attaching, entry, null, toAttachment(entry, { ...facts, ...known }, thumbnailId));
}

async function addThumbnail(
  { client, scope }: Attaching,
  entry: TrayFile,
  thumbnail: Blob | undefined,
): Promise<BlobId | undefined> {
  if (thumbnail === undefined) return undefined;
  const added = await client.call("upload.add", {
    scope,
    file: thumbnail,
    name: `${entry.name}.thumbnail`,
    mediaType: thumbnail.type,
  });
  // Without its small picture the file is still the file.
  return added.ok ? added.value.blobId : undefined;
}

function toAttachment(entry: TrayFile, facts: MediaFacts & KnownFacts, thumbnailId?: BlobId): Attachment {
  const { thumbnail: _picture, ...rest } = facts;
  return {
    blobId: entry.blobId,
    name: entry.name,
    sizeBytes: entry.sizeBytes,
    ...(entry.mediaType === "" ? {} : { mediaType: entry.mediaType }),
    ...rest,
    ...(thumbnailId === undefined ? {} : { thumbnailId }),
  };
}

function settle(
  { key }: Attaching,
  { blobId }: TrayFile,
  problem: Problem | null,
  attachment: Attachment | null = null,
): void {
  const state = problem === null ? "ready" : "refused";
  useComposerStore.getState().change(key, ({ files }) => ({
    files: files.map((file) => (file.blobId === blobId ? { ...file, state, problem, attachment } : file)),
  }));
}

/** Takes a file away; what was sent of it is given up. */
export function detachFile({ client, key }: Pick<Attaching, "client" | "key">, file: TrayFile): void {
  useComposerStore.getState().change(key, ({ files }) => ({
    files: files.filter(({ blobId }) => blobId !== file.blobId),
  }));
  if (file.state === "refused" && file.problem?.kind === "tooLarge") return;
  void client.call("upload.cancel", { blobId: file.blobId });
  const thumbnailId = file.attachment?.thumbnailId;
  if (thumbnailId !== undefined) void client.call("upload.cancel", { blobId: thumbnailId });
}
