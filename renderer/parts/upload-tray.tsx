import { RotateCw, X } from "lucide-react";
import type { Upload } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { pictureOf } from "#renderer/kit/local-pictures.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import { detachFile, type Attaching } from "./attach-files.ts";
import type { TrayFile } from "./composer-store.ts";
import { FileFace } from "./file-row.tsx";
import { UploadLine } from "./upload-line.tsx";
import "./upload-tray.css";

interface UploadTrayProps {
  attaching: Attaching;
  files: readonly TrayFile[];
}

/** Files that stand beside a text: how far each is, and what can be done about it. */
export function UploadTray({ attaching, files }: UploadTrayProps) {
  const { t } = useTranslation();
  const { items } = useLiveQuery("uploads", { scope: attaching.scope });
  return (
    <ul className="tray plain-list" aria-label={t("attachment.tray")}>
      {files.map((file) => (
        <TrayItem
          key={file.blobId}
          attaching={attaching}
          file={file}
          upload={items.find(({ blobId }) => blobId === file.blobId)}
        />
      ))}
    </ul>
  );
}

interface TrayItemProps {
  attaching: Attaching;
  file: TrayFile;
  upload: Upload | undefined;
}

function TrayItem({ attaching, file, upload }: TrayItemProps) {
  const { t } = useTranslation();
  const client = useWorker();
  const picture = pictureOf(file.blobId);
  const isFailed = file.state === "refused" || upload?.state === "failed";
  const canRetry = file.state === "ready" && upload?.state === "failed";
  return (
    <li className="tray__item" data-failed={isFailed || undefined}>
      {picture === undefined ? (
        <span className="tray__face">
          <FileFace file={file} />
        </span>
      ) : (
        <img className="tray__face" src={picture} alt="" width={40} height={40} />
      )}
      <div className="tray__words">
        <span className="tray__name">
          <bdi>{file.name}</bdi>
        </span>
        <TrayLine attaching={attaching} file={file} upload={upload} />
      </div>
      {canRetry ? (
        <IconButton
          icon={RotateCw}
          label={t("attachment.retry", { name: file.name })}
          onPress={() => void client.call("upload.retry", { blobId: file.blobId })}
        />
      ) : null}
      <IconButton
        icon={X}
        label={t("attachment.cancel", { name: file.name })}
        onPress={() => detachFile(attaching, file)}
      />
    </li>
  );
}

/** Its size, its progress, or what is wrong with it and what to do. */
function TrayLine({ attaching, file, upload }: TrayItemProps) {
  const { t, i18n } = useTranslation();
  const words = useProblemWords();
  const size = formatBytes(file.sizeBytes, i18n.language);
  const problem = file.problem ?? (upload?.state === "failed" ? upload.problem : null);
  if (problem !== null) {
    const isTooLarge = problem.kind === "tooLarge" && Number.isFinite(attaching.limitBytes);
    const { title, advice } = words(problem);
    return (
      <span className="tray__line" role="alert">
        {isTooLarge
          ? t("attachment.tooLarge", { size, limit: formatBytes(attaching.limitBytes, i18n.language) })
          : file.sizeBytes === 0
            ? t("attachment.empty")
            : `${title} ${advice}`}
      </span>
    );
  }
  if (file.state === "preparing") return <span className="tray__line">{t("attachment.preparing")}</span>;
  if (upload === undefined || upload.state === "done") return <span className="tray__line">{size}</span>;
  if (upload.isHeld === true) return <UploadLine upload={upload} />;
  return (
    <>
      <progress
        className="progress"
        aria-label={t("attachment.progressOf", { name: file.name })}
        value={upload.sentBytes}
        max={Math.max(1, upload.sizeBytes)}
      />
      <span className="tray__line">
        {upload.state === "sending"
          ? t("attachment.sentOf", { sent: formatBytes(upload.sentBytes, i18n.language), total: size })
          : upload.state === "waiting"
            ? t("attachment.waiting")
            : t("attachment.storing")}
      </span>
    </>
  );
}
