export interface Logger {
  info(event: string, details?: Record<string, unknown>): void;
  error(event: string, details?: Record<string, unknown>): void;
}

/** One JSON object a line. Callers never pass tokens, passwords, query strings or bodies. */
export function createLogger(write: (line: string) => void, clock: () => number): Logger {
  const log =
    (level: string) =>
    (event: string, details: Record<string, unknown> = {}) => {
      write(`${JSON.stringify({ time: new Date(clock()).toISOString(), level, event, ...details })}\n`);
    };
  return { info: log("info"), error: log("error") };
}

export const silentLogger: Logger = { info: () => undefined, error: () => undefined };
