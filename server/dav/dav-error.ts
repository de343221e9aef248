import type { MutationResult } from "#contract/mutations.ts";
import { problemStatus, type Problem } from "#contract/problem.ts";

/** A refusal in WebDAV's own words: a status, and where RFC 4918 section 16 has one, a condition. */
export class DavError extends Error {
  readonly status: number;
  /** Name of an element in `DAV:` that says which condition did not hold. */
  readonly condition: string | undefined;

  constructor(status: number, detail: string, condition?: string) {
    super(detail);
    this.name = "DavError";
    this.status = status;
    this.condition = condition;
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
