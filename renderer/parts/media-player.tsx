import { Mic } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { clockWords, fileKind } from "#renderer/kit/file-kinds.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import type { HeldFile } from "./attachments-view.tsx";
import { fitted } from "./picture-grid.tsx";
import { useRowTabIndex } from "./row-focus.ts";

/** Sound and film, played where they stand with the browser's own controls: nothing is read before one asks. */
export function MediaPlayer({ file }: { file: HeldFile }) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const tabIndex = useRowTabIndex();
  const name = file.isVoice === true ? t("voice.message") : plainWords(file.name);
  const source = blobUrl(file.blobId);
  return (
    <figure className="player">
      <figcaption className="player__name">
        {file.isVoice === true ? <Mic size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden /> : null}
        <bdi>{name}</bdi>
        {file.durationMs === undefined ? null : (
          <span className="file__line">{clockWords(file.durationMs)}</span>
        )}
      </figcaption>
      {fileKind(file) === "video" ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what people send has no captions
        <video
          className="player__video"
          controls
          preload="metadata"
          tabIndex={tabIndex}
          aria-label={name}
          src={source}
          {...fitted(file)}
        />
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- the same
        <audio
          className="player__sound"
          controls
          preload="none"
          tabIndex={tabIndex}
          aria-label={name}
          src={source}
        />
      )}
    </figure>
  );
}
