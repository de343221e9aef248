import { DriveError } from "../drive-error.ts";
import { openInProcess } from "../drive-process/process-drive.ts";
import type { StartDriveProcess } from "../drive-process/messages.ts";
import type { Drive } from "../drive.ts";
import { LocalDrive } from "../local/local-drive.ts";
import type { DriveAccess } from "../open-drive.ts";
import type { ConnectMount } from "./connect-mount.ts";
import { folderOfShare, isMounted } from "./mounted.ts";
import type { SystemMounts } from "./system-mounts.ts";

export interface MountParts {
  system: SystemMounts;
  connect: ConnectMount;
  startProcess: StartDriveProcess;
  platform: NodeJS.Platform;
}

/** Asking the system takes no server; connecting does. */
const LIST_MS = 10_000;
const CONNECT_MS = 25_000;

/** A folder: of this machine, or of a mount that lies there. */
export async function openFolderDrive(folder: string, parts: MountParts): Promise<Drive> {
  const mounts = await parts.system(AbortSignal.timeout(LIST_MS)).catch(() => []);
  return isMounted(folder, mounts) ? openInProcess(folder, parts.startProcess) : new LocalDrive(folder);
}

/**
 * A mount: the path where it is, or the address of a share that the system has mounted, or mounts now.
 * @throws DriveError needsPassword, wrongPassword, unreachable
 */
export async function openMount(address: string, access: DriveAccess, parts: MountParts): Promise<Drive> {
  return openInProcess(await mountedFolder(address, access, parts), parts.startProcess);
}

async function mountedFolder(address: string, access: DriveAccess, parts: MountParts): Promise<string> {
  const isUnc = address.startsWith("\\\\");
  if (!isUnc && !/^[a-z]+:\/\//i.test(address)) return address;
  const found = await whereItIs(address, parts);
  if (found !== undefined) return found;
  await parts.connect(address, access, AbortSignal.timeout(CONNECT_MS));
  const folder = await whereItIs(address, parts);
  if (folder !== undefined) return folder;
  // Windows reads it by its own name.
  if (isUnc && parts.platform === "win32") return address;
  throw new DriveError("unreachable", {
    title: "This share is not mounted",
    detail: "Connect it in the system's file manager, then try again.",
  });
}

async function whereItIs(address: string, { system }: MountParts): Promise<string | undefined> {
  return folderOfShare(address, await system(AbortSignal.timeout(LIST_MS)));
}
