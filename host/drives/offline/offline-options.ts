import type { AccountId } from "#contract/account.ts";
import type { DriveId } from "#contract/drives.ts";
import type { HostEvents } from "../../events.ts";
import type { Log } from "../../log/log.ts";
import type { Policies } from "../../policy/policies.ts";
import type { LoopTimes } from "./drive-loop.ts";
import type { MachineNames } from "./names.ts";
import type { OfflineDrive } from "./offline-drive.ts";

/** Drives, as far as pinning is concerned. */
export interface OfflineDrives {
  /** @throws DriveError notFound */
  open: (id: DriveId) => OfflineDrive;
  /** Undefined: there is no such drive (any more). */
  about: (id: DriveId) => { name: string; accountId: AccountId | null } | undefined;
  /** Marked above what may be kept on this machine; undefined: not known at the moment. */
  isAboveCeiling: (id: DriveId) => Promise<boolean | undefined>;
  /** It was wiped from this machine, perhaps by a run that ended before its files were. */
  isWiped: (accountId: AccountId) => Promise<boolean>;
}

export interface OfflineOptions {
  dataDir: string;
  /** Where pinned files lie; in the data folder if it is not said. */
  folder?: string;
  drives: OfflineDrives;
  events: HostEvents;
  policies: Pick<Policies, "get" | "subscribe">;
  isLocked: () => boolean;
  onNotice: (message: string) => void;
  log: Log;
  now: () => number;
  names: MachineNames;
  /** What stands in the names of conflicts: the word, and whose version it is. */
  words: (accountId: AccountId | null) => { conflict: string; who: string };
  times?: LoopTimes;
}
