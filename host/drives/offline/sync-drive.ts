import type { LeftOut, OfflineConflict } from "#contract/drive-offline.ts";
import { TOP, type DriveId, type DrivePath } from "#contract/drives.ts";
import type { DriveError } from "../drive-error.ts";
import type { DriveCapabilities } from "../drive.ts";
import { holdDeletions, type AskedDeletions, type DeletionLimits } from "./deletions.ts";
import type { Journal, PinRow } from "./journal.ts";
import type { OfflineDrive } from "./offline-drive.ts";
import type { LocalFiles } from "./local-files.ts";
import { folderOf, isWithin, type Base, type FileMark } from "./model.ts";
import { findMoves } from "./moves.ts";
import type { ConflictWords, MachineNames } from "./names.ts";
import { makePlan, type Plan, type Step } from "./plan.ts";
import { recover, settle } from "./recover.ts";
import { runMove } from "./run-move.ts";
import { isUp, runStep } from "./run-step.ts";
import { findSameNames } from "./same-names.ts";
import { StepBench, type BenchParts } from "./step-bench.ts";
import { scanHere } from "./tree-here.ts";
import { scanThere, type ThereTree } from "./tree-there.ts";
import { runWeighted } from "./weighted-pool.ts";

export interface SyncParts {
  driveId: DriveId;
  /** @throws DriveError when it cannot be had */
  open: () => OfflineDrive | Promise<OfflineDrive>;
  journal: Journal;
  files: LocalFiles;
  names: MachineNames;
  words: () => ConflictWords;
  limits: DeletionLimits;
  /** How long a file has to stay as it is before it is read. */
  settleMs: number;
  /** Milliseconds, of a clock that only goes on. */
  elapsed: () => number;
  /** How much may be under way: a small file counts 1, a large one 4. */
  capacity: () => number;
  reserve: BenchParts["reserve"];
  onBytes: BenchParts["onBytes"];
  onConflict: (conflict: OfflineConflict) => void;
  /** What is about to be transferred. */
  onPlan: (steps: readonly Step[]) => void;
  onStep: (step: Step) => void;
  reached?: BenchParts["reached"];
}

export interface PassOptions {
  pins: readonly PinRow[];
  signal: AbortSignal;
  /** Looks at the drive anew, rather than at what it was like. */
  isFresh: boolean;
  /** Where deletions are not followed, but undone. */
  restore?: readonly { path: DrivePath; where: "here" | "drive" }[];
}

export interface PassOutcome {
  /** Something was left for another round, at once. */
  isAgain: boolean;
  /** Somebody is writing something: looked at again when they may be done. */
  isBusy: boolean;
  failures: Map<DrivePath, DriveError>;
  /** Of which nothing is known, so that nothing was done. */
  unknown: Map<DrivePath, DriveError>;
  leftOut: LeftOut[];
  asked: Map<DrivePath, AskedDeletions[]>;
  full: ReadonlySet<"here" | "drive">;
}

/** Of folders in folders that were all renamed. */
const MOVE_ROUNDS = 20;
const LARGE = 1024 * 1024;

