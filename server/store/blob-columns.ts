import type { BlobState } from "#contract/blobs.ts";
import { blobIdSchema } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { isTrue } from "./account-columns.ts";
import { integerOf, optionalText, scopeOf, textOf } from "./columns.ts";

export function blobStateOf(row: Record<string, unknown>): BlobState {
  const sha256 = optionalText(row["sha256"]);
  return {
    id: blobIdSchema.parse(row["id"]),
    scope: scopeOf(row["scope"]),
    name: textOf(row["name"]),
    mediaType: textOf(row["media_type"]),
    sizeBytes: integerOf(row["size_bytes"]),
    receivedBytes: integerOf(row["received_bytes"]),
    isComplete: isTrue(row["is_complete"]),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

export function blobNotFound(id: string): AppError {
  return new AppError("notFound", { title: "No such file", detail: `There is no file ${id} here.` });
}

export function partOutOfPlace(state: BlobState, offset: number): AppError {
  return new AppError("conflict", {
    title: "The part does not join on",
    detail: `${state.receivedBytes} bytes have been received; this part begins at ${offset}.`,
  });
}

export function blobTooLong(state: BlobState): AppError {
  return new AppError("badRequest", {
    title: "The file is longer than announced",
    detail: `${state.sizeBytes} bytes were announced and more came. What came before this part is kept.`,
  });
}

export function blobIncomplete(state: BlobState): AppError {
  return new AppError("conflict", {
    title: "The file is not complete",
    detail: `${state.receivedBytes} of ${state.sizeBytes} bytes have been received.`,
  });
}

export function hashDiffers(): AppError {
  return new AppError("badRequest", {
    title: "The file arrived damaged",
    detail: "Its SHA-256 is not the one that was sent with it. The upload starts over.",
  });
}
