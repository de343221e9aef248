import type { AccountId } from "#contract/account.ts";
import type { HostEvent } from "#contract/bridge.ts";
import type { DriveId, DriveInfo, DrivePath } from "#contract/drives.ts";
import type { HostEvents } from "../../events.ts";

/** What pinned files do when something happens elsewhere in the host. */
export interface EventFollower {
  onWiped: (accountId: AccountId) => void;
  onNetwork: (event: Extract<HostEvent, { type: "networkChanged" }>) => void;
  onAwake: () => void;
  onDrives: (drives: readonly DriveInfo[]) => void;
  onFolder: (driveId: DriveId, path: DrivePath) => void;
  onUnlocked: () => void;
}

/** Returns its dispose. */
export function followEvents(events: HostEvents, follower: EventFollower): () => void {
  return events.subscribe((event) => {
    if (event.type === "accountWiped") follower.onWiped(event.accountId);
    if (event.type === "networkChanged") follower.onNetwork(event);
    if (event.type === "powerChanged" && event.state === "resume") follower.onAwake();
    if (event.type === "drivesChanged") follower.onDrives(event.drives);
    if (event.type === "driveFolderChanged") follower.onFolder(event.driveId, event.path);
    if (event.type === "lockChanged" && !event.status.isLocked) follower.onUnlocked();
  });
}