/** Keeps the pins of one drive and the drive the same. One round at a time. */
export class SyncDrive {
  readonly #parts: SyncParts;
  readonly #seen = new Map<DrivePath, { mark: FileMark; at: number }>();
  readonly base: Base;
  #there: ThereTree | undefined;
  #capabilities: DriveCapabilities | undefined;
  #isRecovered = false;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.base = parts.journal.base(parts.driveId);
  }

  /** What is known of the drive comes from before something happened to it. */
  forgetThere(): void {
    this.#there = undefined;
  }

  /** One round. @throws DriveError of the whole drive; what was done until then stays done */
  async pass({ pins, signal, isFresh, restore = [] }: PassOptions): Promise<PassOutcome> {
    const { journal, files, driveId } = this.#parts;
    const drive = await this.#parts.open();
    const call = { signal };
    this.#capabilities ??= await drive.capabilities(call);
    if (!this.#isRecovered) await recover({ driveId, journal, files, base: this.base });
    this.#isRecovered = true;
    files.forgetFolders();
    const tree = await this.#scanHere(pins, signal);
    if (isFresh || this.#there === undefined) {
      this.#there = undefined;
      this.#there = await scanThere({ drive, pins, names: this.#parts.names, call, atOnce: 4 });
    }
    const { there, unknown, leftOut } = this.#there;
    const canHoldBoth = this.#parts.names.isCaseSensitive && this.#capabilities.isCaseSensitive;
    const same = findSameNames({ base: this.base, here: tree.here, there, isCaseSensitive: canHoldBoth });
    const left = [...this.#left(tree.leftOut, "here"), ...this.#left(leftOut, "drive"), ...this.#left(same)];
    const isBlocked = blocker([
      ...unknown.keys(),
      ...left.filter(({ reason }) => reason !== "notPinned").map(({ path }) => path),
    ]);
    const bench = this.#bench({ drive, call, here: tree.here, there, canWrite: this.#capabilities.canWrite });
    await followMoves(bench, isBlocked);
    const plan = makePlan({ ...bench.parts, isBlocked });
    const kept = giveBack(bench, plan, restore);
    const held = holdDeletions(kept, pins, { base: this.base, here: tree.here }, this.#parts.limits);
    await this.#carryOut(bench, held.steps, signal);
    journal.flush();
    if (bench.isStale) this.#there = undefined;
    this.#expectFewer(held.steps, pins);
    return {
      isAgain: bench.isStale || plan.isPartial,
      isBusy: tree.isBusy,
      failures: bench.failures,
      unknown,
      leftOut: [
        ...left,
        ...this.#left(
          plan.unsent.map((path) => ({ path, reason: "readOnly" })),
          "here",
        ),
      ],
      asked: held.asked,
      full: bench.full,
    };
  }

  /** Makes sure that the disk has what was brought. */
  async settle(signal: AbortSignal): Promise<void> {
    const { journal, files, driveId } = this.#parts;
    await settle({ journal, files, driveId, base: this.base }, signal);
  }

  async #scanHere(pins: readonly PinRow[], signal: AbortSignal): ReturnType<typeof scanHere> {
    const { files, settleMs, elapsed, journal, driveId } = this.#parts;
    const onTouched = (entry: Parameters<Journal["putBase"]>[1]): void => journal.putBase(driveId, entry);
    return scanHere({ files, pins, base: this.base, seen: this.#seen, settleMs, elapsed, signal, onTouched });
  }

  #left(
    some: readonly (Pick<LeftOut, "path" | "reason"> & { where?: LeftOut["where"] })[],
    where: LeftOut["where"] = "here",
  ): LeftOut[] {
    const { driveId } = this.#parts;
    return some.map((one) => ({ driveId, path: one.path, reason: one.reason, where: one.where ?? where }));
  }

  #bench(sides: Pick<BenchParts, "drive" | "call" | "here" | "there" | "canWrite">): StepBench {
    const { driveId, journal, files, words, reserve, onBytes, onConflict } = this.#parts;
    const reached = this.#parts.reached ?? ((): void => undefined);
    return new StepBench({
      ...sides,
      driveId,
      journal,
      files,
      words,
      reserve,
      onBytes,
      onConflict,
      reached,
      base: this.base,
    });
  }

  /** Folders before what comes into them, deletions last: of files first, and of folders from the deepest up. */
  async #carryOut(bench: StepBench, steps: readonly Step[], signal: AbortSignal): Promise<void> {
    this.#parts.onPlan(steps);
    const one = async (step: Step): Promise<void> => {
      // Where there is no room, the rest of what needs some waits.
      if (isTransfer(step) && bench.full.has(isUp(step) ? "drive" : "here")) return;
      await runStep(bench, step);
      this.#parts.onStep(step);
    };
    const first = steps.filter(({ kind }) => ["forget", "agree", "putAside"].includes(kind));
    const made = steps.filter(({ kind }) => kind === "makeHere" || kind === "makeThere");
    const removed = steps.filter(({ kind }) => kind === "removeHere" || kind === "removeThere");
    for (const step of first) await one(step);
    for (const step of made.toSorted(byDepth)) await this.#unlessAborted(signal, () => one(step));
    const pool = { capacity: this.#parts.capacity, run: one, signal };
    await runWeighted(steps.filter(isTransfer), { ...pool, weigh });
    await runWeighted(
      removed.filter((step) => !isFolder(step)),
      { ...pool, weigh: () => 1 },
    );
    for (const step of removed.filter(isFolder).toSorted(byDepth).toReversed())
      await this.#unlessAborted(signal, () => one(step));
    signal.throwIfAborted();
  }

  async #unlessAborted(signal: AbortSignal, run: () => Promise<void>): Promise<void> {
    signal.throwIfAborted();
    await run();
  }

  /** What was agreed to is done: the next ones are asked about again. */
  #expectFewer(steps: readonly Step[], pins: readonly PinRow[]): void {
    for (const pin of pins) {
      const isDone = (kind: Step["kind"]): boolean => steps.some((step) => step.kind === kind);
      const approvedHere = isDone("removeHere") ? 0 : pin.approvedHere;
      const approvedDrive = isDone("removeThere") ? 0 : pin.approvedDrive;
      if (approvedHere !== pin.approvedHere || approvedDrive !== pin.approvedDrive)
        this.#parts.journal.putPin({ ...pin, approvedHere, approvedDrive });
    }
  }
}

