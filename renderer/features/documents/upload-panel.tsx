import { ChevronDown, ChevronUp, Pause, Play, RotateCw, X } from "lucide-react";
import { useState } from "react";
import { blobIdSchema } from "#contract/ids.ts";
import type { UploadBatch } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { UploadLine } from "#renderer/parts/upload-line.tsx";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import "./upload-panel.css";

/** What is on its way to the server, over all libraries: it goes on after a restart. */
export function UploadPanel() {
  const { t } = useTranslation();
  const { items } = useLiveQuery("uploadBatches", {});
  const [isOpen, setOpen] = useState(true);
  const [hasFiles, setHasFiles] = useState(false);
  const isOnline = useSession((session) => session.connection === "online");
  if (items.length === 0) return null;
  const files = items.reduce((sum, batch) => sum + batch.files - batch.doneFiles, 0);
  return (
    <section className="uploads" aria-label={t("documents.uploads.title")}>
      <div className="uploads__head">
        <h3 className="uploads__title" role="status">
          {t("documents.uploads.left", { count: files })}
        </h3>
        <IconButton
          icon={isOpen ? ChevronDown : ChevronUp}
          label={isOpen ? t("documents.uploads.hide") : t("documents.uploads.show")}
          onPress={() => setOpen(!isOpen)}
        />
      </div>
      {isOpen ? (
        <>
          <ul className="plain-list uploads__list">
            {items.map((batch) => (
              <BatchRow key={batch.key} batch={batch} />
            ))}
          </ul>
          <Button tone="link" onPress={() => setHasFiles(!hasFiles)}>
            {hasFiles ? t("documents.uploads.hideFiles") : t("documents.uploads.showFiles")}
          </Button>
          {hasFiles ? <FilesUnderWay /> : null}
          <p className="uploads__note">
            {isOnline ? t("documents.uploads.goesOn") : t("documents.uploads.waits")}
          </p>
        </>
      ) : null}
    </section>
  );
}

function BatchRow({ batch }: { batch: UploadBatch }) {
  const { t, i18n } = useTranslation();
  const commands = useDocumentCommands();
  const { batchId, name, files, doneFiles, failedFiles, keptFiles, sizeBytes, sentBytes, isPaused, isHeld } =
    batch;
  const sent = formatBytes(sentBytes, i18n.language);
  const total = formatBytes(sizeBytes, i18n.language);
  return (
    <li className="upload-batch">
      <div className="upload-batch__row">
        <span className="upload-batch__name">
          <bdi>{name}</bdi>
          <span className="uploads__note">
            {t("documents.uploads.ofFiles", { done: doneFiles, count: files })} ·{" "}
            {t("attachment.sentOf", { sent, total })}
          </span>
        </span>
        {failedFiles > 0 ? (
          <IconButton
            icon={RotateCw}
            label={t("documents.uploads.retry", { name })}
            onPress={() => void commands.retryUploads(batchId)}
          />
        ) : (
          <IconButton
            icon={isPaused ? Play : Pause}
            label={t(isPaused ? "documents.uploads.resume" : "documents.uploads.pause", { name })}
            onPress={() => void (isPaused ? commands.resumeUploads(batchId) : commands.pauseUploads(batchId))}
          />
        )}
        <IconButton
          icon={X}
          label={t("documents.uploads.cancel", { name })}
          onPress={() => void commands.cancelUploads(batchId)}
        />
      </div>
      <progress
        className="progress"
        aria-label={t("attachment.progressOf", { name })}
        value={sentBytes}
        max={Math.max(1, sizeBytes)}
      />
      {failedFiles > 0 ? (
        <p className="uploads__failed">{t("documents.uploads.failed", { count: failedFiles })}</p>
      ) : isPaused ? (
        <p className="uploads__note">{t("documents.uploads.paused")}</p>
      ) : isHeld ? (
        <p className="uploads__note">
          {t("documents.uploads.held")}{" "}
          <Button tone="link" onPress={() => void commands.sendUploadsAnyway(batchId)}>
            {t("attachment.sendAnyway")}
          </Button>
        </p>
      ) : null}
      {keptFiles < files ? (
        <p className="uploads__note">{t("documents.uploads.copying", { count: files - keptFiles })}</p>
      ) : null}
    </li>
  );
}

/** Each file by itself, with what stands in its way. */
function FilesUnderWay() {
  const { t } = useTranslation();
  const client = useWorker();
  const { items } = useLiveQuery("uploads", {});
  const open = items.filter(({ state }) => state !== "done");
  return (
    <ul className="plain-list uploads__files">
      {open.slice(0, MOST_SHOWN).map((upload) => (
        <li key={upload.key} className="upload-file">
          <div className="upload-file__words">
            <bdi>{upload.name}</bdi>
            <UploadLine upload={upload} />
          </div>
          <IconButton
            icon={X}
            label={t("documents.uploads.cancel", { name: upload.name })}
            onPress={() => void client.call("upload.cancel", { blobId: blobIdSchema.parse(upload.blobId) })}
          />
        </li>
      ))}
      {open.length > MOST_SHOWN ? (
        <li className="uploads__note">{t("documents.uploads.more", { count: open.length - MOST_SHOWN })}</li>
      ) : null}
    </ul>
  );
}

const MOST_SHOWN = 50;
