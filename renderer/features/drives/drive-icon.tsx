import { Folder, FolderSync, HardDrive, Library, Server, type LucideProps } from "lucide-react";
import type { DriveInfo } from "#contract/drives.ts";

const ICONS = { folder: Folder, mount: HardDrive, webdav: Server, library: Library } as const;

/** What kind of drive it is, for the eye; another one while it cannot be reached. */
export function DriveIcon({ drive, ...rest }: { drive: Pick<DriveInfo, "kind" | "state"> } & LucideProps) {
  const Icon = drive.state === "connecting" ? FolderSync : ICONS[drive.kind];
  return <Icon {...rest} aria-hidden />;
}
