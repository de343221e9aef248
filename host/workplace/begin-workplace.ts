import { join } from "node:path";
import type { Problem } from "#contract/problem.ts";
import { openTextLog } from "../log/json-log.ts";
import type { Scrubber } from "../log/scrub.ts";
import type { ProfileFile } from "../profile/profile.ts";
import { EmbeddedWorkplace } from "./embedded-workplace.ts";
import type { StartWorkplace } from "./workplace-process.ts";

interface BeginningWorkplace {
  start: StartWorkplace;
  dataDir: string;
  /** Where it keeps its data, when that is not the data folder. */
  workplaceDir?: string | undefined;
  profile: ProfileFile;
  scrubber: Scrubber;
}

interface WorkplaceChange {
  isRunning: boolean;
  url?: string;
  error?: Problem;
}

/** The demonstration's process, while it starts and from then on. */
export interface BegunWorkplace {
  /** Its address, once it answers. @throws AppError unavailable */
  ready: () => Promise<string>;
  /** Told of each time that it dies or comes back, also of what came before. */
  follow: (listener: (change: WorkplaceChange) => void) => void;
  stop: () => Promise<void>;
}

/** Starts the demonstration's process, which takes the longest of all: whatever else a start needs is done meanwhile. */
export function beginWorkplace(options: BeginningWorkplace): BegunWorkplace {
  const { dataDir, profile, scrubber } = options;
  const log = openTextLog(join(dataDir, "logs", "workplace.log"), scrubber);
  let last: WorkplaceChange | undefined;
  let listener: ((change: WorkplaceChange) => void) | undefined;
  const onChange = (change: WorkplaceChange): void => {
    last = change;
    listener?.(change);
  };
  const starting = (async () => {
    const workplace = new EmbeddedWorkplace({
      start: options.start,
      dataDir: options.workplaceDir ?? join(dataDir, "workplace"),
      port: (await profile.read()).workplacePort,
      log: (text) => log.write(text),
      onChange,
    });
    return { workplace, url: workplace.start() };
  })();
  const ready = async (): Promise<string> => {
    const { workplace, url } = await starting;
    const address = await url;
    await profile.update((kept) => ({ ...kept, workplacePort: workplace.port }));
    return address;
  };
  const isReady = ready();
  // Heard by whoever asks; until then it is nobody's.
  isReady.catch(() => undefined);
  return {
    ready: () => isReady,
    follow: (next) => {
      listener = next;
      if (last !== undefined) next(last);
    },
    stop: async () => {
      // It may not have come as far as having a process.
      const begun = await starting.catch(() => undefined);
      await begun?.workplace.stop();
      log.close();
    },
  };
}
