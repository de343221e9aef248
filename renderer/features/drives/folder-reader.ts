import {
  driveLineSchema,
  driveUrl,
  type DriveEntry,
  type DriveId,
  type DrivePath,
} from "#contract/drives.ts";
import { AppError, problemSchema, type Problem } from "#contract/problem.ts";

/**
 * What lies in a folder, in bunches as the drive tells it.
 * @throws AppError with the drive's own problem, also half-way
 */
export async function* readFolder(
  driveId: DriveId,
  path: DrivePath,
  signal: AbortSignal,
): AsyncGenerator<DriveEntry[]> {
  const response = await answered(fetch(driveUrl(driveId, "entries", path), { signal }), signal);
  if (!response.ok) throw AppError.from(await problemOf(response));
  const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const piece = await answered(lines?.read() ?? Promise.resolve({ done: true, value: "" }), signal);
    const complete = (rest + (piece.value ?? "")).split("\n");
    rest = piece.done ? "" : (complete.pop() ?? "");
    const entries = complete.filter((line) => line !== "").map(parseLine);
    if (entries.length > 0) yield entries;
    if (piece.done) return;
  }
}

function parseLine(line: string): DriveEntry {
  const parsed = driveLineSchema.safeParse(parseJson(line));
  if (!parsed.success)
    throw new AppError("unavailable", { title: "The list of the folder broke off", cause: parsed.error });
  if ("problem" in parsed.data) throw AppError.from(parsed.data.problem);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function answered<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError("unavailable", { title: "The host did not answer", cause: error });
  }
}

/** What a refused call says of itself. */
async function problemOf(response: Response): Promise<Problem> {
  const parsed = problemSchema.safeParse(await response.json().catch(() => null));
  if (parsed.success) return parsed.data;
  return new AppError("unavailable", { title: `The drive answered ${response.status}` }).problem;
}
