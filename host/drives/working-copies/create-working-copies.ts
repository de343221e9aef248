import type { AppInfo } from "#contract/bridge.ts";
import type { HostEvents } from "../../events.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import type { Policies } from "../../policy/policies.ts";
import type { SettingsStore } from "../../settings.ts";
import type { DriveFiles } from "../drive-files.ts";
import type { DriveService } from "../drive-service.ts";
import { whoseMachine } from "../offline/create-offline.ts";
import { LibraryLevels } from "../offline/library-levels.ts";
import { offlineWording } from "../offline/wording.ts";
import { openFile } from "./open-file.ts";
import { WorkingCopies } from "./working-copies.ts";

interface CopiesParts {
  dataDir: string;
  service: DriveService;
  files: DriveFiles;
  gateway: Gateway;
  policies: Policies;
  settings: Pick<SettingsStore, "get">;
  info: Pick<AppInfo, "locale">;
  events: HostEvents;
  lock: { isLocked: boolean };
  now: () => number;
  onNotice: (message: string) => void;
}

/** Working copies, over the drives of this profile. */
export async function createWorkingCopies(parts: CopiesParts): Promise<WorkingCopies> {
  const { service, files, gateway, policies, settings, info, events, lock, now } = parts;
  const levels = new LibraryLevels(gateway, () => policies.get("CacheCeiling") ?? null);
  let { language } = await settings.get();
  events.subscribe((event) => {
    if (event.type === "settingsChanged") ({ language } = event.settings);
  });
  const copies = await WorkingCopies.start({
    ...parts,
    drives: files,
    openFile,
    words: () => ({
      conflict: offlineWording(language, info.locale).conflict,
      who: whoseMachine(),
      at: now(),
    }),
    onChange(list) {
      if (!lock.isLocked) events.emit({ type: "workingCopiesChanged", copies: list });
    },
    async isAboveCeiling(id) {
      const { accountId, scope } = service.link(id).definition;
      return accountId === null || scope === null ? false : levels.isAbove(accountId, scope);
    },
  });
  service.addFacts({
    indexOf: () => null,
    setIndexed: () => Promise.resolve(),
    forget: (id) => copies.forget(id),
  });
  return copies;
}
