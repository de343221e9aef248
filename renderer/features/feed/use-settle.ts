import type { Problem } from "#contract/problem.ts";
import { useReportProblem } from "#renderer/parts/use-commands.ts";

type Outcome = { ok: true } | { ok: false; error: Problem };

/** Lets a write go on its way and says what went wrong with it. */
export function useSettle(): (run: Promise<Outcome>) => void {
  const report = useReportProblem();
  return (run) => {
    void run.then((result) => (result.ok ? undefined : report(result.error)));
  };
}
