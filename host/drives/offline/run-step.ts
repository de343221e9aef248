import { createHash } from "node:crypto";
import { rm, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { DriveEntry, DrivePath } from "#contract/drives.ts";
import { createId } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";
import { foldName } from "#contract/file-names.ts";
import { DriveError } from "../drive-error.ts";
import { ChangedHere, localFault } from "./local-fault.ts";
import {
  baseName,
  folderOf,
  inFolder,
  isWithin,
  versionOf,
  type BaseEntry,
  type HereEntry,
} from "./model.ts";
import { conflictName, isLitter } from "./names.ts";
import type { Step, StepOf } from "./plan.ts";
import type { StepBench } from "./step-bench.ts";
import { bring, isResumable, take, type Part } from "./transfer.ts";
import { isOfTheDrive } from "./tree-there.ts";

/**
 * Carries one step out. What was expected to be there and is not stops it without harm, and is looked at again.
 * @throws DriveError when nothing can be had of the whole drive
 */
export async function runStep(bench: StepBench, step: Step): Promise<void> {
  try {
    await carryOut(bench, step);
  } catch (thrown) {
    const error = localFault(thrown, step.path);
    // What was cut off goes on where it was: the step is not over.
    if (!(error instanceof ChangedHere) && (!(error instanceof DriveError) || isOfTheDrive(error)))
      throw error;
    bench.parts.journal.endStep(bench.parts.driveId, step.path);
    if (error instanceof ChangedHere) {
      bench.isStale = true;
      return;
    }
    if (error.fault === "changed" || error.fault === "exists" || error.fault === "notFound")
      bench.isStale = true;
    if (error.fault === "full") bench.full.add(isUp(step) ? "drive" : "here");
    bench.failures.set(step.path, error);
  }
}

/** Whether it changes the drive. */
export function isUp({ kind }: Step): boolean {
  return kind === "upload" || kind === "makeThere" || kind === "removeThere";
}

async function carryOut(bench: StepBench, step: Step): Promise<void> {
  const { reached } = bench.parts;
  if (step.kind !== "forget" && step.kind !== "agree") {
    bench.begin(step.kind, step.path);
    await reached("begun", step.kind, step.path);
  }
  switch (step.kind) {
    case "forget":
      bench.forget(step.path);
      break;
    case "agree":
      bench.agree(folderBase(step.there, step.here));
      break;
    case "makeHere":
      await makeHere(bench, step);
      break;
    case "makeThere":
      await makeThere(bench, step);
      break;
    case "download":
      await download(bench, step);
      break;
    case "upload":
      await upload(bench, step);
      break;
    case "compare":
      await compare(bench, step);
      break;
    case "putAside":
      await putAside(bench, step);
      break;
    case "removeHere":
      await removeHere(bench, step);
      break;
    case "removeThere":
      await removeThere(bench, step);
      break;
  }
  await reached("noted", step.kind, step.path);
}

function folderBase(there: DriveEntry, here: Pick<HereEntry, "path" | "mark">): BaseEntry {
  const { path, mark } = here;
  return {
    path,
    kind: "folder",
    version: "",
    fileId: there.fileId,
    hash: "",
    mark: { ...mark, sizeBytes: 0 },
    isSettled: true,
  };
}

async function makeHere(bench: StepBench, { path, there }: StepOf<"makeHere">): Promise<void> {
  const { files } = bench.parts;
  await files.makeFolder(path);
  const mark = await files.markOf(path);
  if (mark === undefined) throw new ChangedHere(path);
  await bench.parts.reached("placed", "makeHere", path);
  bench.agree(folderBase(there, { path, mark }));
}

async function makeThere(bench: StepBench, { path, here }: StepOf<"makeThere">): Promise<void> {
  const { drive, call, reached } = bench.parts;
  const entry = await drive.makeFolder(path, call);
  await reached("sent", "makeThere", path);
  bench.isThere(entry, path);
  bench.agree(folderBase(entry, here));
}

async function download(bench: StepBench, { path, there, here, base }: StepOf<"download">): Promise<void> {
  const { files, reached, reserve } = bench.parts;
  await reserve((there.sizeBytes ?? 0) - (base?.mark.sizeBytes ?? 0));
  const part = await fetchPart(bench, path, there);
  await reached("brought", "download", path);
  // Somebody may have taken the folder away meanwhile.
  await files.makeFolder(folderOf(path));
  try {
    await files.place(part.place, path, here?.mark);
  } catch (error) {
    await unlink(part.place).catch(() => undefined);
    throw error;
  }
  await reached("placed", "download", path);
  agreeOn(bench, path, part);
}

function agreeOn(bench: StepBench, path: DrivePath, { entry, hash, mark, isSettled }: Part): void {
  bench.isThere(entry, path);
  bench.agree({ path, kind: "file", version: versionOf(entry), fileId: entry.fileId, hash, mark, isSettled });
}

async function fetchPart(bench: StepBench, path: DrivePath, there: DriveEntry): Promise<Part> {
  const { drive, files, call, onBytes, driveId } = bench.parts;
  const name = isResumable(there)
    ? createHash("sha256")
        .update(`${driveId} ${path} ${versionOf(there)}`)
        .digest("hex")
    : undefined;
  if (name !== undefined) {
    await dropOldPart(bench, path, name);
    bench.begin("download", path, name);
    bench.parts.journal.flush();
  }
  return bring(path, there, { drive, files, call, onBytes: (count) => onBytes(path, count) }, name);
}

/** Of another version, which was cut off and is not wanted any more. */
async function dropOldPart(
  { begun, parts: { files } }: StepBench,
  path: DrivePath,
  name: string,
): Promise<void> {
  const before = begun.get(path);
  if (before !== undefined && before !== "" && before !== name)
    await rm(join(files.places.parts, before), { force: true });
}

async function upload(bench: StepBench, { path, here, there }: StepOf<"upload">): Promise<void> {
  const { drive, files, call, onBytes, reached } = bench.parts;
  const sent = await take(here, there, { drive, files, call, onBytes: (count) => onBytes(path, count) });
  await reached("sent", "upload", path);
  const { entry, hash } = sent;
  bench.isThere(entry, path);
  const { mark } = here;
  bench.agree({
    path,
    kind: "file",
    version: versionOf(entry),
    fileId: entry.fileId,
    hash,
    mark,
    isSettled: true,
  });
}

/** Theirs is brought before anything is decided: it may be the same, and if it cannot be had, nothing was touched. */
async function compare(bench: StepBench, step: StepOf<"compare">): Promise<void> {
  const { path, here, there, base } = step;
  const { files, reached, reserve } = bench.parts;
  await reserve(there.sizeBytes ?? 0);
  const part = await fetchPart(bench, path, there);
  await reached("brought", "compare", path);
  try {
    const hash = await files.hash(path, here.mark);
    if (hash === part.hash) {
      await unlink(part.place);
      agreeOn(bench, path, { ...part, mark: here.mark, isSettled: true });
      return;
    }
    if (base !== undefined && base.hash === part.hash && bench.parts.canWrite) {
      // The drive says another version of what it had before: only ours has changed.
      await unlink(part.place);
      await upload(bench, { kind: "upload", path, here, there: part.entry });
      return;
    }
    await keepBeside(bench, { path, here, there, reason: "both" });
    await files.place(part.place, path, undefined);
  } catch (error) {
    await unlink(part.place).catch(() => undefined);
    throw error;
  }
  await reached("placed", "compare", path);
  agreeOn(bench, path, part);
  bench.isStale = true;
}

interface Kept {
  path: DrivePath;
  here: HereEntry;
  there: DriveEntry;
  reason: "both" | "readOnly";
}

/** Ours gets a name of its own. The row is written first: a crash in between leaves one too many rather than none. */
async function keepBeside(bench: StepBench, { path, here, there, reason }: Kept): Promise<void> {
  const { files, driveId, journal, words, reached, onConflict } = bench.parts;
  const name = conflictName(baseName(path), words(), (one) => isTaken(bench, path, one));
  const copyPath = inFolder(folderOf(path), name);
  await files.assertStill(path, here.mark);
  const conflict = {
    id: createId(),
    driveId,
    path,
    copyPath,
    reason,
    at: toIsoTime(words().at),
    mine: {
      sizeBytes: here.mark.sizeBytes,
      modifiedAt: toIsoTime(Math.max(0, Number(here.mark.mtimeNs / 1_000_000n))),
    },
    theirs: { sizeBytes: there.sizeBytes, modifiedAt: there.modifiedAt },
  };
  journal.putConflict(conflict);
  await reached("conflictNoted", reason, path);
  try {
    await files.move(path, copyPath);
  } catch (error) {
    journal.dropConflict(conflict.id);
    throw error;
  }
  await reached("conflictRenamed", reason, path);
  bench.parts.here.set(copyPath, { ...here, path: copyPath, state: "changed" });
  onConflict(conflict);
}

function isTaken({ parts: { here, there, base } }: StepBench, path: DrivePath, name: string): boolean {
  const folder = folderOf(path);
  const wanted = foldName(name);
  const has = (one: DrivePath): boolean => folderOf(one) === folder && foldName(baseName(one)) === wanted;
  return [here, there, base].some((side) => [...side.keys()].some(has));
}

async function putAside(bench: StepBench, step: StepOf<"putAside">): Promise<void> {
  const { path } = step;
  await keepBeside(bench, step);
  const { base, journal, driveId } = bench.parts;
  journal.together(() => {
    for (const one of base.keys()) if (isWithin(one, path)) bench.forget(one);
    journal.endStep(driveId, path);
  });
  bench.isStale = true;
}

async function removeHere(bench: StepBench, { path, here }: StepOf<"removeHere">): Promise<void> {
  const { files, reached } = bench.parts;
  if (here.kind === "file") await files.discard(path, here.mark, "deleted");
  // Something new lies in it: it is no longer the folder that was given up.
  else if (!(await files.removeFolder(path))) bench.isStale = true;
  await reached("done", "removeHere", path);
  bench.forget(path);
}

async function removeThere(bench: StepBench, { path, there, base }: StepOf<"removeThere">): Promise<void> {
  const { drive, files, call, reached } = bench.parts;
  // It has come back meanwhile; something of another kind in its place is no reason to keep it.
  if ((await files.kindOf(path)) === base.kind) throw new ChangedHere(path);
  if (base.kind === "folder" && !(await isEmpty(bench, path))) {
    bench.isStale = true;
    bench.forget(path);
    return;
  }
  const version = base.kind === "folder" ? bench.parts.there.get(path)?.version : there.version;
  try {
    await drive.remove(path, version === null || version === undefined ? {} : { ifVersion: version }, call);
  } catch (error) {
    if (!(error instanceof DriveError) || error.fault !== "notFound") throw error;
  }
  await reached("done", "removeThere", path);
  bench.parts.there.delete(path);
  bench.forget(path);
}

/** Looked at right now; its version then says whether anything came into it since, where the drive has versions of folders. */
async function isEmpty(bench: StepBench, path: DrivePath): Promise<boolean> {
  const { drive, call } = bench.parts;
  try {
    bench.isThere(await drive.stat(path, call), path);
    for await (const entry of drive.list(path, call)) if (!isLitter(baseName(entry.path))) return false;
    return true;
  } catch (error) {
    if (error instanceof DriveError && error.fault === "notFound") return true;
    throw error;
  }
}
