import { opendir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { childPath, type DriveEntry, type DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveCall } from "../drive.ts";
import { localEntry, ownerIn } from "./local-entry.ts";
import { localFault } from "./local-fault.ts";
import { isLitter, isOwnerFile, ownerFileOf } from "./local-names.ts";
import { within, type LocalPlaces } from "./local-places.ts";

/** Looked at side by side: the system has four threads for it, a mount has more. */
const SIDE_BY_SIDE = 32;

/**
 * What lies in a folder. Names are read first, so that who has a file open is known with it. Links that lead out and what is
 * neither file nor folder are left out.
 */
export async function* listLocal(
  places: LocalPlaces,
  path: DrivePath,
  { signal }: DriveCall,
): AsyncGenerator<DriveEntry> {
  const folder = await places.existing(path);
  const root = await places.root();
  const names = await namesIn(folder, signal);
  const owners = new Map([...names].filter(isOwnerFile).map((name) => [name, join(folder, name)]));
  const entryOf = (name: string) => lookAt({ root, folder, path, owners }, name);
  const wanted = [...names].filter((name) => !isLitter(name) && !isOwnerFile(name));
  for (let at = 0; at < wanted.length; at += SIDE_BY_SIDE) {
    signal.throwIfAborted();
    const entries = await Promise.all(wanted.slice(at, at + SIDE_BY_SIDE).map(entryOf));
    for (const entry of entries) if (entry !== undefined) yield entry;
  }
}

async function namesIn(folder: string, signal: AbortSignal): Promise<Set<string>> {
  const names = new Set<string>();
  try {
    for await (const { name } of await opendir(folder, { bufferSize: 1024 })) {
      signal.throwIfAborted();
      names.add(name);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw localFault(error, "The folder");
  }
  return names;
}

interface Folder {
  root: string;
  folder: string;
  path: DrivePath;
  owners: ReadonlyMap<string, string>;
}

async function lookAt({ root, folder, path, owners }: Folder, name: string): Promise<DriveEntry | undefined> {
  const file = join(folder, name);
  try {
    const stats = await stat(file, { bigint: true });
    if (!stats.isFile() && !stats.isDirectory()) return undefined;
    within(root, await realpath(file));
    const entry = localEntry(childPath(path, name), stats);
    const owner = ownerFileOf(name, owners);
    if (owner === undefined || entry.kind === "folder") return entry;
    const who = await ownerIn(join(folder, owner));
    return { ...entry, lock: { owner: who === "" ? null : who, isMine: false, expiresAt: null } };
  } catch (error) {
    // Gone meanwhile, a link that leads nowhere, or in circles.
    const fault = localFault(error, name);
    if (fault instanceof DriveError && LEFT_OUT.has(fault.fault)) return undefined;
    throw fault;
  }
}

const LEFT_OUT = new Set(["notFound", "outside", "notAFolder", "forbidden"]);
