import type { MutationResult } from "#contract/mutations.ts";
import { problemStatus, type Problem } from "#contract/problem.ts";

/**
 * A refusal in WebDAV's own words: a status, and where RFC 4918 section 16, RFC 4791 or RFC 6578 has one, a condition.
 */
export class DavError extends Error {
  readonly status: number;
  /** Name of an element that says which condition did not hold: of `DAV:`, or of CalDAV as `C:name`. */
  readonly condition: string | undefined;
  /** What stands in its way. */
  readonly href: string | undefined;

  constructor(status: number, detail: string, condition?: string, href?: string) {
    super(detail);
    this.name = "DavError";
    this.status = status;
    this.condition = condition;
    this.href = href;
  }
}

/** What a mutation that was not applied means here. @throws DavError */
export function requireApplied(result: MutationResult): void {
  if (result.status === "applied") return;
  throw new DavError(statusOf(result.error), result.error.detail ?? result.error.title);
}

function statusOf({ kind }: Problem): number {
  // What the path leads to was there a moment ago: its folder is not.
  if (kind === "notFound") return 409;
  return problemStatus[kind];
}
