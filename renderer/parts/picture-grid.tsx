import { useState } from "react";
import type { Attachment } from "#contract/entities/message.ts";
import type { Upload } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { pictureOf } from "#renderer/kit/local-pictures.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import type { HeldFile } from "./attachments-view.tsx";
import { useRowTabIndex } from "./row-focus.ts";
import { UploadLine } from "./upload-line.tsx";

const LARGEST = { width: 360, height: 280 };
const UNKNOWN = { width: 240, height: 180 };

interface PictureGridProps {
  pictures: readonly HeldFile[];
  uploadOf: (file: Attachment) => Upload | undefined;
  onOpen: (index: number) => void;
}

/** Pictures of one message. Each has its room before it is there: nothing moves when it comes. */
export function PictureGrid({ pictures, uploadOf, onOpen }: PictureGridProps) {
  const isOne = pictures.length === 1;
  return (
    <div className={isOne ? "pictures pictures--one" : "pictures"}>
      {pictures.map((picture, index) => (
        <div className="pictures__cell" key={picture.blobId}>
          <Picture file={picture} upload={uploadOf(picture)} isOne={isOne} onOpen={() => onOpen(index)} />
        </div>
      ))}
    </div>
  );
}

interface PictureProps {
  file: HeldFile;
  upload: Upload | undefined;
  isOne: boolean;
  onOpen: () => void;
}

function Picture({ file, upload, isOne, onOpen }: PictureProps) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const tabIndex = useRowTabIndex();
  const [isBroken, setBroken] = useState(false);
  const room = isOne ? fitted(file) : LARGEST;
  const source = pictureOf(file.blobId) ?? blobUrl(file.thumbnailId ?? file.blobId);
  return (
    <>
      <button
        type="button"
        className="picture"
        tabIndex={tabIndex}
        aria-label={t("attachment.openPicture", { name: file.name })}
        onClick={onOpen}
      >
        {isBroken ? (
          <span className="picture__broken">{t("attachment.noPicture", { name: file.name })}</span>
        ) : (
          <img
            className="picture__image"
            src={source}
            alt=""
            width={room.width}
            height={room.height}
            loading="lazy"
            decoding="async"
            onError={() => setBroken(upload === undefined)}
          />
        )}
      </button>
      {upload === undefined ? null : <UploadLine upload={upload} />}
    </>
  );
}

/** The room of a picture in a message, in its own proportions. */
export function fitted({ width, height }: Pick<Attachment, "width" | "height">): {
  width: number;
  height: number;
} {
  if (width === undefined || height === undefined) return UNKNOWN;
  const scale = Math.min(1, LARGEST.width / width, LARGEST.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
