import type { DrivePath } from "#contract/drives.ts";
import {
  versionOf,
  type Base,
  type BaseEntry,
  type FileMark,
  type Here,
  type HereEntry,
  type There,
} from "./model.ts";

/** One rename or move, with all that lies in it. */
export interface Move {
  /** Where it is to be carried out; `both`: both sides have done the same. */
  where: "here" | "drive" | "both";
  from: DrivePath;
  to: DrivePath;
  /** Under which name it was agreed on, when that is not `from`. */
  agreed?: DrivePath;
  /** The drive has no numbers of files: it only looks like the same, and its content is to be compared. */
  isGuess?: boolean;
}

interface Sides {
  base: Base;
  here: Here;
  there: There;
  canWrite: boolean;
  /** Nothing is known of it at the moment, or nothing may happen to it. */
  isBlocked: (path: DrivePath) => boolean;
  /** Where versions of this machine were put beside: Parvis has renamed them, nobody else. */
  copies: ReadonlySet<DrivePath>;
}

/**
 * What was renamed or moved on one side, to be done on the other without sending it again. Outermost first: what goes with a
 * folder is no move of its own. Ours are known by the number of the file, theirs by the drive's.
 */
export function findMoves(sides: Sides): Move[] {
  const { base, here, there, canWrite } = sides;
  const ours = findOurs(sides);
  const theirs = findTheirs(sides);
  const moves: Move[] = [];
  for (const [from, to] of findLookalikes(sides))
    if (!ours.has(from)) moves.push({ where: "here", from, to, isGuess: true });
  for (const [from, to] of theirs) {
    const mine = ours.get(from);
    if (mine === to) moves.push({ where: "both", from, to });
    // Both have moved it, to different places: that of the drive counts.
    else if (mine !== undefined) moves.push({ where: "here", from: mine, to, agreed: from });
    else if (here.has(from)) moves.push({ where: "here", from, to });
  }
  const settled = new Set(theirs.keys());
  for (const [from, to] of ours) {
    if (settled.has(from) || !canWrite) continue;
    if (there.has(from) && !there.has(to) && there.get(from)?.kind === base.get(from)?.kind)
      moves.push({ where: "drive", from, to });
  }
  return outermost(moves);
}

function findOurs({ base, here, there, isBlocked, copies }: Sides): Map<DrivePath, DrivePath> {
  const gone = new Map<bigint, BaseEntry[]>();
  for (const entry of base.values()) {
    if (here.has(entry.path) || isBlocked(entry.path)) continue;
    gone.set(entry.mark.inode, [...(gone.get(entry.mark.inode) ?? []), entry]);
  }
  const found = new Map<DrivePath, DrivePath>();
  if (gone.size === 0) return found;
  for (const entry of here.values()) {
    if (base.has(entry.path) || isBlocked(entry.path) || entry.state === "busy" || copies.has(entry.path))
      continue;
    const from = gone.get(entry.mark.inode)?.find((one) => isMoved(one, entry));
    if (from !== undefined && !found.has(from.path) && !isInside(entry.path, from.path))
      found.set(from.path, entry.path);
  }
  // A name that the drive has meanwhile given to something else is not taken over.
  for (const [from, to] of found) if (there.has(to) && there.has(from)) found.delete(from);
  return found;
}

/** Numbers of files are given again once they are free: time of birth, or time and size, have to be the same too. */
function isMoved(from: BaseEntry, to: HereEntry): boolean {
  if (from.kind !== to.kind) return false;
  if (isBornWith(from.mark, to.mark)) return true;
  return (
    from.kind === "file" && from.mark.sizeBytes === to.mark.sizeBytes && from.mark.mtimeNs === to.mark.mtimeNs
  );
}

function isBornWith(one: FileMark, other: FileMark): boolean {
  return one.birthNs !== 0n && one.birthNs === other.birthNs;
}

function findTheirs({ base, here, there, isBlocked }: Sides): Map<DrivePath, DrivePath> {
  const gone = new Map<string, BaseEntry>();
  for (const entry of base.values()) {
    if (entry.fileId === null || there.has(entry.path) || isBlocked(entry.path)) continue;
    gone.set(`${entry.kind} ${entry.fileId}`, entry);
  }
  const found = new Map<DrivePath, DrivePath>();
  if (gone.size === 0) return found;
  for (const entry of there.values()) {
    if (entry.fileId === null || base.has(entry.path) || isBlocked(entry.path)) continue;
    const from = gone.get(`${entry.kind} ${entry.fileId}`);
    if (from === undefined || found.has(from.path) || isInside(entry.path, from.path)) continue;
    const inTheWay = here.get(entry.path);
    if (inTheWay === undefined || inTheWay.mark.inode === from.mark.inode) found.set(from.path, entry.path);
  }
  return found;
}

/** Where the drive has no numbers of files: the same version under one new name, instead of under one old one. */
function findLookalikes({ base, here, there, isBlocked }: Sides): Map<DrivePath, DrivePath> {
  const gone = new Map<string, BaseEntry | undefined>();
  for (const entry of base.values()) {
    if (entry.kind === "folder" || entry.fileId !== null || entry.mark.sizeBytes === 0) continue;
    if (there.has(entry.path) || isBlocked(entry.path)) continue;
    // Two that look the same are no evidence.
    gone.set(entry.version, gone.has(entry.version) ? undefined : entry);
  }
  const found = new Map<DrivePath, DrivePath>();
  if (gone.size === 0) return found;
  const looks = new Map<string, DrivePath | undefined>();
  for (const entry of there.values()) {
    if (entry.kind === "folder" || base.has(entry.path) || here.has(entry.path) || isBlocked(entry.path))
      continue;
    const version = versionOf(entry);
    looks.set(version, looks.has(version) ? undefined : entry.path);
  }
  for (const [version, to] of looks) {
    const from = gone.get(version);
    if (to !== undefined && from !== undefined && here.get(from.path)?.state === "same")
      found.set(from.path, to);
  }
  return found;
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** What lies in a folder that is moved is left to the next round. */
function outermost(moves: readonly Move[]): Move[] {
  const done: Move[] = [];
  // A folder is there before what is moved into it: none has to be made in its place.
  const byDepth = moves.toSorted(
    (one, other) => depth(one.to) - depth(other.to) || depth(one.from) - depth(other.from),
  );
  for (const move of byDepth) {
    // Looked at again once its folder has moved: most went along.
    if (!done.some((one) => isInside(move.from, one.from))) done.push(move);
  }
  return done;
}

function depth(path: string): number {
  return path.split("/").length;
}

/** A path after a move. */
function moved(path: DrivePath, { from, to }: Pick<Move, "from" | "to">): DrivePath {
  if (path === from) return to;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- two paths put together are one
  return path.startsWith(`${from}/`) ? ((to + path.slice(from.length)) as DrivePath) : path;
}

/** Takes everything under `from` along, and gives what was taken, as it is now. */
export function moveKeys<T extends { path: DrivePath; kind: "file" | "folder" }>(
  map: Map<DrivePath, T>,
  move: Pick<Move, "from" | "to">,
): { from: DrivePath; entry: T }[] {
  const root = map.get(move.from);
  const taken =
    root?.kind === "file" ? [root] : [...map.values()].filter(({ path }) => moved(path, move) !== path);
  for (const { path } of taken) map.delete(path);
  const after: { from: DrivePath; entry: T }[] = [];
  for (const entry of taken) {
    const there = { ...entry, path: moved(entry.path, move) };
    map.set(there.path, there);
    after.push({ from: entry.path, entry: there });
  }
  return after;
}
