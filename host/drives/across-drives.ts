import { randomBytes } from "node:crypto";
import { isAbsolute, relative } from "node:path";
import {
  childPath,
  drivePathSchema,
  nameOf,
  parentPath,
  type DriveEntry,
  type DrivePath,
} from "#contract/drives.ts";
import { DriveError } from "./drive-error.ts";
import type { DriveLink } from "./drive-link.ts";
import type { Progress } from "./operations.ts";

/** A folder of more is a matter for the tools of the system. */
const MOST_ENTRIES = 200_000;

export interface AcrossPlacing {
  from: DriveLink;
  path: DrivePath;
  target: DriveLink;
  to: DrivePath;
  overwrite: boolean;
  isMove: boolean;
}

interface Running {
  signal: AbortSignal;
  progress: Progress;
}

/**
 * From one drive to another: streamed, looked at once it is there, and only then removed where it was. What is given up or
 * fails leaves what was there as it was: a folder is made under another name first.
 * @throws DriveError
 */
export async function placeAcross(placing: AcrossPlacing, running: Running): Promise<DriveEntry> {
  const { from, path, target, to, overwrite, isMove } = placing;
  const { signal, progress } = running;
  assertApart(placing);
  const source = await from.use(signal, (drive, both) => drive.stat(path, { signal: both }));
  const there = await statIfThere(target, to, signal);
  if (there !== undefined && !overwrite)
    throw new DriveError("exists", { title: "Something of this name is there already" });
  // Known before the first byte is written: one drive may lie within the other.
  const plan = source.kind === "folder" ? await planOf(from, source, signal) : [source];
  progress.total(plan.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0));
  const placed =
    source.kind === "file"
      ? await copyFile(placing, source, to, there === undefined ? "new" : overwriting(there), running)
      : await copyFolder(placing, plan, there !== undefined, running);
  if (isMove) await removeSource(from, source, plan, signal);
  return placed;
}

async function copyFolder(
  placing: AcrossPlacing,
  plan: readonly DriveEntry[],
  isThere: boolean,
  running: Running,
): Promise<DriveEntry> {
  const { target, path, to } = placing;
  const { signal } = running;
  const making = childPath(parentPath(to), `.parvis-${randomBytes(6).toString("hex")}.part`);
  try {
    for (const entry of plan) {
      signal.throwIfAborted();
      const place = drivePathSchema.parse(making + entry.path.slice(path.length));
      if (entry.kind === "folder")
        await target.use(signal, (drive, both) => drive.makeFolder(place, { signal: both }));
      else await copyFile(placing, entry, place, "new", running);
    }
    return await target.use(signal, (drive, both) =>
      drive.move(making, to, { overwrite: isThere }, { signal: both }),
    );
  } catch (error) {
    await discard(target, making);
    throw signal.aborted ? givenUp() : error;
  }
}

async function copyFile(
  { from, target }: AcrossPlacing,
  source: DriveEntry,
  to: DrivePath,
  condition: "new" | "any" | { ifVersion: string },
  { signal, progress }: Running,
): Promise<DriveEntry> {
  // Whichever side fails ends the other.
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  try {
    const content = await from.use(both, (drive, one) =>
      drive.read(source.path, source.version === null ? {} : { ifVersion: source.version }, { signal: one }),
    );
    let bytes = 0;
    const counted = content.stream.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          bytes += chunk.byteLength;
          progress.done(chunk.byteLength);
          controller.enqueue(chunk);
        },
      }),
    );
    const { modifiedAt, mediaType } = source;
    const written = await target.use(both, (drive, one) =>
      drive.write(
        to,
        {
          stream: counted,
          sizeBytes: content.sizeBytes,
          condition,
          ...(modifiedAt === null ? {} : { modifiedAt }),
          ...(mediaType === null ? {} : { mediaType }),
        },
        { signal: one },
      ),
    );
    if (written.sizeBytes === null || written.sizeBytes === bytes) return written;
    await discard(target, to);
    throw new DriveError("damaged", {
      title: "The copy is not as long as the file",
      detail: `${nameOf(source.path)}: ${bytes} bytes were sent, ${written.sizeBytes} are there. It was removed.`,
    });
  } catch (error) {
    throw signal.aborted ? givenUp() : error;
  } finally {
    ending.abort();
  }
}

