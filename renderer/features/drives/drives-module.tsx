import { driveIdSchema, drivePathSchema } from "#contract/drives.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { CitedFileView } from "./cited-file-view.tsx";
import { DriveListView } from "./drive-list-view.tsx";
import { DrivePage } from "./drive-page.tsx";
import { NoDriveView } from "./no-drive-view.tsx";
import { OfflineView } from "./offline-view.tsx";

/** The list pane of the module. */
export function DrivesList() {
  return <DriveListView />;
}

/** The content pane: `DRIVE/NAME/NAME…`, a folder of a drive. */
export function DrivesContent() {
  const [first, ...names] = useView((state) => state.path);
  if (first === "offline") return <OfflineView />;
  if (first === "at") {
    const [address = "", cited = ""] = names;
    const citedPath = drivePathSchema.safeParse(cited);
    if (address === "" || !citedPath.success) return <NoDriveView />;
    return <CitedFileView key={`${address}/${cited}`} address={address} path={citedPath.data} />;
  }
  const driveId = driveIdSchema.safeParse(first);
  const path = drivePathSchema.safeParse(names.join("/"));
  if (!driveId.success || !path.success) return <NoDriveView />;
  return <DrivePage driveId={driveId.data} path={path.data} />;
}
