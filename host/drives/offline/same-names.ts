import type { LeftOut } from "#contract/drive-offline.ts";
import type { DrivePath } from "#contract/drives.ts";
import { folderOf, versionOf, type Base, type Here, type There } from "./model.ts";
import { clashKey } from "./names.ts";

interface Sides {
  base: Base;
  here: Here;
  there: There;
  /** Of the machine and of the drive: where one of them cannot hold both, both cannot be kept. */
  isCaseSensitive: boolean;
}

/**
 * Files that cannot stand side by side, because their names differ only in case or in how accents are composed. The one that
 * both sides know stays, else the first in order; the others are left where they are, and named.
 */
export function findSameNames({
  base,
  here,
  there,
  isCaseSensitive,
}: Sides): Pick<LeftOut, "path" | "where" | "reason">[] {
  if (isCaseSensitive) return [];
  const groups = new Map<string, Set<DrivePath>>();
  for (const path of [...here.keys(), ...there.keys()]) {
    const key = clashKey(path, false);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, new Set([path]));
    else group.add(path);
  }
  const left: Pick<LeftOut, "path" | "where" | "reason">[] = [];
  for (const group of groups.values()) {
    if (group.size < 2 || isRenamed([...group], { base, here, there })) continue;
    const [kept] = [...group].toSorted(
      (one, other) => rank(base, one) - rank(base, other) || (one < other ? -1 : 1),
    );
    for (const path of group) {
      // The same name lies in folders that clash already: those are named.
      if (path === kept || clashesAbove(path, kept ?? path)) continue;
      left.push({ path, where: there.has(path) ? "drive" : "here", reason: "sameName" });
    }
  }
  return left;
}

/** One name here and the other there, of what is the same file: somebody only changed how it is written. */
function isRenamed(
  group: readonly DrivePath[],
  { base, here, there }: Omit<Sides, "isCaseSensitive">,
): boolean {
  if (group.length !== 2) return false;
  const ours = group.find((path) => here.has(path) && !there.has(path));
  const theirs = group.find((path) => there.has(path) && !here.has(path));
  if (ours === undefined || theirs === undefined) return false;
  const known = base.get(theirs);
  if (known !== undefined) return known.mark.inode === here.get(ours)?.mark.inode;
  const agreed = base.get(ours);
  const entry = there.get(theirs);
  if (agreed === undefined || entry === undefined || agreed.kind !== entry.kind) return false;
  return agreed.fileId === null ? agreed.version === versionOf(entry) : agreed.fileId === entry.fileId;
}

function rank(base: Base, path: DrivePath): number {
  return base.has(path) ? 0 : 1;
}

function clashesAbove(path: DrivePath, kept: DrivePath): boolean {
  return folderOf(path) !== folderOf(kept);
}
