import { ChevronLeft, ChevronRight } from "lucide-react";
import { lazy, Suspense, useEffect, useLayoutEffect, useRef } from "react";
import type { DocumentView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { focusFiles } from "./use-browser-deeds.ts";

const FileView = lazy(() =>
  import("#renderer/parts/preview/file-view.tsx").then((m) => ({ default: m.FileView })),
);

interface DocumentPreviewProps {
  /** What arrows go through, in the order shown. */
  documents: readonly DocumentView[];
  openId: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** A file looked at where it lies; arrows go to the one before and the next. */
export function DocumentPreview({ documents, openId, onOpen, onClose }: DocumentPreviewProps) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const files = documents.filter(({ bytes }) => bytes !== null);
  const index = files.findIndex(({ item }) => item.id === openId);
  const current = files[index];
  const close = () => {
    onClose();
    focusFiles();
  };
  const step = (by: number) => {
    const next = files[index + by];
    if (next !== undefined) onOpen(next.item.id);
  };
  useStepKeys(step);
  if (current === undefined || current.bytes === null) return null;
  const { blobId, mediaType, sizeBytes } = current.bytes;
  const { name } = current.item;
  return (
    <Dialog title={name} onClose={close} isWide>
      <div className="document-preview">
        <Suspense fallback={<p className="details__line">{t("state.loading")}</p>}>
          <FileView key={blobId} source={{ url: blobUrl(blobId), name, mediaType, sizeBytes }} />
        </Suspense>
        {files.length > 1 ? (
          <div className="document-preview__turn">
            <IconButton
              icon={ChevronLeft}
              label={t("documents.previous")}
              shortcut="←"
              isDisabled={index === 0}
              onPress={() => step(-1)}
            />
            <span className="details__line" role="status">
              {t("attachment.ofMany", { index: index + 1, count: files.length })}
            </span>
            <IconButton
              icon={ChevronRight}
              label={t("documents.next")}
              shortcut="→"
              isDisabled={index === files.length - 1}
              onPress={() => step(1)}
            />
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}

/** What scrolls, plays or is written in uses the arrows itself. */
const USES_ARROWS = "input, textarea, select, video, audio, [role=group][tabindex], [role=slider]";

function useStepKeys(onStep: (by: number) => void): void {
  const latest = useRef(onStep);
  useLayoutEffect(() => {
    latest.current = onStep;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(USES_ARROWS) !== null) return;
      if (event.key === "ArrowRight") latest.current(1);
      if (event.key === "ArrowLeft") latest.current(-1);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
