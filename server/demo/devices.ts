import type { Session } from "#contract/entities/session.ts";
import { naturalId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite } from "#server/store/store.ts";
import { demoPersonId } from "./people.ts";
import type { DemoSetting } from "./workplace.ts";

const DAY_MS = 86_400_000;

interface DemoDevice {
  platform: "win32" | "darwin" | "linux";
  name: string;
  /** Days ago. */
  since: number;
  seen: number;
  ended?: number;
}

/** Beside the one that the demonstration is looked at with. */
const devices: readonly DemoDevice[] = [
  { platform: "win32", name: "Parvis 0.1 · Windows", since: 87, seen: 0.2 },
  { platform: "darwin", name: "Parvis 0.1 · macOS", since: 41, seen: 9 },
  { platform: "linux", name: "Parvis 0.1 · Linux", since: 160, seen: 33, ended: 32 },
];

/** Where the main person of the demonstration is signed in. */
export function createDeviceRows(handle: string, { nowMs }: DemoSetting): RowWrite[] {
  const at = (days: number) => toIsoTime(nowMs - days * DAY_MS);
  const personId = demoPersonId(handle);
  return devices.map(({ platform, name, since, seen, ended }) => {
    const session: Session = {
      id: naturalId("demo", "session", handle, platform),
      personId,
      device: { name, shell: "electron", platform },
      createdAt: at(since),
      lastSeenAt: at(seen),
      ...(ended === undefined
        ? {}
        : { endedAt: at(ended), wipeAskedAt: at(ended), wipedAt: at(ended - 0.1) }),
    };
    return { scope: personScope(personId), collection: "session", id: session.id, op: "put", data: session };
  });
}
