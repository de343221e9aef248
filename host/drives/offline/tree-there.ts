import { DriveError } from "../drive-error.ts";
import type { DriveFault, DrivePath } from "#contract/drives.ts";
import type { LeftOut } from "#contract/drive-offline.ts";
import type { Drive, DriveCall } from "../drive.ts";
import { baseName, isWithin, type There } from "./model.ts";
import { canHold, isLitter, type MachineNames } from "./names.ts";

export interface ThereOptions {
  drive: Pick<Drive, "list" | "stat">;
  pins: readonly { path: DrivePath; kind: "file" | "folder" }[];
  names: MachineNames;
  call: DriveCall;
  /** Folders that are listed at the same time. */
  atOnce: number;
}

export interface ThereTree {
  there: There;
  leftOut: Pick<LeftOut, "path" | "reason">[];
  /** Paths of which nothing is known at the moment, with all that lies in them: what is missing there is not missing. */
  unknown: Map<DrivePath, DriveError>;
}

/** Nothing can be had of the whole drive: what was found out so far is worth nothing. */
const OF_THE_DRIVE: ReadonlySet<DriveFault> = new Set([
  "unreachable",
  "needsPassword",
  "wrongPassword",
  "cancelled",
  "elsewhere",
]);

export function isOfTheDrive(error: DriveError): boolean {
  return OF_THE_DRIVE.has(error.fault);
}

/** What lies on the drive of all that is pinned there. @throws DriveError of the whole drive */
export async function scanThere(options: ThereOptions): Promise<ThereTree> {
  const tree: ThereTree = { there: new Map(), leftOut: [], unknown: new Map() };
  const waiting: DrivePath[] = [];
  await Promise.all(
    options.pins.map(async ({ path }) => {
      try {
        const entry = await options.drive.stat(path, options.call);
        tree.there.set(path, { ...entry, path });
        if (entry.kind === "folder") waiting.push(path);
      } catch (error) {
        tree.unknown.set(path, faultOf(error));
      }
    }),
  );
  await listAll(waiting, tree, options);
  return tree;
}

/** Lists folders and all that they hold, some at a time. */
async function listAll(waiting: DrivePath[], tree: ThereTree, options: ThereOptions): Promise<void> {
  let busy = 0;
  const done = Promise.withResolvers<void>();
  const next = (): void => {
    if (waiting.length === 0 && busy === 0) done.resolve();
    while (busy < options.atOnce) {
      const folder = waiting.pop();
      if (folder === undefined) return;
      busy += 1;
      list(folder, tree, options)
        .then((folders) => {
          busy -= 1;
          waiting.push(...folders);
          next();
        })
        .catch((error: unknown) => done.reject(error));
    }
  };
  next();
  await done.promise;
}

async function list(folder: DrivePath, tree: ThereTree, options: ThereOptions): Promise<DrivePath[]> {
  const folders: DrivePath[] = [];
  try {
    for await (const entry of options.drive.list(folder, options.call)) {
      const { path } = entry;
      // A server that answers with what was not asked for is not followed anywhere.
      if (path === folder || !isWithin(path, folder)) continue;
      const name = baseName(path);
      if (isLitter(name)) continue;
      if (!canHold(name, options.names)) {
        tree.leftOut.push({ path, reason: "name" });
        continue;
      }
      tree.there.set(path, entry);
      if (entry.kind === "folder") folders.push(path);
    }
  } catch (error) {
    tree.unknown.set(folder, faultOf(error));
  }
  return folders;
}

/** @throws whatever is not about this one path alone */
function faultOf(error: unknown): DriveError {
  if (error instanceof DriveError && !isOfTheDrive(error)) return error;
  throw error;
}

/** Bytes of files, as far as the drive says. */
export function bytesOf(there: There): number {
  let bytes = 0;
  for (const { kind, sizeBytes } of there.values()) if (kind === "file") bytes += sizeBytes ?? 0;
  return bytes;
}
