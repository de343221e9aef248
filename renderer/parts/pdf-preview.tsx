import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { AppError, type Problem } from "#contract/problem.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { openPdf, type OpenPdf } from "#renderer/kit/pdf.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";

const ZOOMS = [1, 1.5, 2, 3] as const;

type Opened = { pdf: OpenPdf } | { problem: Problem } | "locked" | null;

/** A PDF, page by page. */
export function PdfPreview({ url }: { url: string }) {
  const { t } = useTranslation();
  const opened = usePdf(url);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(0);
  if (opened === null) return <p className="preview__wait">{t("state.loading")}</p>;
  if (opened === "locked") return <Note tone="wait">{t("attachment.pdfLocked")}</Note>;
  if ("problem" in opened) return <ProblemNote problem={opened.problem} kept={t("attachment.pdfBroken")} />;
  const { pdf } = opened;
  const turn = (to: number) => setPage(Math.min(pdf.pages, Math.max(1, to)));
  return (
    <div className="pdf">
      <div className="pdf__bar">
        <IconButton
          icon={ChevronLeft}
          label={t("attachment.previousPage")}
          isDisabled={page === 1}
          onPress={() => turn(page - 1)}
        />
        <input
          className="pdf__number"
          type="number"
          min={1}
          max={pdf.pages}
          value={page}
          aria-label={t("attachment.page")}
          onChange={(event) => turn(Number(event.target.value) || 1)}
        />
        <span>{t("attachment.ofPages", { count: pdf.pages })}</span>
        <IconButton
          icon={ChevronRight}
          label={t("attachment.nextPage")}
          isDisabled={page === pdf.pages}
          onPress={() => turn(page + 1)}
        />
        <IconButton
          icon={ZoomOut}
          label={t("attachment.zoomOut")}
          isDisabled={zoom === 0}
          onPress={() => setZoom(zoom - 1)}
        />
        <IconButton
          icon={ZoomIn}
          label={t("attachment.zoomIn")}
          isDisabled={zoom === ZOOMS.length - 1}
          onPress={() => setZoom(zoom + 1)}
        />
      </div>
      <PdfPage pdf={pdf} page={page} zoom={ZOOMS[zoom] ?? 1} />
    </div>
  );
}

function usePdf(url: string): Opened {
  const [opened, setOpened] = useState<Opened>(null);
  useEffect(() => {
    let isStale = false;
    let pdf: OpenPdf | undefined;
    openPdf(url).then(
      (one) => {
        pdf = one;
        if (isStale) one.close();
        else setOpened({ pdf: one });
      },
      (error: unknown) => {
        if (!isStale) setOpened(refusal(error));
      },
    );
    return () => {
      isStale = true;
      pdf?.close();
    };
  }, [url]);
  return opened;
}

function refusal(error: unknown): Opened {
  if (error instanceof Error && error.name === "PasswordException") return "locked";
  const detail = error instanceof Error ? error.message : String(error);
  return { problem: new AppError("unavailable", { title: "The PDF cannot be shown", detail }).problem };
}

function PdfPage({ pdf, page, zoom }: { pdf: OpenPdf; page: number; zoom: number }) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    // A canvas of its own for each drawing: a page turned quickly never draws over the next one.
    const canvas = document.createElement("canvas");
    canvas.className = "pdf__page";
    let isStale = false;
    const width = ((stage.current?.clientWidth ?? 600) - 2) * zoom;
    pdf.draw(page, canvas, width).then(
      (words) => {
        if (isStale) return;
        holder.current?.replaceChildren(canvas);
        setText(words);
      },
      // Given up because the preview was closed, or a page that is broken: it stays empty.
      () => setText(""),
    );
    return () => {
      isStale = true;
    };
  }, [pdf, page, zoom]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
    <div ref={stage} className="pdf__stage" tabIndex={0} role="group" aria-label={t("attachment.content")}>
      <div ref={holder} aria-hidden />
      <p className="visually-hidden">{text}</p>
    </div>
  );
}
