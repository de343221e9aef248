import { AppError } from "#contract/problem.ts";
import type { Attempts } from "./attempts.ts";

/** Trying out secret links counts as trying out passwords does: what `run` does not find (`notFound`) is a failure. */
export async function countingGuesses<T>(attempts: Attempts, key: string, run: () => Promise<T>): Promise<T> {
  let wrongLink: AppError | undefined;
  try {
    return await attempts.run(key, async () => {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof AppError) || error.kind !== "notFound") throw error;
        wrongLink = error;
        throw new AppError("signInFailed", { cause: error });
      }
    });
  } catch (error) {
    throw wrongLink ?? error;
  }
}
