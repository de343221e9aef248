import type { OfflineConflict } from "#contract/drive-offline.ts";
import { DriveError } from "../drive-error.ts";
import type { LocalFiles } from "./local-files.ts";

/**
 * What a person has decided about two versions, done to the files of this machine; the drive follows as it follows any change.
 * What loses lies in the trash.
 */
export async function decideConflict(
  files: LocalFiles,
  { path, copyPath }: OfflineConflict,
  choice: "mine" | "theirs" | "both",
): Promise<void> {
  if (choice === "both") return;
  const mine = await files.markOf(copyPath);
  if (mine === undefined) {
    if (choice === "theirs") return;
    throw new DriveError("notFound", {
      title: "The version of this machine is not there any more",
      detail: copyPath,
    });
  }
  if (choice === "theirs") {
    await files.discard(copyPath, mine, "deleted");
    return;
  }
  const theirs = await files.markOf(path);
  if (theirs !== undefined) await files.discard(path, theirs, "deleted");
  await files.move(copyPath, path);
}
