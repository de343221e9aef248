import { AppError } from "#contract/problem.ts";
import { nameTaken } from "../account-columns.ts";

const SQLITE_FULL = 13;
const SQLITE_IOERR = 10;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** Expected failures as AppError; what is left is a bug. */
export function asAppError(error: unknown): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, "errcode") : undefined;
  if (typeof code !== "number") return isDiskFull(error) ? diskFull(error) : error;
  if (code === SQLITE_CONSTRAINT_UNIQUE && String(error).includes("accounts.username"))
    return nameTaken(error);
  const primary = code & 0xff;
  return primary === SQLITE_FULL || primary === SQLITE_IOERR ? diskFull(error) : error;
}

/** Of a file beside the database. */
function isDiskFull(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return code === "ENOSPC" || code === "EDQUOT";
}

function diskFull(cause: unknown): AppError {
  return new AppError("storageFull", {
    title: "The server cannot write to its disk",
    detail: "Nothing was changed. Free some space on the server's disk.",
    cause,
  });
}
