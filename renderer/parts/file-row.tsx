import {
  Download,
  Eye,
  File,
  FileArchive,
  FileAudio,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Paperclip,
  type LucideIcon,
} from "lucide-react";
import { createElement } from "react";
import type { Attachment } from "#contract/entities/message.ts";
import type { Upload } from "#contract/views/message-view.ts";
import { endingOf, fileKind, type FileKind } from "#renderer/kit/file-kinds.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { isHeld, type HeldFile } from "./attachments-view.tsx";
import { useRowTabIndex } from "./row-focus.ts";
import { UploadLine } from "./upload-line.tsx";
import { previewKind } from "./preview/preview-kind.ts";

const ICONS: Record<FileKind, LucideIcon> = {
  picture: FileImage,
  sound: FileAudio,
  video: FileVideo,
  pdf: FileText,
  text: FileText,
  markdown: FileText,
  table: FileSpreadsheet,
  other: File,
};
const ARCHIVES = new Set(["zip", "7z", "rar", "gz", "tar", "xz"]);
const SHEETS = new Set(["xls", "xlsx", "ods"]);
const NOT_SHOWN: ReadonlySet<string> = new Set(["other", "unshownImage"]);

function iconOf(file: Pick<Attachment, "name" | "mediaType">): LucideIcon {
  const ending = endingOf(file.name);
  if (ARCHIVES.has(ending)) return FileArchive;
  if (SHEETS.has(ending)) return FileSpreadsheet;
  return ICONS[fileKind(file)];
}

/** What kind of file it is, for the eye. */
export function FileFace({ file }: { file: Pick<Attachment, "name" | "mediaType"> }) {
  return createElement(iconOf(file), {
    className: "file__icon",
    size: 20,
    strokeWidth: ICON_STROKE,
    "aria-hidden": true,
  });
}

interface FileRowProps {
  file: Attachment;
  upload: Upload | undefined;
  onPreview: (file: HeldFile) => void;
}

/** A file by its name: what it is, how large, and what can be done with it. */
export function FileRow({ file, upload, onPreview }: FileRowProps) {
  const { t } = useTranslation();
  const name = plainWords(file.name);
  return (
    <div className="file">
      {isHeld(file) ? (
        <FileFace file={file} />
      ) : (
        <Paperclip className="file__icon" size={20} strokeWidth={ICON_STROKE} aria-hidden />
      )}
      <div className="file__words">
        <span className="file__name">
          <bdi>{name}</bdi>
        </span>
        {isHeld(file) ? (
          <FileLine file={file} upload={upload} />
        ) : (
          <span className="file__line">{t("attachment.nameOnly")}</span>
        )}
      </div>
      {isHeld(file) && upload === undefined ? <FileActions file={file} onPreview={onPreview} /> : null}
    </div>
  );
}

function FileLine({ file, upload }: { file: HeldFile; upload: Upload | undefined }) {
  const { i18n } = useTranslation();
  if (upload !== undefined) return <UploadLine upload={upload} />;
  if (file.sizeBytes === undefined) return null;
  return <span className="file__line">{formatBytes(file.sizeBytes, i18n.language)}</span>;
}

function FileActions({ file, onPreview }: { file: HeldFile; onPreview: (file: HeldFile) => void }) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const tabIndex = useRowTabIndex();
  const name = plainWords(file.name);
  return (
    <>
      {!NOT_SHOWN.has(previewKind({ name: file.name, mediaType: file.mediaType ?? "" }).kind) ? (
        <button
          type="button"
          className="icon-button file__action"
          tabIndex={tabIndex}
          aria-label={t("attachment.preview", { name })}
          title={t("attachment.preview", { name })}
          onClick={() => onPreview(file)}
        >
          <Eye size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        </button>
      ) : null}
      <a
        className="icon-button file__action"
        tabIndex={tabIndex}
        href={blobUrl(file.blobId)}
        download={name}
        aria-label={t("attachment.download", { name })}
        title={t("attachment.download", { name })}
      >
        <Download size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      </a>
    </>
  );
}
