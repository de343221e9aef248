import { useEffect, useState } from "react";
import { create } from "zustand";
import type { HostBridge } from "#contract/bridge.ts";
import type { DriveId, DrivePath } from "#contract/drives.ts";
import type { LeftOut, OfflineConflict, OfflineMark, OfflineStatus } from "#contract/drive-offline.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";

interface OfflineState {
  /** Null until the host has told. */
  status: OfflineStatus | null;
  conflicts: readonly OfflineConflict[];
}

const useStore = create<OfflineState>(() => ({ status: null, conflicts: [] }));

/** What is kept on this machine, as the host last told it. */
export function useOffline(): OfflineState {
  const host = useHost();
  const state = useStore();
  useHostEvent("offlineChanged", ({ status }) => putOffline(status));
  useHostEvent("offlineConflictsChanged", ({ conflicts }) => useStore.setState({ conflicts }));
  useEffect(() => {
    if (useStore.getState().status === null) void load(host);
  }, [host]);
  return state;
}

export function putOffline(status: OfflineStatus): void {
  useStore.setState({ status });
}

async function load(host: HostBridge): Promise<void> {
  const [status, conflicts] = await Promise.all([
    host.call("offline.list", {}),
    host.call("offline.conflicts", {}),
  ]);
  if (status.ok) putOffline(status.value);
  if (conflicts.ok) useStore.setState({ conflicts: conflicts.value });
}

export interface FolderMarks {
  /** The folder itself is kept, with all that it holds. */
  isWithin: boolean;
  byPath: ReadonlyMap<DrivePath, OfflineMark>;
}

const NO_MARKS: FolderMarks = { isWithin: false, byPath: new Map() };

/** Marks of what lies in a folder, asked for again whenever something of what is kept changes. */
export function useFolderMarks(driveId: DriveId, path: DrivePath): FolderMarks {
  const host = useHost();
  const { status } = useOffline();
  const [marks, setMarks] = useState<FolderMarks>(NO_MARKS);
  const hasPins = status?.pins.some((pin) => pin.driveId === driveId) ?? false;
  useEffect(() => {
    if (!hasPins || status === null) return undefined;
    let isWanted = true;
    void host.call("offline.status", { driveId, path }).then((answer) => {
      if (!isWanted || !answer.ok) return;
      const { isWithin, marks: list } = answer.value;
      setMarks({ isWithin, byPath: new Map(list.map((mark) => [mark.path, mark])) });
    });
    return () => {
      isWanted = false;
    };
  }, [host, driveId, path, hasPins, status]);
  return hasPins ? marks : NO_MARKS;
}

/** What could not be kept, and why; asked for when somebody looks. */
export function useLeftOut(): readonly LeftOut[] {
  const host = useHost();
  const { status } = useOffline();
  const [leftOut, setLeftOut] = useState<readonly LeftOut[]>([]);
  const count = status?.pins.reduce((sum, pin) => sum + pin.leftOut, 0) ?? 0;
  useEffect(() => {
    if (count === 0) return;
    void host.call("offline.leftOut", {}).then((answer) => {
      if (answer.ok) setLeftOut(answer.value);
    });
  }, [host, count]);
  return count === 0 ? [] : leftOut;
}
