import { useEffect, useMemo } from "react";
import { create } from "zustand";
import type { HostBridge } from "#contract/bridge.ts";
import type { AccountId } from "#contract/account.ts";
import { libraryDriveId, type DriveId, type DriveInfo } from "#contract/drives.ts";
import type { Problem } from "#contract/problem.ts";
import type { Result } from "#contract/result.ts";
import type { Scope } from "#contract/scope.ts";
import { useWorkplaceAddress } from "#renderer/kit/workplace-address.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";

interface DriveState {
  drives: readonly DriveInfo[];
  /** Libraries that were opened as drives. */
  libraries: readonly DriveInfo[];
  /** Whether the host has told which there are. */
  isKnown: boolean;
  problem: Problem | null;
}

const useStore = create<DriveState>(() => ({ drives: [], libraries: [], isKnown: false, problem: null }));

/** The drives of this profile, as the host last told them; asked for by the first view that wants them. */
export function useDrives(): DriveState & { reload: () => void } {
  const host = useHost();
  const state = useStore();
  useHostEvent("drivesChanged", ({ drives }) => setDrives(drives));
  useEffect(() => {
    if (!useStore.getState().isKnown) void load(host);
  }, [host]);
  return { ...state, reload: () => void load(host) };
}

/** One of them, or a library as a drive; undefined while it is not known, null when there is none. */
export function useDrive(driveId: DriveId): DriveInfo | undefined | null {
  const host = useHost();
  const { drives, libraries, isKnown } = useDrives();
  const wanted = useLibraries().find(({ driveId: id }) => id === driveId);
  const found = drives.find(({ id }) => id === driveId) ?? libraries.find(({ id }) => id === driveId);
  const isMissing = found === undefined;
  useEffect(() => {
    if (isMissing && wanted !== undefined) void openLibrary(host, wanted);
  }, [host, isMissing, wanted]);
  if (found === undefined) return isKnown && wanted === undefined ? null : undefined;
  return wanted === undefined ? found : { ...found, name: wanted.name };
}

export interface LibraryPlace {
  driveId: DriveId;
  accountId: AccountId;
  scope: Scope;
  /** Empty for the reader's own. */
  name: string;
  emoji: string;
}

/** Libraries of the shown account that may be opened as drives; none of those that must not stay on this machine. */
export function useLibraries(): readonly LibraryPlace[] {
  const accountId = useWorkplaceAddress((state) => state.accountId);
  const { items } = useLiveQuery("libraries", {});
  return useMemo(() => {
    if (accountId === null) return [];
    return items
      .filter(({ isKept }) => isKept)
      .map(({ scope, space }) => ({
        driveId: libraryDriveId(accountId, scope),
        accountId,
        scope,
        name: space?.name ?? "",
        emoji: space?.emoji ?? "",
      }));
  }, [accountId, items]);
}

/** Reaches it through the workplace's own door. */
export async function openLibrary(
  host: HostBridge,
  { accountId, scope }: Pick<LibraryPlace, "accountId" | "scope">,
): Promise<Result<DriveInfo>> {
  const known = await host.call("drives.library", { accountId, scope });
  if (!known.ok) return known;
  const answer = await host.call("drives.connect", { driveId: known.value.id });
  putDrive(answer.ok ? answer.value : known.value);
  return answer;
}

/** What an answer of the host says, before its event comes. */
export function putDrive(drive: DriveInfo): void {
  const { drives, libraries } = useStore.getState();
  if (drive.kind === "library") {
    useStore.setState({ libraries: [...libraries.filter(({ id }) => id !== drive.id), drive] });
    return;
  }
  const isThere = drives.some(({ id }) => id === drive.id);
  setDrives(isThere ? drives.map((each) => (each.id === drive.id ? drive : each)) : [...drives, drive]);
}

function setDrives(drives: readonly DriveInfo[]): void {
  useStore.setState({ drives, isKnown: true, problem: null });
}

async function load(host: HostBridge): Promise<void> {
  const answer = await host.call("drives.list", {});
  if (answer.ok) setDrives(answer.value);
  else useStore.setState({ problem: answer.error });
}
