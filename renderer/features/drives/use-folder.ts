import { useEffect, useMemo, useSyncExternalStore } from "react";
import { parentPath, type DriveId, type DrivePath } from "#contract/drives.ts";
import { useHostEvent } from "#renderer/kit/host-context.tsx";
import { FolderModel, type FolderState } from "./folder-model.ts";

const LOOK_EVERY_MS = 60_000;

export interface Folder extends FolderState {
  reload: () => void;
}

/** A folder of a drive as it is now, read again whenever the drive tells that it is another. */
export function useFolder(driveId: DriveId, path: DrivePath): Folder {
  const model = useMemo(() => new FolderModel(driveId, path), [driveId, path]);
  const state = useSyncExternalStore(model.subscribe, model.snapshot);
  useHostEvent("driveFolderChanged", (event) => {
    const isHere = event.path === path || event.path === parentPath(path);
    if (event.driveId === driveId && isHere) model.reload();
  });
  useEffect(() => {
    // What lies on another machine tells nobody that it changed: it is looked at while somebody looks.
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && !model.snapshot().isLoading) model.reload();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [model]);
  return { ...state, reload: () => model.reload() };
}
