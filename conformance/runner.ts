import { Failure, Skip, type FailureText } from "./expect.ts";
import type { World } from "./world.ts";

/** One thing that the contract promises. */
export interface Check {
  group: string;
  /** A sentence about the backend that is true when the check passes. */
  name: string;
  /** Where the contract says so. */
  contract: string;
  run(world: World): Promise<void>;
}

type Outcome =
  | { status: "passed" }
  | { status: "skipped"; reason: string }
  | { status: "failed"; failure: FailureText };

export interface CheckResult {
  check: Check;
  outcome: Outcome;
  durationMs: number;
}

export interface RunOptions {
  checks: readonly Check[];
  world: World;
  /** Only checks whose group or name contains this. */
  only: string | undefined;
  now: () => number;
  onResult: (result: CheckResult) => void;
}

const CHECK_TIMEOUT_MS = 60_000;

/** Declares the checks of one group that share a source in the contract. */
export function checks(
  group: string,
  contract: string,
  named: Record<string, (world: World) => Promise<void>>,
): Check[] {
  return Object.entries(named).map(([name, run]) => ({ group, contract, name, run }));
}

export async function runChecks({
  checks: all,
  world,
  only,
  now,
  onResult,
}: RunOptions): Promise<CheckResult[]> {
  const wanted = only?.toLowerCase();
  const chosen = all.filter(
    ({ group, name }) => wanted === undefined || `${group}: ${name}`.toLowerCase().includes(wanted),
  );
  const results: CheckResult[] = [];
  for (const check of chosen) {
    const startedAt = now();
    const outcome = await runOne(check, world);
    const result = { check, outcome, durationMs: now() - startedAt };
    results.push(result);
    onResult(result);
  }
  return results;
}

async function runOne(check: Check, world: World): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(timeoutFailure()), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check.run(world), tooLate]);
    return { status: "passed" };
  } catch (error) {
    if (error instanceof Skip) return { status: "skipped", reason: error.message };
    return { status: "failed", failure: failureOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function failureOf(error: unknown): FailureText {
  if (error instanceof Failure) return error.text;
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return {
    expected: "an answer",
    got: error instanceof Error ? `${error.message}${cause}` : String(error),
    todo: "The call broke off. Look at the backend's log for this moment.",
  };
}

function timeoutFailure(): Failure {
  return new Failure({
    expected: `an answer within ${CHECK_TIMEOUT_MS / 1000} seconds`,
    got: "none",
    todo: "See where the backend hangs: a stream that never ends, or a lock never given back.",
  });
}
