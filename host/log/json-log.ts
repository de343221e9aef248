import { join } from "node:path";
import { errorCode } from "../files/atomic-file.ts";
import type { Policies } from "../policy/policies.ts";
import type { Log, LogFields, LogLevel } from "./log.ts";
import { LogFile } from "./log-file.ts";
import { createScrubber, isScrubbedName, type Scrubber } from "./scrub.ts";

const RANK: Record<LogLevel, number> = { error: 0, warning: 1, information: 2, debug: 3 };
const MAX_TEXT = 4000;

export interface JsonLogOptions {
  path: string;
  /** Asked at each entry: a policy may change it while running. */
  level: () => LogLevel;
  now?: () => number;
  scrubber?: Scrubber;
  maxBytes?: number;
}

/** One JSON object a line: `{"at":…,"level":…,"service":…,"message":…,…}`. Nothing gets in unscrubbed. */
export interface OpenLog extends Log {
  scrubber: Scrubber;
  close(): void;
}

/** A folder that cannot be written to is no reason not to start: there is no log then. */
export function openLog({
  path,
  level,
  now = Date.now,
  scrubber = createScrubber(),
  maxBytes,
}: JsonLogOptions): OpenLog {
  const file = openFile(path, maxBytes);
  const writer = (service: string): Log => ({
    write(entryLevel, message, fields = {}) {
      if (entryLevel !== "error" && RANK[entryLevel] > RANK[level()]) return;
      const entry = {
        at: new Date(now()).toISOString(),
        level: entryLevel,
        service,
        message: clean(message, scrubber),
        ...cleanFields(fields, scrubber),
      };
      file?.write(`${JSON.stringify(entry)}\n`);
    },
    of: (name) => writer(name),
  });
  return { ...writer("parvis"), scrubber, close: () => file?.close() };
}

/** Lines of another program, scrubbed one by one: its own form is kept. */
export function openTextLog(path: string, scrubber: Scrubber): { write(text: string): void; close(): void } {
  const file = openFile(path, undefined);
  let rest = "";
  return {
    write(text) {
      const lines = (rest + text).split("\n");
      rest = (lines.pop() ?? "").slice(-MAX_TEXT);
      for (const line of lines) file?.write(`${clean(line, scrubber)}\n`);
    },
    close() {
      if (rest !== "") file?.write(`${clean(rest, scrubber)}\n`);
      file?.close();
    },
  };
}

function openFile(path: string, maxBytes: number | undefined): LogFile | undefined {
  try {
    return new LogFile(path, maxBytes);
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return undefined;
  }
}

function clean(text: string, scrubber: Scrubber): string {
  // Cut after scrubbing: a secret cut in two would no longer be known.
  return scrubber.text(text).slice(0, MAX_TEXT);
}

const OWN = new Set(["at", "level", "service", "message"]);

function cleanFields(fields: LogFields, scrubber: Scrubber): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const key = OWN.has(name) ? `${name}_` : clean(name, scrubber);
    if (isScrubbedName(name)) kept[key] = "…";
    else kept[key] = typeof value === "string" ? clean(value, scrubber) : value;
  }
  return kept;
}

/** The log of an installation, as detailed as the organisation says. */
export function openAppLog(dataDir: string, policies: Policies): OpenLog {
  return openLog({
    path: join(dataDir, "logs", "parvis.log"),
    level: () => policies.get("LogLevel") ?? "information",
  });
}
