import { FolderOpen, Pause, Play, RotateCw, SquareArrowOutUpRight, Trash2, X } from "lucide-react";
import type { Download, DownloadAction } from "#contract/desktop/downloads.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { useDownloads } from "./use-downloads.ts";
import "./downloads-dialog.css";

type Act = (id: string, action: DownloadAction) => Promise<void>;

/** What was downloaded in this run, and what is on its way. */
export function DownloadsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { downloads, act } = useDownloads();
  return (
    <Dialog title={t("downloads.title")} onClose={onClose}>
      <DialogBody>
        {downloads.length === 0 ? (
          <EmptyState>{t("downloads.empty")}</EmptyState>
        ) : (
          <ul className="downloads">
            {downloads.map((download) => (
              <DownloadRow key={download.id} download={download} act={act} />
            ))}
          </ul>
        )}
        <PlaceChoice />
      </DialogBody>
    </Dialog>
  );
}

function PlaceChoice() {
  const { t } = useTranslation();
  const host = useHost();
  const { isDownloadPlaceAsked } = useSettings();
  return (
    <label className="downloads__choice">
      <input
        type="checkbox"
        checked={isDownloadPlaceAsked}
        onChange={(event) => void host.call("settings.set", { isDownloadPlaceAsked: event.target.checked })}
      />
      {t("downloads.askPlace")}
    </label>
  );
}

function DownloadRow({ download, act }: { download: Download; act: Act }) {
  const { name, receivedBytes, totalBytes, state } = download;
  const isOpen = state !== "completed" && state !== "cancelled";
  return (
    <li className="download">
      <span className="download__words">
        <span className="download__name">{name}</span>
        <DownloadState download={download} />
        {isOpen ? (
          <progress
            className="download__bar"
            aria-label={name}
            {...(totalBytes === null ? {} : { value: receivedBytes, max: totalBytes })}
          />
        ) : null}
      </span>
      <DownloadButtons download={download} act={act} />
    </li>
  );
}

function DownloadState({ download }: { download: Download }) {
  const { t, i18n } = useTranslation();
  const { receivedBytes, totalBytes, state, reason, folder, isRisky } = download;
  const received = formatBytes(receivedBytes, i18n.language);
  const words: string[] = [];
  if (state === "completed") words.push(received, ...(folder === undefined ? [] : [folder]));
  else if (totalBytes === null) words.push(received);
  else words.push(t("downloads.partOf", { received, total: formatBytes(totalBytes, i18n.language) }));
  if (reason !== undefined) words.push(t(`downloads.reason.${reason}`));
  else if (state === "paused") words.push(t("downloads.paused"));
  if (state === "completed" && isRisky && reason === undefined) words.push(t("downloads.risky"));
  return <span className="download__state">{words.join(" · ")}</span>;
}

function DownloadButtons({ download, act }: { download: Download; act: Act }) {
  const { t } = useTranslation();
  const { id, name, state, reason, isRisky } = download;
  const button = (action: DownloadAction, icon: typeof Pause, label: string) => (
    <IconButton icon={icon} label={label} onPress={() => void act(id, action)} />
  );
  if (state === "completed") {
    return (
      <span className="download__buttons">
        {isRisky ? null : button("open", SquareArrowOutUpRight, t("downloads.open", { name }))}
        {button("show", FolderOpen, t("downloads.showInFolder", { name }))}
        {button("forget", Trash2, t("downloads.forget", { name }))}
      </span>
    );
  }
  const goOn = reason === "metered" ? t("downloads.anyway", { name }) : t("downloads.resume", { name });
  return (
    <span className="download__buttons">
      {state === "progressing"
        ? button("pause", Pause, t("downloads.pause", { name }))
        : button("resume", state === "interrupted" ? RotateCw : Play, goOn)}
      {state === "interrupted"
        ? button("forget", Trash2, t("downloads.forget", { name }))
        : button("cancel", X, t("downloads.cancel", { name }))}
    </span>
  );
}
