import type { DriveId } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { OfflineDrives } from "./offline-options.ts";

/** @throws DriveError forbidden, unreachable: nobody can say at the moment */
export async function assertMayPin(
  drives: OfflineDrives,
  isAllowed: boolean,
  driveId: DriveId,
): Promise<void> {
  if (!isAllowed)
    throw new DriveError("forbidden", {
      title: "Your organisation does not allow pinned files on this machine",
      detail: "It is decided by the policy OfflineFiles.",
    });
  const isAbove = await drives.isAboveCeiling(driveId);
  if (isAbove === undefined)
    throw new DriveError("unreachable", {
      title: "How this library is marked is not known at the moment",
      detail: "It is pinned once its workplace answers again.",
    });
  if (isAbove)
    throw new DriveError("forbidden", {
      title: "This library is marked above what may be kept on this machine",
      detail: "It is decided by the policy CacheCeiling.",
    });
}

export function folderMissing(root: string): DriveError {
  return new DriveError("unreachable", {
    title: "The folder of pinned files is not where it was",
    detail: `${root} is not the folder that Parvis made. Bring it back, or its disk.`,
  });
}
