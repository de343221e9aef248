import { drivePathSchema, parentPath, type DriveInfo, type DrivePath } from "#contract/drives.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import type { FileDrag } from "#renderer/parts/file-browser/file-browser-props.ts";
import { carriesEntries, carriesFiles, dragData, draggedEntries } from "./drive-drag.ts";
import { droppedFiles } from "./dropped-files.ts";
import { sendFiles } from "./transfers.ts";
import { usePlacing } from "./use-placing.ts";

interface FolderDragOptions {
  drive: DriveInfo;
  path: DrivePath;
  reload: () => void;
}

/** Dropping files of the machine sends them; entries of the same drive are moved, those of another copied. */
export function useFolderDrag({ drive, path, reload }: FolderDragOptions): FileDrag {
  const host = useHost();
  const place = usePlacing();
  const canWrite = drive.canWrite !== false;
  return {
    dataOf: (files) =>
      dragData(
        drive.id,
        files.map(({ id }) => id),
      ),
    effectOf: (target, event) => {
      if (!canWrite) return null;
      if (carriesEntries(event)) return event.ctrlKey || target === null ? "copy" : "move";
      return carriesFiles(event) ? "copy" : null;
    },
    onDrop: (target, event) => {
      const folder = target === null ? path : drivePathSchema.parse(target.id);
      const dragged = draggedEntries(event);
      if (dragged === null) {
        // Read before the event is over: the browser then forgets what was dropped.
        void droppedFiles(event.dataTransfer).then((files) => sendFiles(host, drive.id, folder, files));
        return;
      }
      const isSame = dragged.driveId === drive.id;
      // Into itself, or where it lies already.
      if (
        isSame &&
        dragged.entries.some((entry) => entry.path === folder || parentPath(entry.path) === folder)
      )
        return;
      const channel = isSame && !event.ctrlKey ? "drives.move" : "drives.copy";
      void place(channel, dragged, { driveId: drive.id, path: folder }).then(reload);
    },
  };
}
