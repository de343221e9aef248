import type { OfflineConflict, OfflineMark, Pin, PinState } from "#contract/drive-offline.ts";
import type { DrivePath } from "#contract/drives.ts";
import type { Problem } from "#contract/problem.ts";
import { toIsoTime } from "#contract/time.ts";
import type { DriveError } from "../drive-error.ts";
import type { DriveLoop } from "./drive-loop.ts";
import type { Journal, PinRow } from "./journal.ts";
import { isWithin } from "./model.ts";

interface Standing {
  state: PinState;
  problem: Problem | null;
}

/** How a pin stands, in one word. */
function standingOf(pin: PinRow, loop: DriveLoop | undefined, isPaused: boolean): Standing {
  if (pin.removing !== null) return { state: "removing", problem: null };
  if (loop === undefined) return { state: "unreachable", problem: null };
  if (!loop.isReady) return { state: "folderMissing", problem: null };
  if (isPaused) return { state: "paused", problem: null };
  const { outcome, error, isRunning, progress } = loop;
  if (isRunning && progress.of(pin.path) !== null) return { state: "syncing", problem: null };
  if (error !== undefined) return { state: stateOfDrive(error), problem: error.problem };
  if (isRunning && outcome === undefined) return { state: "counting", problem: null };
  if (outcome === undefined) return { state: "waiting", problem: null };
  const missing = outcome.unknown.get(pin.path);
  if (missing?.fault === "notFound") return { state: "gone", problem: missing.problem };
  if (missing?.fault === "forbidden") return { state: "forbidden", problem: missing.problem };
  const failures = [...outcome.unknown, ...outcome.failures].filter(([path]) => isWithin(path, pin.path));
  const [first] = failures.map(([, failure]) => failure);
  const full = failures.map(([, failure]) => failure).find(({ fault }) => fault === "full");
  if (full !== undefined) return { state: "full", problem: full.problem };
  if (first !== undefined) return { state: "partly", problem: first.problem };
  return pin.syncedAt === null ? { state: "waiting", problem: null } : { state: "synced", problem: null };
}

function stateOfDrive({ fault }: DriveError): PinState {
  if (fault === "needsPassword" || fault === "wrongPassword") return "needsPassword";
  return fault === "unreachable" || fault === "cancelled" ? "unreachable" : "partly";
}

export interface PinView {
  journal: Journal;
  loop: DriveLoop | undefined;
  isPaused: boolean;
  conflicts: readonly OfflineConflict[];
  /** When this state began. */
  since: (state: PinState) => number;
}

/** A pin as pages see it. */
export function showPin(pin: PinRow, { journal, loop, isPaused, conflicts, since }: PinView): Pin {
  const { driveId, path, kind, pinnedAt, syncedAt } = pin;
  const { state, problem } = standingOf(pin, loop, isPaused);
  const isOf = (one: { path: DrivePath }): boolean => isWithin(one.path, path);
  return {
    driveId,
    path,
    kind,
    state,
    since: toIsoTime(since(state)),
    problem: problem === null ? null : { ...problem },
    pinnedAt: toIsoTime(pinnedAt),
    syncedAt: syncedAt === null ? null : toIsoTime(syncedAt),
    ...journal.totals(driveId, path),
    progress: loop?.progress.of(path) ?? null,
    conflicts: conflicts.filter((one) => one.driveId === driveId && isOf(one)).length,
    leftOut: loop?.outcome?.leftOut.filter(isOf).length ?? 0,
    askedDeletions: loop?.outcome?.asked.get(path) ?? [],
  };
}

type Mark = OfflineMark["mark"];
/** What counts for a folder, of all that is in it. */
const ORDER: readonly Mark[] = ["part", "here", "leftOut", "waiting", "syncing", "failed", "conflict"];

/** Marks of what lies in a folder. */
export function marksIn(
  folder: DrivePath,
  pins: readonly PinRow[],
  loop: DriveLoop | undefined,
  conflicts: readonly OfflineConflict[],
): { isWithin: boolean; marks: OfflineMark[] } {
  const marks = new Map<string, Mark>();
  const start = folder === "" ? 0 : folder.length + 1;
  const put = (path: DrivePath, mark: Mark): void => {
    if (path === folder || !isWithin(path, folder)) return;
    const slash = path.indexOf("/", start);
    const child = slash < 0 ? path : path.slice(0, slash);
    const before = marks.get(child);
    if (before === undefined || ORDER.indexOf(mark) > ORDER.indexOf(before)) marks.set(child, mark);
  };
  const isCovered = pins.some((pin) => isWithin(folder, pin.path));
  for (const { path } of loop?.sync.base.values() ?? []) put(path, "here");
  for (const path of loop?.progress.waiting ?? []) put(path, "waiting");
  for (const path of loop?.progress.active ?? []) put(path, "syncing");
  for (const path of loop?.outcome?.failures.keys() ?? []) put(path, "failed");
  for (const { path, where } of loop?.outcome?.leftOut ?? []) if (where === "drive") put(path, "leftOut");
  for (const { path, copyPath } of conflicts) {
    put(path, "conflict");
    put(copyPath, "conflict");
  }
  const own = new Set<string>(pins.map(({ path }) => path));
  for (const { path } of pins) if (!marks.has(path)) put(path, "waiting");
  const shown = [...marks].map(([path, mark]) => {
    const isPart =
      !isCovered && !own.has(path) && (mark === "here" || mark === "waiting" || mark === "syncing");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the beginning of a path up to a slash is one
    return { path: path as DrivePath, mark: isPart ? ("part" as const) : mark, isPin: own.has(path) };
  });
  return { isWithin: isCovered, marks: shown };
}
