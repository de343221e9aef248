import { Paperclip, X } from "lucide-react";
import type { Attachment } from "#contract/entities/message.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";

interface AttachedFilesProps {
  files: readonly Attachment[];
  onRemove: (file: Attachment) => void;
}

/** Files that belong to what is being written. */
export function AttachedFiles({ files, onRemove }: AttachedFilesProps) {
  const { t, i18n } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className="attached plain-list" aria-label={t("article.files")}>
      {files.map((file) => (
        <li key={file.blobId ?? file.name} className="attached__file">
          <Paperclip size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          <span className="attached__name">{file.name}</span>
          {file.sizeBytes === undefined ? null : (
            <span className="post__when">{formatBytes(file.sizeBytes, i18n.language)}</span>
          )}
          <IconButton
            icon={X}
            label={t("article.removeFile", { name: file.name })}
            onPress={() => onRemove(file)}
          />
        </li>
      ))}
    </ul>
  );
}
