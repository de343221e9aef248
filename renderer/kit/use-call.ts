import { useCallback, useState } from "react";
import type { Problem } from "#contract/problem.ts";
import type { Result } from "#contract/result.ts";

export interface CallState<A extends unknown[], T> {
  run: (...args: A) => Promise<Result<T>>;
  isRunning: boolean;
  problem: Problem | null;
  clear: () => void;
}

/** Runs one call at a time and keeps its problem for the view. */
export function useCall<A extends unknown[], T>(call: (...args: A) => Promise<Result<T>>): CallState<A, T> {
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback(
    async (...args: A) => {
      setRunning(true);
      setProblem(null);
      const result = await call(...args);
      setRunning(false);
      setProblem(result.ok ? null : result.error);
      return result;
    },
    [call],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { run, isRunning, problem, clear };
}
