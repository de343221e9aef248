import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import type { HostEvent } from "#contract/bridge.ts";
import { accountIdSchema } from "#contract/account.ts";
import { driveIdSchema, drivePathSchema, TOP, type DrivePath } from "#contract/drives.ts";
import type { PolicyName } from "#contract/policies.ts";
import { createBridge } from "../../../bridge.ts";
import { HostEvents } from "../../../events.ts";
import { silentLog } from "../../../log/log.ts";
import { noPolicies, type Policies } from "../../../policy/policies.ts";
import { MemoryDrive, type MemoryDriveOptions } from "../../../testing/memory-drive.ts";
import { tempFolder } from "../../../testing/temp-folder.ts";
import type { OfflineOptions } from "../offline-options.ts";
import { OfflineService } from "../offline-service.ts";
import { offlineRoutes } from "../routes.ts";
import { DRIVE_ID } from "./machine.ts";

export const OTHER = driveIdSchema.parse("00000000-0000-4000-8000-000000000002");
export const ACCOUNT = accountIdSchema.parse("anna");
export const at = (path: string): DrivePath => drivePathSchema.parse(path);
const times = { settleMs: 20, lookMs: 50, retryMs: 20, lastRetryMs: 100 };

export async function service(
  extra: Partial<OfflineOptions> & {
    values?: Partial<Record<PolicyName, unknown>>;
    driveOptions?: MemoryDriveOptions;
  } = {},
) {
  const drive = new MemoryDrive(extra.driveOptions);
  const own = new MemoryDrive();
  const dataDir = extra.dataDir ?? (await tempFolder());
  const events = new HostEvents();
  const told: HostEvent[] = [];
  events.subscribe((event) => told.push(event));
  const values = extra.values ?? {};
  const wiped = { isWiped: false };
  const onPolicies = new Set<() => void>();
  const policies: Policies = {
    ...noPolicies,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- values of a test
    get: (name) => values[name] as never,
    subscribe(listener) {
      onPolicies.add(listener);
      return () => undefined;
    },
  };
  const options: OfflineOptions = {
    dataDir,
    drives: {
      open: (id) => (id === DRIVE_ID ? drive : own),
      about: (id) =>
        id === DRIVE_ID ? { name: "Partage: équipe", accountId: ACCOUNT } : { name: "Mine", accountId: null },
      isAboveCeiling: () => Promise.resolve(false),
      isWiped: () => Promise.resolve(wiped.isWiped),
    },
    events,
    policies,
    isLocked: () => false,
    onNotice: () => undefined,
    log: silentLog,
    now: Date.now,
    names: { platform: "linux", isCaseSensitive: true },
    words: () => ({ conflict: "conflit", who: "Anna" }),
    times,
    ...extra,
  };
  const open = async (): Promise<OfflineService> => {
    const made = await OfflineService.open(options);
    onTestFinished(() => made.stop());
    await made.start();
    return made;
  };
  const shown: string[] = [];
  const offline = await open();
  const bridge = createBridge([offlineRoutes(offline, async (folder) => void shown.push(folder))]);
  const place = (path: string): string => join(dataDir, "offline", "Partage_ équipe", path);
  return {
    drive,
    own,
    dataDir,
    events,
    told,
    offline,
    bridge,
    place,
    shown,
    values,
    wiped,
    open,
    changePolicies: () => onPolicies.forEach((listener) => listener()),
  };
}

export const synced = (offline: OfflineService, path: DrivePath = TOP): Promise<void> =>
  vi.waitFor(
    () => expect(offline.status().pins.find((pin) => pin.path === path)).toMatchObject({ state: "synced" }),
    { timeout: 5000, interval: 10 },
  );

export const content = (place: string): Promise<string> => readFile(place, "utf8");
