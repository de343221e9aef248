import { useTranslation } from "#renderer/kit/i18n.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import type { HeldFile } from "./attachments-view.tsx";
import { FileView } from "./preview/file-view.tsx";
import "./file-preview.css";

/** A file looked at without leaving. Nothing of it is ever run. */
export function FilePreview({ file, onClose }: { file: HeldFile; onClose: () => void }) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const name = plainWords(file.name);
  return (
    <Dialog title={name === "" ? t("attachment.content") : name} onClose={onClose} isWide>
      <div className="file-preview">
        <FileView
          source={{
            url: blobUrl(file.blobId),
            name: file.name,
            mediaType: file.mediaType ?? "",
            sizeBytes: file.sizeBytes ?? null,
          }}
        />
      </div>
    </Dialog>
  );
}
