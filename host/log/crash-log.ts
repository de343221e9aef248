import type { Log } from "./log.ts";

/** What is used of the process. */
export interface CrashingProcess {
  on(name: "uncaughtExceptionMonitor", listener: (error: unknown, origin: string) => void): unknown;
  off(name: "uncaughtExceptionMonitor", listener: (error: unknown, origin: string) => void): unknown;
}

/**
 * The last words before the process ends are in the log. The monitor sees rejections nobody handled too, and changes nothing
 * of what happens next. Returns its dispose.
 */
export function logCrashes(log: Log, source: CrashingProcess = process): () => void {
  const onCrash = (error: unknown, origin: string): void => {
    log.write("error", "Parvis ended by a fault", { origin, stack: stackOf(error) });
  };
  source.on("uncaughtExceptionMonitor", onCrash);
  return () => void source.off("uncaughtExceptionMonitor", onCrash);
}

export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
