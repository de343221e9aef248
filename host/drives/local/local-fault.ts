import type { DriveFault } from "#contract/drives.ts";
import { errorCode } from "../../files/atomic-file.ts";
import { DriveError } from "../drive-error.ts";

const faults: Readonly<Record<string, DriveFault>> = {
  ENOENT: "notFound",
  EEXIST: "exists",
  ENOTEMPTY: "exists",
  ENOTDIR: "notAFolder",
  EISDIR: "notAFile",
  ELOOP: "outside",
  ENAMETOOLONG: "invalidName",
  EINVAL: "invalidName",
  EILSEQ: "invalidName",
  EACCES: "forbidden",
  EPERM: "forbidden",
  EROFS: "readOnly",
  ENOSPC: "full",
  EDQUOT: "full",
  EFBIG: "tooLarge",
  EBUSY: "locked",
  ETXTBSY: "locked",
  // Of mounts whose server is gone.
  EHOSTDOWN: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ENOTCONN: "unreachable",
  ECONNRESET: "unreachable",
  ESTALE: "unreachable",
  ETIMEDOUT: "unreachable",
  EIO: "damaged",
  ENOTSUP: "unsupported",
};

/** What a failure of the file system means, without the path of the machine in it. */
export function localFault(error: unknown, name: string): unknown {
  if (error instanceof DriveError) return error;
  const code = errorCode(error);
  const fault = faults[code];
  if (fault === undefined) return error;
  return new DriveError(fault, { title: `${name}: ${code}`, cause: error });
}
