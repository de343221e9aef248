import { AppError, type Problem } from "#contract/problem.ts";
import { isStorageFull } from "#renderer/db/database.ts";

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}

export function unreadableProblem(count: number): Problem | null {
  if (count === 0) return null;
  return new AppError("secretsUnavailable", {
    title: "Some writes cannot be read with this key",
    detail: `${count} writes wait on this machine, sealed with another key. They are kept.`,
  }).problem;
}

export function storageProblem(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const options = { detail: String(error), cause: error };
  if (isStorageFull(error))
    return new AppError("storageFull", { title: "There is no room for the cache", ...options });
  return new AppError("unavailable", { title: "The browser refused its storage", ...options });
}
