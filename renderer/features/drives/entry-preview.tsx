import { driveUrl, type DriveEntry, type DriveInfo } from "#contract/drives.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { FileView } from "#renderer/parts/preview/file-view.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import "#renderer/parts/file-preview.css";

interface EntryPreviewProps {
  drive: DriveInfo;
  entry: DriveEntry;
  onClose: () => void;
}

/** A file of a drive looked at without leaving. */
export function EntryPreview({ drive, entry, onClose }: EntryPreviewProps) {
  const { name, path, mediaType, sizeBytes } = entry;
  return (
    <Dialog title={plainWords(name)} onClose={onClose} isWide>
      <div className="file-preview">
        <FileView
          source={{
            url: driveUrl(drive.id, "content", path),
            name,
            // Servers that do not know a file call it bytes: its ending says more.
            mediaType: mediaType === "application/octet-stream" ? "" : (mediaType ?? ""),
            sizeBytes,
          }}
        />
      </div>
    </Dialog>
  );
}
