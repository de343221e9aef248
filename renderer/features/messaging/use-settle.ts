import type { Result } from "#contract/result.ts";
import { useReportProblem } from "#renderer/parts/use-commands.ts";

/** Waits for a write to be on disk and says its problem. Whether it was kept. */
export function useSettle(): (run: Promise<Result<unknown>>) => Promise<boolean> {
  const report = useReportProblem();
  return async (run) => {
    const result = await run;
    if (!result.ok) report(result.error);
    return result.ok;
  };
}
