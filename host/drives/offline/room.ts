import { statfs } from "node:fs/promises";
import { DriveError } from "../drive-error.ts";
import type { Journal } from "./journal.ts";

export interface RoomOptions {
  folder: string;
  journal: Pick<Journal, "bytes">;
  /** Null: as much as the disk holds. */
  budgetBytes: () => number | null;
}

/** Left to everybody else on this disk. */
const DISK_MARGIN = 256 * 1024 * 1024;
/** How many bytes may be taken before the disk is asked again. */
const ASK_EACH = 32 * 1024 * 1024;

/** How much more may be pinned: by the budget, and by the disk. What is pinned is never given up for something else. */
export class Room {
  readonly #options: RoomOptions;
  #used = 0;
  #free = 0;

  constructor(options: RoomOptions) {
    this.#options = options;
  }

  get usedBytes(): number {
    return this.#used;
  }

  /** After a round: what was reserved and then not needed is free again. */
  count(): void {
    this.#used = this.#options.journal.bytes();
    this.#free = 0;
  }

  /** @throws DriveError full */
  async reserve(bytes: number): Promise<void> {
    await this.assertFits(bytes);
    this.#used += bytes;
    this.#free -= bytes;
  }

  /** @throws DriveError full */
  async assertFits(bytes: number): Promise<void> {
    const budget = this.#options.budgetBytes();
    if (budget !== null && this.#used + bytes > budget)
      throw new DriveError("full", {
        title: "The room for pinned files is used up",
        detail: `${megabytes(budget)} MB may be used, ${megabytes(this.#used)} MB are, and ${megabytes(bytes)} MB more would be needed.`,
      });
    if (this.#free - bytes < DISK_MARGIN + ASK_EACH) this.#free = await freeBytes(this.#options.folder);
    if (bytes > 0 && this.#free - bytes < DISK_MARGIN)
      throw new DriveError("full", {
        title: "The disk of this machine is nearly full",
        detail: `${megabytes(bytes)} MB more would leave less than ${megabytes(DISK_MARGIN)} MB.`,
      });
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}
