import type { AppInfo, HostEvent } from "#contract/bridge.ts";
import type { AccountService } from "../accounts/account-service.ts";
import type { CondemnedCaches } from "../accounts/condemned-caches.ts";
import type { HostEvents } from "../events.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { LockService } from "../lock/lock-service.ts";
import type { Log } from "../log/log.ts";
import type { Scrubber } from "../log/scrub.ts";
import type { Network } from "../network/network.ts";
import type { Policies } from "../policy/policies.ts";
import { mergeRoutes, type Routes } from "../routes.ts";
import type { SettingsStore } from "../settings.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import { AssignedDrives } from "./assigned-drives.ts";
import { createDriveDoor } from "./door.ts";
import { createDriveOpeners } from "./drive-openers.ts";
import { DriveFiles } from "./drive-files.ts";
import { DriveService } from "./drive-service.ts";
import { DriveIndex } from "./index/drive-index.ts";
import { IndexKey } from "./index/index-key.ts";
import type { StartDriveProcess } from "./drive-process/messages.ts";
import { startNodeProcess } from "./drive-process/start-node-process.ts";
import { foundMounts } from "./mounts/found.ts";
import { systemMounts } from "./mounts/system-mounts.ts";
import { FolderWatch } from "./folder-watch.ts";
import { createOpener, type DriveOpeners } from "./open-drive.ts";
import { createOffline } from "./offline/create-offline.ts";
import type { OfflineService } from "./offline/offline-service.ts";
import { openFolder } from "./offline/open-folder.ts";
import { offlineRoutes } from "./offline/routes.ts";
import { driveRoutes } from "./routes.ts";
import { createWorkingCopies } from "./working-copies/create-working-copies.ts";
import { workingCopyRoutes } from "./working-copies/routes.ts";

export interface DrivesParts {
  dataDir: string;
  info: AppInfo;
  secrets: SecretStore;
  settings: SettingsStore;
  policies: Policies;
  events: HostEvents;
  accounts: AccountService;
  condemned: CondemnedCaches;
  gateway: Gateway;
  lock: LockService;
  network: Network;
  log: Log;
  scrubber: Scrubber;
  onNotice: (message: string) => void;
  now: () => number;
  /** Of a mount; without it, a process of Node. */
  startDriveProcess?: StartDriveProcess;
  openers?: DriveOpeners;
}

/** Everything about drives, as a host uses it. */
export interface Drives {
  service: DriveService;
  files: DriveFiles;
  offline: OfflineService;
  routes: () => Routes;
  /** The door of pages: this gateway, and `/drives/…` beside it. */
  beside: (gateway: Gateway) => Gateway;
  /** How things stand, as events. */
  snapshot: () => HostEvent[];
  start: () => void;
  /** Every drive of this profile, and all that is kept of them here. */
  forgetAll: () => Promise<void>;
  /** Writes keys as the lock wants them now. */
  reseal: () => Promise<void>;
  stop: () => Promise<void>;
}

export async function createDrives(parts: DrivesParts): Promise<Drives> {
  const { events, lock, now } = parts;
  const system = systemMounts();
  const open = createOpener(
    parts.openers ??
      createDriveOpeners({
        accounts: parts.accounts,
        fetch: parts.network.fetchFor("drives"),
        startProcess: parts.startDriveProcess ?? startNodeProcess,
        system,
      }),
  );
  const service = await DriveService.open({ ...parts, random: Math.random, open });
  const files = new DriveFiles({ service, events, isLocked: () => lock.isLocked, now });
  const indexKey = new IndexKey(parts.secrets, lock);
  const index = await DriveIndex.open({
    ...parts,
    service,
    files,
    random: Math.random,
    async key() {
      lock.assertGuarded();
      return indexKey.get();
    },
  });
  service.addFacts(index);
  const assigned = new AssignedDrives({ ...parts, service });
  const copies = await createWorkingCopies({ ...parts, service, files });
  files.watch(index);
  const offline = await createOffline({ ...parts, service });
  const folders = new FolderWatch(events, () => lock.isLocked);
  const door = createDriveDoor(files, (id, path) => {
    folders
      .listed(service.get(id), path)
      .catch((error: unknown) =>
        parts.log.write("warning", "A folder is not watched", { error: String(error) }),
      );
  });
  return {
    service,
    files,
    offline,
    routes: () =>
      mergeRoutes([
        driveRoutes({
          drives: service,
          driveFiles: files,
          index,
          findMounts: (signal) => foundMounts(system, signal),
        }),
        offlineRoutes(offline, openFolder),
        workingCopyRoutes(copies),
      ]),
    beside: (gateway) => ({
      handle: (request, end) =>
        (new URL(request.url).pathname.startsWith("/drives/") ? door : gateway).handle(request, end),
    }),
    snapshot: () =>
      lock.isLocked
        ? []
        : [
            { type: "drivesChanged", drives: service.list() },
            { type: "workingCopiesChanged", copies: copies.list() },
          ],
    start() {
      service.start();
      assigned.start();
      index.start();
      offline
        .start()
        .catch((error: unknown) =>
          parts.log.write("error", `pinned files were not started: ${String(error)}`),
        );
    },
    async forgetAll() {
      await offline.wipe("all");
      await copies.forget("all");
      await service.forgetAll();
    },
    reseal: () => indexKey.reseal(),
    async stop() {
      assigned.stop();
      folders.stop();
      await copies.stop();
      await offline.stop();
      await index.stop();
      await files.stop();
      await service.stop();
    },
  };
}
