import type { DriveFault } from "#contract/drives.ts";
import { nameFailure, type Failure } from "../../gateway/failures.ts";
import { DriveError } from "../drive-error.ts";

const faults: Readonly<Record<number, DriveFault>> = {
  400: "invalidName",
  401: "needsPassword",
  403: "forbidden",
  404: "notFound",
  405: "unsupported",
  408: "unreachable",
  409: "notFound",
  410: "notFound",
  411: "unsupported",
  412: "changed",
  413: "tooLarge",
  414: "invalidName",
  415: "unsupported",
  416: "changed",
  422: "invalidName",
  423: "locked",
  424: "locked",
  429: "unreachable",
  501: "unsupported",
  502: "unreachable",
  503: "unreachable",
  504: "unreachable",
  507: "full",
};

/** What a status says of a call, where nothing more is known. RFC 4918 section 11, RFC 9110 section 15. */
export function statusFault(answer: { status: number; headers?: Headers }, method: string): DriveError {
  const { status, headers } = answer;
  const fault = faults[status] ?? (status >= 500 || status < 400 ? "damaged" : "unsupported");
  const retryAfter = Number(headers?.get("retry-after") ?? Number.NaN);
  return new DriveError(fault, {
    title: `${method} was answered with ${status}`,
    ...(retryAfter >= 0 ? { retryAfter } : {}),
  });
}

/** What kept a call from being answered: the network's own names for it, or that nobody is there. */
export function transportFault(error: unknown, origin: string): unknown {
  if (error instanceof DriveError) return error;
  const named = namedFailure(error, origin);
  if (named === undefined) return error;
  const { kind, title, detail } = named.error.problem;
  if (kind === "cancelled") return new DriveError("cancelled", { title, cause: error });
  return new DriveError("unreachable", {
    title: title.replace("workplace", "server"),
    ...(detail === undefined ? {} : { detail }),
    facts: { reason: kind },
    cause: named.isBroken ? new BrokenConnection(error) : error,
  });
}

/** The connection broke before there was an answer. */
export function isBroken(error: unknown): boolean {
  return error instanceof DriveError && error.cause instanceof BrokenConnection;
}

class BrokenConnection extends Error {
  constructor(cause: unknown) {
    super("The connection broke", { cause });
    this.name = "BrokenConnection";
  }
}

/** Undefined for what is no failure of the network. */
function namedFailure(error: unknown, origin: string): Failure | undefined {
  try {
    return nameFailure(error, origin);
  } catch {
    return undefined;
  }
}
