import type { Pin } from "#contract/drive-offline.ts";
import type { DrivePath } from "#contract/drives.ts";
import type { PinRow } from "./journal.ts";
import { isWithin, type Base, type Here } from "./model.ts";
import type { Step } from "./plan.ts";

export type AskedDeletions = Pin["askedDeletions"][number];

export interface DeletionLimits {
  /** More than so many are asked about. */
  files: number;
  /** More than this part of a pin is too, unless they are only a few. */
  share: number;
  few: number;
  /** All that a pin had, when it is more than one file: a share that is not mounted looks empty. */
  isAllAsked: boolean;
}

export const DELETION_LIMITS: DeletionLimits = { files: 50, share: 0.3, few: 5, isAllAsked: true };

export interface HeldPlan {
  steps: Step[];
  asked: Map<DrivePath, AskedDeletions[]>;
}

const sides = [
  { where: "here", kind: "removeHere" },
  { where: "drive", kind: "removeThere" },
] as const;

/** Keeps back the deletions of pins in which there are suspiciously many, until somebody has agreed to as many. */
export function holdDeletions(
  steps: readonly Step[],
  pins: readonly PinRow[],
  sidesNow: { base: Base; here: Here },
  limits: DeletionLimits,
): HeldPlan {
  const asked: HeldPlan["asked"] = new Map();
  let kept = [...steps];
  for (const pin of pins)
    for (const { where, kind } of sides) {
      const isOf = (step: Step): boolean => step.kind === kind && isWithin(step.path, pin.path);
      const files = kept.filter((step) => isOf(step) && "base" in step && step.base?.kind === "file");
      if (files.length === 0) continue;
      const ofFiles = countFiles(sidesNow.base, pin.path);
      const approved = where === "here" ? pin.approvedHere : pin.approvedDrive;
      const isTopGone = where === "drive" && !sidesNow.here.has(pin.path);
      if (files.length <= approved || !(isTopGone || isMuch(files.length, ofFiles, limits))) continue;
      kept = kept.filter((step) => !isOf(step));
      const question = {
        where,
        files: files.length,
        ofFiles,
        examples: files.slice(0, 20).map(({ path }) => path),
      };
      asked.set(pin.path, [...(asked.get(pin.path) ?? []), question]);
    }
  return { steps: kept, asked };
}

function isMuch(files: number, ofFiles: number, limits: DeletionLimits): boolean {
  if (limits.isAllAsked && files > 1 && files === ofFiles) return true;
  return files > limits.files || (files > limits.few && files > ofFiles * limits.share);
}

function countFiles(base: Base, pin: DrivePath): number {
  let count = 0;
  for (const entry of base.values()) if (entry.kind === "file" && isWithin(entry.path, pin)) count += 1;
  return count;
}
