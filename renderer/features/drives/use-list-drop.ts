import { TOP, type DriveId } from "#contract/drives.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useView } from "#renderer/kit/view-store.ts";
import { useDropTarget } from "#renderer/parts/file-browser/use-drop-target.ts";
import { carriesEntries, carriesFiles, draggedEntries } from "./drive-drag.ts";
import { droppedFiles } from "./dropped-files.ts";
import { sendFiles } from "./transfers.ts";
import { usePlacing } from "./use-placing.ts";

interface ListDropOptions {
  canWrite: boolean;
  /** Makes the drive ready to be written to; false: it cannot be. */
  prepare?: () => Promise<boolean>;
}

/** A drive or library in the list: what is dropped on it is copied to its top; held over it, it opens. */
export function useListDrop(driveId: DriveId, { canWrite, prepare }: ListDropOptions) {
  const host = useHost();
  const place = usePlacing();
  const go = useView((state) => state.go);
  return useDropTarget({
    effectOf: (event) => (canWrite && (carriesEntries(event) || carriesFiles(event)) ? "copy" : null),
    onHeld: () => go("drives", driveId),
    onDrop: (event) => {
      const dragged = draggedEntries(event);
      // Read before the event is over: the browser then forgets what was dropped.
      const files = dragged === null ? droppedFiles(event.dataTransfer) : undefined;
      if (dragged?.driveId === driveId) return;
      void (async () => {
        if (prepare !== undefined && !(await prepare())) return;
        if (dragged !== null) await place("drives.copy", dragged, { driveId, path: TOP });
        else if (files !== undefined) await sendFiles(host, driveId, TOP, await files);
      })();
    },
  });
}
