import { lstat, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { nameOf, parentPath, TOP, type DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import { localFault } from "./local-fault.ts";

/**
 * Where paths of the drive lie on this machine. Links are followed as long as they stay within the drive: what leads out,
 * in circles or nowhere is refused.
 */
export class LocalPlaces {
  readonly #root: string;
  #realRoot: string | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** The root itself, without links. @throws DriveError unreachable when it is not there */
  async root(): Promise<string> {
    if (this.#realRoot !== undefined) return this.#realRoot;
    try {
      this.#realRoot = await realpath(this.#root);
      return this.#realRoot;
    } catch (error) {
      throw new DriveError("unreachable", {
        title: "The folder of the drive is not there",
        detail: "Its disk is not connected, or it was moved or deleted.",
        cause: error,
      });
    }
  }

  /** Forgets where it was: it may be mounted anew elsewhere. */
  forget(): void {
    this.#realRoot = undefined;
  }

  /** Of something that is there. @throws DriveError notFound, outside, unreachable */
  async existing(path: DrivePath): Promise<string> {
    const root = await this.root();
    const wanted = machinePath(root, path);
    try {
      return within(root, await realpath(wanted));
    } catch (error) {
      // A link that leads nowhere is there, and leads out as far as anybody can tell.
      if (path !== TOP && (await isLink(wanted))) throw outside();
      await this.root().then(() => realpath(root).catch(() => this.#gone()));
      throw localFault(error, nameOf(path));
    }
  }

  /**
   * Of something that is to be made, renamed or removed: its folder is there, itself is not followed.
   * @throws DriveError notFound, outside, notAFolder
   */
  async own(path: DrivePath): Promise<string> {
    if (path === TOP) throw new DriveError("forbidden", { title: "This is the drive itself" });
    const folder = await this.existing(parentPath(path));
    return join(folder, nameOf(path));
  }

  #gone(): never {
    this.forget();
    throw new DriveError("unreachable", { title: "The folder of the drive is no longer there" });
  }
}

function machinePath(root: string, path: DrivePath): string {
  const names = path === TOP ? [] : path.split("/");
  // On Windows these would be separators, and streams of a file.
  if (sep === "\\" && names.some((name) => /[\\:]/.test(name)))
    throw new DriveError("invalidName", { title: "This machine cannot hold such a name" });
  return join(root, ...names);
}

export function within(root: string, real: string): string {
  if (real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)) return real;
  throw outside();
}

function outside(): DriveError {
  return new DriveError("outside", { title: "This link leads out of the drive" });
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
