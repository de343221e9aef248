import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { pictureOf } from "#renderer/kit/local-pictures.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import type { HeldFile } from "./attachments-view.tsx";
import "./lightbox.css";

interface LightboxProps {
  pictures: readonly HeldFile[];
  start: number;
  onClose: () => void;
}

const ZOOMS = [1, 1.5, 2, 3, 4] as const;

/** Pictures of a message, one at a time and large. Arrows go on, plus and minus zoom, Escape closes. */
export function Lightbox({ pictures, start, onClose }: LightboxProps) {
  const { t } = useTranslation();
  const [index, setIndex] = useState(start);
  const [zoom, setZoom] = useState(0);
  const picture = pictures[index];
  const go = (step: number) => {
    setIndex((index + step + pictures.length) % pictures.length);
    setZoom(0);
  };
  const magnify = (step: number) => setZoom(Math.min(ZOOMS.length - 1, Math.max(0, zoom + step)));
  useKeys((key) => {
    if (key === "ArrowRight") go(1);
    else if (key === "ArrowLeft") go(-1);
    else if (key === "+" || key === "=") magnify(1);
    else if (key === "-") magnify(-1);
    else if (key === "0") setZoom(0);
    else return false;
    return true;
  }, zoom > 0);
  if (picture === undefined) return null;
  const name = plainWords(picture.name);
  const hasMore = pictures.length > 1;
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className="lightbox-veil"
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
    >
      <Modal className="lightbox-box">
        <AriaDialog className="lightbox" aria-label={t("attachment.picture", { name })}>
          <LightboxBar
            picture={picture}
            count={hasMore ? t("attachment.ofMany", { index: index + 1, count: pictures.length }) : ""}
            zoom={zoom}
            onZoom={magnify}
            onClose={onClose}
          />
          <BigPicture key={picture.blobId} picture={picture} name={name} scale={ZOOMS[zoom] ?? 1} />
          {hasMore ? (
            <div className="lightbox__turn">
              <IconButton icon={ChevronLeft} label={t("attachment.previous")} onPress={() => go(-1)} />
              <IconButton icon={ChevronRight} label={t("attachment.next")} onPress={() => go(1)} />
            </div>
          ) : null}
          <p className="visually-hidden" aria-live="polite">
            {hasMore
              ? `${name}, ${t("attachment.ofMany", { index: index + 1, count: pictures.length })}`
              : ""}
          </p>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface LightboxBarProps {
  picture: HeldFile;
  count: string;
  zoom: number;
  onZoom: (step: number) => void;
  onClose: () => void;
}

function LightboxBar({ picture, count, zoom, onZoom, onClose }: LightboxBarProps) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const name = plainWords(picture.name);
  return (
    <div className="lightbox__bar">
      <p className="lightbox__name">
        <bdi>{name}</bdi>
        <span className="file__line">{count}</span>
      </p>
      <IconButton
        icon={ZoomOut}
        label={t("attachment.zoomOut")}
        shortcut="-"
        isDisabled={zoom === 0}
        onPress={() => onZoom(-1)}
      />
      <IconButton
        icon={ZoomIn}
        label={t("attachment.zoomIn")}
        shortcut="+"
        isDisabled={zoom === ZOOMS.length - 1}
        onPress={() => onZoom(1)}
      />
      <a
        className="icon-button"
        href={blobUrl(picture.blobId)}
        download={name}
        aria-label={t("attachment.download", { name })}
        title={t("attachment.download", { name })}
      >
        <Download size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      </a>
      <IconButton icon={X} label={t("action.close")} onPress={onClose} />
    </div>
  );
}

/** The picture itself, over its small one until it has come. */
function BigPicture({ picture, name, scale }: { picture: HeldFile; name: string; scale: number }) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const box = useRef<HTMLDivElement>(null);
  const [isBroken, setBroken] = useState(false);
  const local = pictureOf(picture.blobId);
  useLayoutEffect(() => {
    box.current?.style.setProperty("--zoom", String(scale));
  }, [scale]);
  return (
    <div
      ref={box}
      className="lightbox__stage"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a zoomed picture scrolls: by keyboard too
      tabIndex={0}
      role="group"
      aria-label={name}
      data-zoomed={scale > 1 || undefined}
    >
      {isBroken && local === undefined ? (
        <p className="lightbox__broken">{t("attachment.noPicture", { name })}</p>
      ) : (
        <img
          className="lightbox__image"
          src={isBroken ? local : blobUrl(picture.blobId)}
          alt={name}
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}

/** @param isScrolling arrows then move the zoomed picture instead of going on */
function useKeys(onKey: (key: string) => boolean, isScrolling: boolean): void {
  const latest = useRef(onKey);
  useLayoutEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (isScrolling && event.key.startsWith("Arrow")) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isScrolling]);
}
