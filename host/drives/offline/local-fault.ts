import { DriveError } from "../drive-error.ts";
import { errorCode } from "../../files/atomic-file.ts";

/** The file of this machine is no longer what was looked at: it is looked at again, and nothing was done. */
export class ChangedHere extends Error {
  constructor(path: string) {
    super(`${path} changed while it was being synchronised`);
    this.name = "ChangedHere";
  }
}

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const CHANGED = new Set(["ENOENT", "EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY"]);
const HELD = new Set(["EBUSY", "ETXTBSY", "EAGAIN", "EMFILE", "ENFILE"]);

/** What a failure of this machine's own disk means for the file that it is about. */
export function localFault(error: unknown, path: string): unknown {
  const code = errorCode(error);
  if (code === "") return error;
  if (CHANGED.has(code)) return new ChangedHere(path);
  if (FULL.has(code))
    return new DriveError("full", { title: "The disk of this machine is full", detail: path, cause: error });
  if (code === "ENAMETOOLONG" || code === "EINVAL" || code === "EILSEQ")
    return new DriveError("invalidName", {
      title: "This machine cannot hold this name",
      detail: path,
      cause: error,
    });
  if (code === "EFBIG")
    return new DriveError("tooLarge", {
      title: "The disk cannot hold a file this large",
      detail: path,
      cause: error,
    });
  if (HELD.has(code) || (process.platform === "win32" && (code === "EPERM" || code === "EACCES")))
    return new DriveError("locked", { title: "A program holds this file", detail: path, cause: error });
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new DriveError("forbidden", {
      title: "This machine does not let it be written",
      detail: path,
      cause: error,
    });
  return error;
}