/** What was deleted on one side is new on the other: it comes back in the next round. */
function giveBack(bench: StepBench, plan: Plan, restore: NonNullable<PassOptions["restore"]>): Step[] {
  if (restore.length === 0) return plan.steps;
  return plan.steps.filter((step) => {
    const where = step.kind === "removeHere" ? "here" : step.kind === "removeThere" ? "drive" : undefined;
    const isBack = restore.some((one) => one.where === where && isWithin(step.path, one.path));
    if (isBack) bench.forget(step.path);
    plan.isPartial ||= isBack;
    return !isBack;
  });
}

async function followMoves(bench: StepBench, isBlocked: (path: DrivePath) => boolean): Promise<void> {
  for (let round = 0; round < MOVE_ROUNDS; round += 1) {
    const conflicts = bench.parts.journal.conflicts();
    const copies = new Set(conflicts.map(({ copyPath }) => copyPath));
    const moves = findMoves({ ...bench.parts, isBlocked, copies });
    let done = 0;
    for (const move of moves) {
      bench.parts.call.signal.throwIfAborted();
      if (await runMove(bench, move)) done += 1;
    }
    // One that failed would be found again: the rest is left to another pass.
    if (done === 0 || done < moves.length) return;
  }
}

function isFolder(step: Step): boolean {
  return "base" in step && step.base?.kind === "folder";
}

export function isTransfer({ kind }: Step): boolean {
  return kind === "download" || kind === "upload" || kind === "compare";
}

function weigh(step: Step): number {
  const size =
    step.kind === "upload"
      ? step.here.mark.sizeBytes
      : "there" in step
        ? (step.there?.sizeBytes ?? LARGE)
        : 0;
  return size >= LARGE ? 4 : 1;
}

function byDepth(one: Step, other: Step): number {
  return one.path.split("/").length - other.path.split("/").length;
}

/** Whether a path is one of these, or lies in one. */
function blocker(paths: readonly DrivePath[]): (path: DrivePath) => boolean {
  const blocked = new Set(paths);
  if (blocked.size === 0) return () => false;
  if (blocked.has(TOP)) return () => true;
  return (path) => {
    for (let at = path; at !== ""; at = folderOf(at)) if (blocked.has(at)) return true;
    return false;
  };
}
