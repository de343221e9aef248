import { hostname, userInfo } from "node:os";
import { stat, rm, writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import type { AccountId } from "#contract/account.ts";
import type { AppInfo } from "#contract/bridge.ts";
import type { DriveId } from "#contract/drives.ts";
import { errorCode } from "../../files/atomic-file.ts";
import type { AccountService } from "../../accounts/account-service.ts";
import type { CondemnedCaches } from "../../accounts/condemned-caches.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import type { SettingsStore } from "../../settings.ts";
import type { DriveService } from "../drive-service.ts";
import type { DriveLink } from "../drive-link.ts";
import { LibraryLevels } from "./library-levels.ts";
import type { MachineNames } from "./names.ts";
import { linkedDrive } from "./offline-drive.ts";
import type { OfflineDrives, OfflineOptions } from "./offline-options.ts";
import { OfflineService } from "./offline-service.ts";
import { offlineWording } from "./wording.ts";

export interface OfflineParts extends Pick<
  OfflineOptions,
  "dataDir" | "events" | "policies" | "log" | "now" | "folder" | "times" | "onNotice"
> {
  service: DriveService;
  gateway: Gateway;
  settings: Pick<SettingsStore, "get">;
  info: Pick<AppInfo, "locale">;
  lock: { isLocked: boolean };
  accounts: Pick<AccountService, "list">;
  condemned: Pick<CondemnedCaches, "list">;
}

/** Pinned files, over the drives of this profile. */
export async function createOffline(parts: OfflineParts): Promise<OfflineService> {
  const { gateway, policies, settings, info, events, lock, service } = parts;
  const levels = new LibraryLevels(gateway, () => policies.get("CacheCeiling") ?? null);
  let { language } = await settings.get();
  events.subscribe((event) => {
    if (event.type === "settingsChanged") ({ language } = event.settings);
  });
  const offline = await OfflineService.open({
    ...parts,
    drives: offlineDrives(parts, levels),
    isLocked: () => lock.isLocked,
    names: { platform: process.platform, isCaseSensitive: await isCaseSensitive(parts.dataDir) },
    words: () => ({ conflict: offlineWording(language, info.locale).conflict, who: whoseMachine() }),
  });
  service.addFacts({
    indexOf: () => null,
    setIndexed: () => Promise.resolve(),
    forget: (id) => offline.forget(id),
  });
  return offline;
}

function offlineDrives({ service, accounts, condemned }: OfflineParts, levels: LibraryLevels): OfflineDrives {
  const linkOf = (id: DriveId): DriveLink | undefined =>
    service.links().find(({ definition }) => definition.id === id);
  return {
    open: (id) => linkedDrive(service.link(id)),
    about(id): { name: string; accountId: AccountId | null } | undefined {
      const definition = linkOf(id)?.definition;
      return definition === undefined
        ? undefined
        : { name: definition.name, accountId: definition.accountId };
    },
    async isAboveCeiling(id) {
      const { accountId = null, scope = null } = linkOf(id)?.definition ?? {};
      return accountId === null || scope === null ? false : levels.isAbove(accountId, scope);
    },
    async isWiped(accountId) {
      const isIn = accounts.list().some(({ id, state }) => id === accountId && state !== "signedOut");
      return !isIn && (await condemned.list()).includes(accountId);
    },
  };
}

/** Whoever sits at this machine, as the system calls them. */
export function whoseMachine(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return hostname();
  }
}

/** Found out with a file: it depends on the disk, not on the system. */
async function isCaseSensitive(dataDir: string): Promise<MachineNames["isCaseSensitive"]> {
  const name = `case-${randomUUID()}`;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(join(dataDir, name), "");
    await stat(join(dataDir, name.toUpperCase()));
    return false;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return process.platform !== "win32" && process.platform !== "darwin";
  } finally {
    // Where nothing may be written, nothing was.
    await rm(join(dataDir, name), { force: true }).catch(() => undefined);
  }
}
