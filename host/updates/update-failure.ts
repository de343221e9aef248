import type { UpdateStatus } from "#contract/desktop/updates.ts";
import { errorCode } from "../files/atomic-file.ts";
import { UpdateRefused } from "./manifest-gate.ts";

const DISK = new Set(["ENOSPC", "EACCES", "EPERM", "EROFS", "EDQUOT", "EBUSY", "EMFILE"]);
const SIGNATURE = new Set([
  "ERR_CHECKSUM_MISMATCH",
  "ERR_UPDATER_INVALID_SIGNATURE",
  "ERR_UPDATER_NO_CHECKSUM",
]);
const NETWORK =
  /net::ERR_|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|Cannot download|HttpError|timed out|aborted/i;

/** Which of the page's words fit a failure. */
export function failureReason(error: unknown): NonNullable<UpdateStatus["reason"]> {
  const code = errorCode(error) ?? "";
  if (error instanceof UpdateRefused || SIGNATURE.has(code)) return "signature";
  if (DISK.has(code)) return "disk";
  return NETWORK.test(`${code} ${String(error)}`) ? "network" : "other";
}