/** Folders before what lies in them. */
async function planOf(from: DriveLink, top: DriveEntry, signal: AbortSignal): Promise<DriveEntry[]> {
  const plan: DriveEntry[] = [top];
  for (const folder of plan) {
    if (folder.kind !== "folder") continue;
    await from.use(signal, async (drive, both) => {
      for await (const entry of drive.list(folder.path, { signal: both })) plan.push(entry);
    });
    if (plan.length > MOST_ENTRIES)
      throw new DriveError("tooLarge", {
        title: "The folder holds too much for one copy",
        detail: `It has more than ${MOST_ENTRIES} files and folders: copy its parts.`,
      });
  }
  return plan;
}

/** Only what was copied: what somebody changed meanwhile stays, and so does the copy. */
async function removeSource(
  from: DriveLink,
  source: DriveEntry,
  plan: readonly DriveEntry[],
  signal: AbortSignal,
): Promise<void> {
  if (source.kind === "folder") {
    const now = await planOf(from, source, signal);
    if (fingerprint(now) !== fingerprint(plan))
      throw new DriveError("changed", {
        title: "The folder changed while it was copied",
        detail: "The copy is there, and nothing was removed where it came from.",
      });
  }
  const options = source.kind === "file" && source.version !== null ? { ifVersion: source.version } : {};
  await from.use(signal, (drive, both) => drive.remove(source.path, options, { signal: both }));
}

function fingerprint(plan: readonly DriveEntry[]): string {
  const lines = plan.map(({ path, kind, sizeBytes, version }) =>
    JSON.stringify(kind === "folder" ? [path] : [path, sizeBytes, version]),
  );
  return lines.toSorted().join("\n");
}

/** Whatever happened before: what was begun is taken away, within its own time. */
async function discard(target: DriveLink, path: DrivePath): Promise<void> {
  try {
    await target.use(AbortSignal.timeout(30_000), (drive, signal) => drive.remove(path, {}, { signal }));
  } catch (error) {
    if (!(error instanceof DriveError)) throw error;
  }
}

async function statIfThere(
  target: DriveLink,
  path: DrivePath,
  signal: AbortSignal,
): Promise<DriveEntry | undefined> {
  try {
    return await target.use(signal, (drive, both) => drive.stat(path, { signal: both }));
  } catch (error) {
    if (error instanceof DriveError && error.fault === "notFound") return undefined;
    throw error;
  }
}

function overwriting(there: DriveEntry): "any" | { ifVersion: string } {
  if (there.kind === "folder")
    throw new DriveError("notAFile", { title: "A folder stands where the file should go" });
  return there.version === null ? "any" : { ifVersion: there.version };
}

/** Two drives may show the same folder: what is moved into itself would be removed with its copy. */
function assertApart({ from, path, target, to }: AcrossPlacing): void {
  const source = placeOf(from, path);
  const aim = placeOf(target, to);
  if (source === undefined || aim === undefined) return;
  const way = relative(source, aim);
  if (way !== "" && (way.startsWith("..") || isAbsolute(way))) return;
  throw new DriveError("outside", {
    title: "A folder cannot be put into itself",
    detail: `${nameOf(path)} and the place that it should go to are the same on the disk.`,
  });
}

function placeOf({ definition: { kind, address } }: DriveLink, path: DrivePath): string | undefined {
  if (kind === "folder" || kind === "mount") return isAbsolute(address) ? `${address}/${path}` : undefined;
  const url = URL.parse(address);
  return url === null ? undefined : `/${url.host}${decodeURI(url.pathname)}${path}`;
}

function givenUp(): DriveError {
  return new DriveError("cancelled", { title: "It was given up" });
}
