import type { DriveEntry, DrivePath } from "#contract/drives.ts";
import { decide, decideFolder, type Stand } from "./decide.ts";
import type { Base, BaseEntry, Here, HereEntry, There } from "./model.ts";
import { folderOf, versionOf } from "./model.ts";

export type Step =
  | { kind: "forget"; path: DrivePath }
  | { kind: "agree"; path: DrivePath; here: HereEntry; there: DriveEntry }
  | { kind: "makeHere"; path: DrivePath; there: DriveEntry }
  | { kind: "makeThere"; path: DrivePath; here: HereEntry }
  | {
      kind: "download";
      path: DrivePath;
      there: DriveEntry;
      here: HereEntry | undefined;
      base: BaseEntry | undefined;
    }
  | { kind: "upload"; path: DrivePath; here: HereEntry; there: DriveEntry | undefined }
  | { kind: "compare"; path: DrivePath; here: HereEntry; there: DriveEntry; base: BaseEntry | undefined }
  | { kind: "putAside"; path: DrivePath; here: HereEntry; there: DriveEntry; reason: "both" | "readOnly" }
  | { kind: "removeHere"; path: DrivePath; here: HereEntry; base: BaseEntry }
  | { kind: "removeThere"; path: DrivePath; there: DriveEntry; base: BaseEntry };
export type StepOf<K extends Step["kind"]> = Extract<Step, { kind: K }>;

export interface PlanInput {
  base: Base;
  here: Here;
  there: There;
  canWrite: boolean;
  isBlocked: (path: DrivePath) => boolean;
}

export interface Plan {
  steps: Step[];
  /** Ours, that the drive does not take. */
  unsent: DrivePath[];
  /** Something can only be decided once this plan was carried out. */
  isPartial: boolean;
}

/** What is to be done so that both sides are the same, decided for each path on its own. */
export function makePlan(input: PlanInput): Plan {
  const { base, here, there, isBlocked } = input;
  const plan: Plan = { steps: [], unsent: [], isPartial: false };
  const folders: DrivePath[] = [];
  const needed = { here: new Set<string>(), there: new Set<string>() };
  const clashes = findClashes(input);
  for (const path of new Set([...base.keys(), ...here.keys(), ...there.keys()])) {
    if (isBlocked(path) || clashes.covers(path)) continue;
    const known = base.get(path);
    const kinds = new Set([known?.kind, here.get(path)?.kind, there.get(path)?.kind]);
    if (kinds.has("folder")) folders.push(path);
    if (kinds.has("file")) planFile(path, input, plan, needed);
  }
  for (const step of clashes.steps) plan.steps.push(step);
  if (clashes.steps.length > 0) plan.isPartial = true;
  folders.sort((one, other) => one.length - other.length);
  for (const path of folders) planFolder(path, input, plan, needed);
  return plan;
}

interface Needed {
  here: Set<string>;
  there: Set<string>;
}

function planFile(
  path: DrivePath,
  { base, here, there, canWrite }: PlanInput,
  plan: Plan,
  needed: Needed,
): void {
  const known = ofKind(base.get(path), "file");
  const mine = ofKind(here.get(path), "file");
  const theirs = ofKind(there.get(path), "file");
  // Whoever writes it right now is not disturbed; when they are done, it is looked at again.
  if (mine?.state === "busy") {
    need(needed.there, path);
    return;
  }
  const decision = decide({
    hasBase: known !== undefined,
    here: mine === undefined ? "absent" : mine.state,
    there: standThere(known, theirs),
    canWrite,
  });
  switch (decision) {
    case "nothing":
      return;
    case "forget":
      plan.steps.push({ kind: "forget", path });
      return;
    case "leaveOut":
      if (known !== undefined) plan.steps.push({ kind: "forget", path });
      plan.unsent.push(path);
      need(needed.there, path);
      return;
    case "download":
      if (theirs === undefined) return;
      need(needed.here, path);
      plan.steps.push({ kind: "download", path, there: theirs, here: mine, base: known });
      return;
    case "upload":
      if (mine === undefined) return;
      need(needed.there, path);
      plan.steps.push({ kind: "upload", path, here: mine, there: theirs });
      return;
    case "compare":
      if (mine === undefined || theirs === undefined) return;
      plan.steps.push({ kind: "compare", path, here: mine, there: theirs, base: known });
      return;
    case "putAside":
      if (mine === undefined || theirs === undefined) return;
      plan.isPartial = true;
      plan.steps.push({ kind: "putAside", path, here: mine, there: theirs, reason: "readOnly" });
      return;
    case "removeHere":
      if (mine !== undefined && known !== undefined)
        plan.steps.push({ kind: "removeHere", path, here: mine, base: known });
      return;
    case "removeThere":
      if (theirs !== undefined && known !== undefined)
        plan.steps.push({ kind: "removeThere", path, there: theirs, base: known });
  }
}

