import {
  driveEntrySchema,
  driveUrl,
  type DriveEntry,
  type DriveId,
  type DrivePath,
} from "#contract/drives.ts";
import { AppError, problemSchema } from "#contract/problem.ts";

export interface PutOptions {
  /** A new file, one that still has this version, or whatever is there. */
  condition: "new" | "any" | { ifVersion: string };
  onSent: (bytes: number) => void;
  signal: AbortSignal;
}

/**
 * Writes a file of this machine to a drive. XMLHttpRequest, because fetch tells nothing of how much has gone; the browser
 * reads the file as it goes, it is never in memory whole.
 * @throws AppError with the drive's own problem
 */
export function putFile(
  driveId: DriveId,
  path: DrivePath,
  file: Blob,
  { condition, onSent, signal }: PutOptions,
): Promise<DriveEntry> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", driveUrl(driveId, "content", path));
    if (condition === "new") request.setRequestHeader("If-None-Match", "*");
    else request.setRequestHeader("If-Match", condition === "any" ? "*" : condition.ifVersion);
    request.setRequestHeader("parvis-size", String(file.size));
    if (file.type === "") request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded }) => onSent(loaded));
    const abort = () => request.abort();
    signal.addEventListener("abort", abort, { once: true });
    request.addEventListener("loadend", () => {
      signal.removeEventListener("abort", abort);
      try {
        resolve(answerOf(request, signal));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    request.send(file);
  });
}

function answerOf(request: XMLHttpRequest, signal: AbortSignal): DriveEntry {
  if (signal.aborted) throw new AppError("cancelled", { title: "The file was given up" });
  if (request.status === 0) throw new AppError("unavailable", { title: "The host did not answer" });
  const body = parseJson(request.responseText);
  const entry = driveEntrySchema.safeParse(body);
  if (request.status < 300 && entry.success) return entry.data;
  const problem = problemSchema.safeParse(body);
  if (problem.success) throw AppError.from(problem.data);
  throw new AppError("unavailable", { title: `The drive answered ${request.status}` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
