import type { DriveId, DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { MachineNames } from "./names.ts";
import type { OfflineDrives } from "./offline-options.ts";
import type { Room } from "./room.ts";
import { bytesOf, scanThere } from "./tree-there.ts";

/** How long a person waits for how much it is. */
const COUNTING_MS = 15_000;

/** What is to be pinned, and whether there is room for it. */
export class PinSizes {
  readonly #drives: OfflineDrives;
  readonly #room: Room;
  readonly #names: MachineNames;

  constructor(drives: OfflineDrives, room: Room, names: MachineNames) {
    this.#drives = drives;
    this.#room = room;
    this.#names = names;
  }

  /**
   * Looks through all of it; what takes too long is not looked through to its end, and is refused file by file later.
   * @throws DriveError full
   */
  async measure(driveId: DriveId, path: DrivePath): Promise<{ kind: "file" | "folder" }> {
    const drive = this.#drives.open(driveId);
    const signal = AbortSignal.timeout(COUNTING_MS);
    const { kind, sizeBytes } = await drive.stat(path, { signal });
    if (kind === "file") {
      await this.#room.assertFits(sizeBytes ?? 0);
      return { kind };
    }
    try {
      const names = this.#names;
      const tree = await scanThere({ drive, pins: [{ path, kind }], names, call: { signal }, atOnce: 4 });
      await this.#room.assertFits(bytesOf(tree.there));
    } catch (error) {
      if (!signal.aborted || !(error instanceof DriveError) || error.fault !== "cancelled") throw error;
    }
    return { kind };
  }
}
