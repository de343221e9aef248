import type { Problem } from "#contract/problem.ts";
import { useReportProblem } from "./use-commands.ts";

type Outcome = { ok: true } | { ok: false; error: Problem };

/** Waits for a write to be on disk and says its problem. Whether it was kept. */
export function useSettle(): (run: Promise<Outcome>) => Promise<boolean> {
  const report = useReportProblem();
  return async (run) => {
    const result = await run;
    if (!result.ok) report(result.error);
    return result.ok;
  };
}
