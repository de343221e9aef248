import { DriveError } from "../drive-error.ts";
import type { DrivePath } from "#contract/drives.ts";
import { ChangedHere, localFault } from "./local-fault.ts";
import { folderOf } from "./model.ts";
import { moveKeys, type Move } from "./moves.ts";
import { isSameContent } from "./same-content.ts";
import type { StepBench } from "./step-bench.ts";
import { isOfTheDrive } from "./tree-there.ts";

/** Does on one side what was renamed or moved on the other. What cannot be followed is removed there and brought anew. */
export async function runMove(bench: StepBench, move: Move): Promise<boolean> {
  const { reached } = bench.parts;
  try {
    bench.begin(`move ${move.where}`, move.from, move.to);
    bench.parts.journal.flush();
    await reached("begun", "move", move.from);
    if (move.isGuess === true && !(await isSameContent(bench, move))) {
      bench.parts.journal.endStep(bench.parts.driveId, move.from);
      return false;
    }
    if (move.where === "here") await moveHere(bench, move);
    if (move.where === "drive") await moveThere(bench, move);
    await reached("done", "move", move.from);
    bench.moveBase(move.where === "here" ? { ...move, from: agreedPlace(bench, move) } : move);
    await reached("noted", "move", move.from);
    return true;
  } catch (thrown) {
    const error = localFault(thrown, move.from);
    bench.parts.journal.endStep(bench.parts.driveId, move.from);
    if (error instanceof ChangedHere) bench.isStale = true;
    else if (!(error instanceof DriveError) || isOfTheDrive(error)) throw error;
    else if (["changed", "exists", "notFound"].includes(error.fault)) bench.isStale = true;
    else bench.failures.set(move.from, error);
    return false;
  }
}

/** Both may have moved it: what was agreed on stands under a third name then. */
function agreedPlace({ parts: { base } }: StepBench, { from, agreed }: Move): DrivePath {
  return agreed !== undefined && base.has(agreed) ? agreed : from;
}

async function moveHere({ parts: { files, here } }: StepBench, move: Move): Promise<void> {
  await files.move(move.from, move.to);
  moveKeys(here, move);
}

async function moveThere(bench: StepBench, move: Move): Promise<void> {
  const { drive, there, call } = bench.parts;
  await makeParents(bench, folderOf(move.to));
  await drive.move(move.from, move.to, { overwrite: false }, call);
  moveKeys(there, move);
}

async function makeParents(bench: StepBench, folder: DrivePath): Promise<void> {
  const { drive, there, call } = bench.parts;
  if (folder === "" || there.has(folder)) return;
  await makeParents(bench, folderOf(folder));
  try {
    bench.isThere(await drive.makeFolder(folder, call), folder);
  } catch (error) {
    if (!(error instanceof DriveError) || error.fault !== "exists") throw error;
  }
}
