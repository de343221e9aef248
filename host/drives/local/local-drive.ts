import { access, constants, mkdir, stat, statfs } from "node:fs/promises";
import { nameOf, TOP, type DriveEntry, type DrivePath, type DriveQuota } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type {
  Drive,
  DriveCall,
  DriveCapabilities,
  DriveContent,
  NewContent,
  PlaceOptions,
  ReadOptions,
} from "../drive.ts";
import { localEntry, localVersion } from "./local-entry.ts";
import { localFault } from "./local-fault.ts";
import { listLocal } from "./local-list.ts";
import { copyLocal, moveLocal, removeLocal } from "./local-place.ts";
import { LocalPlaces } from "./local-places.ts";
import { readLocal } from "./local-read.ts";
import { writeLocal } from "./local-write.ts";

/** A folder of this machine, or a mount of the system, as a drive. */
export class LocalDrive implements Drive {
  readonly #places: LocalPlaces;
  readonly #ending = new AbortController();
  #isCaseSensitive: boolean | undefined;

  constructor(root: string) {
    this.#places = new LocalPlaces(root);
  }

  capabilities(call: DriveCall): Promise<DriveCapabilities> {
    return this.#run(call, async () => {
      const root = await this.#places.root();
      this.#isCaseSensitive ??= await isCaseSensitive(root);
      return {
        canWrite: await isWritable(root),
        canLock: false,
        canReadParts: true,
        canTellChanges: false,
        isCaseSensitive: this.#isCaseSensitive,
      };
    });
  }

  async *list(path: DrivePath, call: DriveCall): AsyncGenerator<DriveEntry> {
    const signal = AbortSignal.any([call.signal, this.#ending.signal]);
    try {
      assertGoing(signal);
      const stats = await stat(await this.#places.existing(path));
      if (!stats.isDirectory()) throw new DriveError("notAFolder", { title: "This is a file" });
      yield* listLocal(this.#places, path, { signal });
    } catch (error) {
      throw given(error, signal, path);
    }
  }

  stat(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    return this.#run(call, () => this.#entry(path), path);
  }

  read(path: DrivePath, wanted: ReadOptions, call: DriveCall): Promise<DriveContent> {
    return this.#run(
      call,
      async (signal) => readLocal(path, await this.#places.existing(path), wanted, signal),
      path,
    );
  }

  write(path: DrivePath, content: NewContent, call: DriveCall): Promise<DriveEntry> {
    return this.#run(
      call,
      async (signal) => {
        const target = await this.#target(path);
        await writeLocal(target, content, signal);
        return this.#entry(path);
      },
      path,
    );
  }

  makeFolder(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    return this.#run(
      call,
      async () => {
        await mkdir(await this.#places.own(path));
        return this.#entry(path);
      },
      path,
    );
  }

  move(
    from: DrivePath,
    to: DrivePath,
    { overwrite = false }: PlaceOptions,
    call: DriveCall,
  ): Promise<DriveEntry> {
    return this.#run(
      call,
      async (signal) => {
        await moveLocal(await this.#places.own(from), await this.#places.own(to), overwrite, signal);
        return this.#entry(to);
      },
      from,
    );
  }

  copy(
    from: DrivePath,
    to: DrivePath,
    { overwrite = false }: PlaceOptions,
    call: DriveCall,
  ): Promise<DriveEntry> {
    return this.#run(
      call,
      async (signal) => {
        await copyLocal(await this.#places.existing(from), await this.#places.own(to), overwrite, signal);
        return this.#entry(to);
      },
      from,
    );
  }

  remove(path: DrivePath, { ifVersion }: { ifVersion?: string }, call: DriveCall): Promise<void> {
    return this.#run(
      call,
      async (signal) => {
        const place = await this.#places.own(path);
        if (ifVersion !== undefined) {
          const stats = await stat(place, { bigint: true });
          // A folder's own version says nothing of what lies deeper.
          if (stats.isFile() && localVersion(stats) !== ifVersion)
            throw new DriveError("changed", { title: "The file is no longer the one that was listed" });
        }
        await removeLocal(place, signal);
      },
      path,
    );
  }

  lock(): Promise<never> {
    return Promise.reject(noLocks());
  }

  refresh(): Promise<never> {
    return Promise.reject(noLocks());
  }

  unlock(): Promise<never> {
    return Promise.reject(noLocks());
  }

  quota(call: DriveCall): Promise<DriveQuota> {
    return this.#run(call, async () => {
      const { bsize, blocks, bfree, bavail } = await statfs(await this.#places.root());
      return { usedBytes: (blocks - bfree) * bsize, availableBytes: bavail * bsize };
    });
  }

  // oxlint-disable-next-line require-yield -- the port gives an iterable, this drive has none to give
  async *changes(): AsyncGenerator<never> {
    throw new DriveError("unsupported", { title: "A folder does not tell what changed in it" });
  }

  async close(): Promise<void> {
    this.#ending.abort();
  }

  async #entry(path: DrivePath): Promise<DriveEntry> {
    const stats = await stat(await this.#places.existing(path), { bigint: true });
    if (stats.isFile() || stats.isDirectory()) return localEntry(path, stats);
    throw new DriveError("notFound", { title: "This is neither a file nor a folder" });
  }

  /** Where a file is written: a link within the drive is followed, so that it stays one. */
  async #target(path: DrivePath): Promise<string> {
    try {
      return await this.#places.existing(path);
    } catch (error) {
      if (error instanceof DriveError && error.fault === "notFound") return this.#places.own(path);
      throw error;
    }
  }

  async #run<T>(call: DriveCall, run: (signal: AbortSignal) => Promise<T>, path?: DrivePath): Promise<T> {
    const signal = AbortSignal.any([call.signal, this.#ending.signal]);
    try {
      assertGoing(signal);
      return await run(signal);
    } catch (error) {
      throw given(error, signal, path);
    }
  }
}

function assertGoing(signal: AbortSignal): void {
  if (signal.aborted) throw givenUp();
}

function given(error: unknown, signal: AbortSignal, path: DrivePath | undefined): unknown {
  return signal.aborted ? givenUp() : localFault(error, nameOf(path ?? TOP));
}

function givenUp(): DriveError {
  return new DriveError("cancelled", { title: "The call was given up" });
}

function noLocks(): DriveError {
  return new DriveError("unsupported", { title: "A folder has no locks of its own" });
}

async function isWritable(root: string): Promise<boolean> {
  try {
    await access(root, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Asked of the folder by its own name in another case; nothing is written. */
async function isCaseSensitive(root: string): Promise<boolean> {
  const name = root.split(/[\\/]/).at(-1) ?? "";
  const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
  // A name without letters tells nothing: as most systems of its kind are.
  if (other === name) return process.platform === "linux";
  try {
    const [own, twin] = await Promise.all([
      stat(root),
      stat(root.slice(0, root.length - name.length) + other),
    ]);
    return own.ino !== twin.ino;
  } catch {
    return true;
  }
}
