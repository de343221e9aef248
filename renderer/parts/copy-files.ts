import type { Attachment } from "#contract/entities/message.ts";
import type { BlobId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { failed, ok, type Result } from "#contract/result.ts";
import type { Scope } from "#contract/scope.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";

export interface CopyOptions {
  client: Pick<WorkerClient, "call">;
  /** Address of a blob under this origin. */
  blobUrl: (blobId: string) => string;
  to: Scope;
  fetch?: typeof globalThis.fetch;
}

/**
 * The files of a message for another scope, where those who read it may read them: each is read and kept there. A file
 * of which only the name is known stays a name.
 */
export async function copyFiles(
  attachments: readonly Attachment[],
  options: CopyOptions,
): Promise<Result<Attachment[]>> {
  const copies: Attachment[] = [];
  for (const attachment of attachments) {
    const { blobId, thumbnailId, ...rest } = attachment;
    if (blobId === undefined) {
      copies.push(attachment);
      continue;
    }
    const copy = await copyBlob(blobId, attachment, options);
    if (!copy.ok) return copy;
    const small =
      thumbnailId === undefined
        ? undefined
        : await copyBlob(thumbnailId, { name: `${attachment.name}.thumbnail` }, options);
    copies.push({
      ...rest,
      blobId: copy.value,
      // Without its small picture the file is still the file.
      ...(small?.ok === true ? { thumbnailId: small.value } : {}),
    });
  }
  return ok(copies);
}

async function copyBlob(
  blobId: BlobId,
  { name, mediaType }: Pick<Attachment, "name" | "mediaType">,
  { client, blobUrl, to, fetch = globalThis.fetch }: CopyOptions,
): Promise<Result<BlobId>> {
  let file: Blob;
  try {
    const response = await fetch(blobUrl(blobId));
    if (!response.ok) {
      return failed(
        new AppError("notFound", { title: "A file of the message cannot be read", detail: name }).problem,
      );
    }
    file = await response.blob();
  } catch (error) {
    return failed(
      new AppError("offline", { title: "A file of the message cannot be read", cause: error }).problem,
    );
  }
  const added = await client.call("upload.add", {
    scope: to,
    file,
    name,
    mediaType: mediaType ?? file.type,
  });
  return added.ok ? ok(added.value.blobId) : added;
}
