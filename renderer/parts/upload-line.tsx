import { blobIdSchema } from "#contract/ids.ts";
import type { Upload } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";

/** How far a file is on its way, in figures and as a bar; when it failed, why, and another try. */
export function UploadLine({ upload }: { upload: Upload }) {
  const { t, i18n } = useTranslation();
  const client = useWorker();
  const words = useProblemWords();
  if (upload.state === "done") return null;
  if (upload.state === "failed") {
    const blobId = blobIdSchema.parse(upload.blobId);
    return (
      <p className="upload-line upload-line--failed" role="alert">
        {upload.problem === null ? t("attachment.failed") : words(upload.problem).title}
        <Button tone="link" onPress={() => void client.call("upload.retry", { blobId })}>
          {t("outbox.retry")}
        </Button>
      </p>
    );
  }
  if (upload.isHeld === true) {
    const blobId = blobIdSchema.parse(upload.blobId);
    return (
      <p className="upload-line" role="status">
        {t("attachment.metered")}
        <Button tone="link" onPress={() => void client.call("upload.sendAnyway", { blobId })}>
          {t("attachment.sendAnyway")}
        </Button>
      </p>
    );
  }
  const sent = formatBytes(upload.sentBytes, i18n.language);
  const total = formatBytes(upload.sizeBytes, i18n.language);
  return (
    <div className="upload-line">
      <progress
        className="progress"
        aria-label={t("attachment.progressOf", { name: upload.name })}
        value={upload.sentBytes}
        max={Math.max(1, upload.sizeBytes)}
      />
      <span>
        {upload.state === "sending"
          ? t("attachment.sentOf", { sent, total })
          : upload.state === "storing"
            ? t("attachment.storing")
            : t("attachment.waiting")}
      </span>
    </div>
  );
}
