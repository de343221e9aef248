import { AppError } from "#contract/problem.ts";
import { isStorageFull } from "#renderer/db/database.ts";

/** A piece of a file that is being copied. @throws DOMException when it is no longer as long as it was */
export async function readSlice(file: Blob, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = await file.slice(start, end).arrayBuffer();
  if (bytes.byteLength === end - start) return bytes;
  throw new DOMException("The file became shorter.", "NotReadableError");
}

/** Browsers refuse to read on in a file that was changed, moved or deleted since it was chosen. */
export function keepingProblem(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isStorageFull(error)) {
    return new AppError("storageFull", {
      title: "There is no room left to keep this file",
      detail: "Free space on this machine and attach it again.",
      cause: error,
    });
  }
  const name = error instanceof Error ? error.name : "";
  if (name === "NotReadableError" || name === "NotFoundError") {
    return new AppError("badRequest", {
      title: "The file changed while it was read",
      detail: "Attach it again.",
      cause: error,
    });
  }
  return new AppError("serverFault", {
    title: "The file could not be kept",
    detail: String(error),
    cause: error,
  });
}
