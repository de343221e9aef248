/** How much is written: each level with those before it. */
export type LogLevel = "error" | "warning" | "information" | "debug";

/** Plain facts beside a message: never a secret, never content of a workplace. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** The port that every service writes to; `of` gives one that names its service. */
export interface Log {
  write(level: LogLevel, message: string, fields?: LogFields): void;
  of(service: string): Log;
}

/** Where nothing is to be kept: tests, and before the log is open. */
export const silentLog: Log = {
  write: () => undefined,
  of: () => silentLog,
};