function standThere(known: BaseEntry | undefined, theirs: DriveEntry | undefined): Stand {
  if (theirs === undefined) return "absent";
  return known !== undefined && known.version === versionOf(theirs) ? "same" : "changed";
}

function planFolder(
  path: DrivePath,
  { base, here, there, canWrite }: PlanInput,
  plan: Plan,
  needed: Needed,
): void {
  const known = ofKind(base.get(path), "folder");
  const mine = ofKind(here.get(path), "folder");
  const theirs = ofKind(there.get(path), "folder");
  const decision = decideFolder({
    hasBase: known !== undefined,
    isHere: mine !== undefined,
    isThere: theirs !== undefined,
    canWrite,
    isNeededHere: needed.here.has(path),
    isNeededThere: needed.there.has(path),
  });
  if (decision === "forget") plan.steps.push({ kind: "forget", path });
  if (decision === "leaveOut") plan.unsent.push(path);
  if (decision === "agree" && mine !== undefined && theirs !== undefined)
    plan.steps.push({ kind: "agree", path, here: mine, there: theirs });
  if (decision === "makeHere" && theirs !== undefined)
    plan.steps.push({ kind: "makeHere", path, there: theirs });
  if (decision === "makeThere" && mine !== undefined)
    plan.steps.push({ kind: "makeThere", path, here: mine });
  if (decision === "removeHere" && mine !== undefined && known !== undefined)
    plan.steps.push({ kind: "removeHere", path, here: mine, base: known });
  if (decision === "removeThere" && theirs !== undefined && known !== undefined)
    plan.steps.push({ kind: "removeThere", path, there: theirs, base: known });
}

/** A file on one side and a folder on the other. */
interface Clashes {
  steps: Step[];
  covers: (path: DrivePath) => boolean;
}

/** The side that left its file as it was gives way; otherwise ours is kept beside. The rest follows in the next round. */
function findClashes({ base, here, there, canWrite, isBlocked }: PlanInput): Clashes {
  const steps: Step[] = [];
  const roots: string[] = [];
  for (const mine of here.values()) {
    const { path } = mine;
    const theirs = there.get(path);
    if (theirs === undefined || theirs.kind === mine.kind || isBlocked(path)) continue;
    if (roots.some((root) => path.startsWith(`${root}/`))) continue;
    roots.push(path);
    if (mine.state === "busy") continue;
    const known = ofKind(base.get(path), "file");
    if (mine.kind === "file" && known !== undefined && mine.state === "same")
      steps.push({ kind: "removeHere", path, here: mine, base: known });
    else if (canWrite && theirs.kind === "file" && known !== undefined && known.version === versionOf(theirs))
      steps.push({ kind: "removeThere", path, there: theirs, base: known });
    else
      steps.push({
        kind: "putAside",
        path,
        here: mine,
        there: theirs,
        reason: canWrite ? "both" : "readOnly",
      });
  }
  const covers = (path: DrivePath): boolean =>
    roots.some((root) => path === root || path.startsWith(`${root}/`));
  return { steps, covers };
}

function ofKind<T extends { kind: "file" | "folder" }>(entry: T | undefined, kind: T["kind"]): T | undefined {
  return entry?.kind === kind ? entry : undefined;
}

/** The folders that a path lies in are needed on that side. */
function need(folders: Set<string>, path: DrivePath): void {
  for (let folder = folderOf(path); folder !== "" && !folders.has(folder); folder = folderOf(folder))
    folders.add(folder);
}
