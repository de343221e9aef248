import { FileText, Paperclip } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Attachment } from "#contract/entities/message.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useRowTabIndex } from "./row-focus.ts";

/** Files that came with a message, by name; a file of which only the name is known says so. */
export function AttachmentsView({ attachments }: { attachments: readonly Attachment[] }) {
  return (
    <div className="attachments">
      {attachments.map((attachment, index) => (
        <AttachmentView key={attachment.blobId ?? `${index} ${attachment.name}`} attachment={attachment} />
      ))}
    </div>
  );
}

function AttachmentView({ attachment }: { attachment: Attachment }) {
  const { t, i18n } = useTranslation();
  const blobUrl = useBlobUrl();
  const tabIndex = useRowTabIndex();
  const size =
    attachment.sizeBytes === undefined ? null : (
      <span className="attachment__size">{formatBytes(attachment.sizeBytes, i18n.language)}</span>
    );
  if (attachment.blobId === undefined) {
    return (
      <span className="attachment" title={t("attachment.nameOnly")}>
        <Paperclip size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {attachment.name}
        <span className="attachment__size">{t("attachment.nameOnly")}</span>
      </span>
    );
  }
  return (
    <a
      className="attachment"
      tabIndex={tabIndex}
      href={blobUrl(attachment.blobId)}
      download={attachment.name}
    >
      <FileText size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {attachment.name}
      {size}
    </a>
  );
}
