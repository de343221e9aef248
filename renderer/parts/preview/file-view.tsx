import { Download } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation, withWords } from "#renderer/kit/i18n.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { previewKind, type FileSource } from "./preview-kind.ts";
import "./preview.css";

const words = <T,>(load: () => Promise<T>) => withWords(["documents"], load);
const ImageView = lazy(() => words(() => import("./image-view.tsx")).then((m) => ({ default: m.ImageView })));
const PdfPreview = lazy(() =>
  words(() => import("../pdf-preview.tsx")).then((m) => ({ default: m.PdfPreview })),
);
const TextView = lazy(() => words(() => import("./text-view.tsx")).then((m) => ({ default: m.TextView })));
const ReadView = lazy(() => words(() => import("./read-view.tsx")).then((m) => ({ default: m.ReadView })));
const FactsView = lazy(() => words(() => import("./facts-view.tsx")).then((m) => ({ default: m.FactsView })));

/**
 * A file looked at where it stands, by this machine alone. Nothing of it is ever run, nothing that it names is fetched, and
 * nothing of it becomes markup.
 */
export function FileView({ source }: { source: FileSource }) {
  const { t } = useTranslation();
  const { url, name } = source;
  return (
    <div className="preview">
      <Suspense fallback={<p className="preview__wait">{t("state.loading")}</p>}>
        <KindView key={url} source={source} />
      </Suspense>
      <a className="button preview__download" href={url} download={plainWords(name)}>
        <Download size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t("attachment.save")}
      </a>
    </div>
  );
}

function KindView({ source }: { source: FileSource }) {
  const shown = previewKind(source);
  const name = plainWords(source.name);
  if (source.sizeBytes === 0) return <EmptyNote />;
  switch (shown.kind) {
    case "image":
      return <ImageView url={source.url} name={name} />;
    case "pdf":
      return <PdfPreview url={source.url} />;
    case "sound":
      return (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what people keep has no captions
        <audio className="preview__sound" controls preload="metadata" aria-label={name} src={source.url} />
      );
    case "video":
      return (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what people keep has no captions
        <video className="preview__video" controls preload="metadata" aria-label={name} src={source.url} />
      );
    case "text":
    case "markdown":
    case "table":
      return <TextView url={source.url} kind={shown.kind} language={null} />;
    case "code":
      return <TextView url={source.url} kind="code" language={shown.language} />;
    case "read":
      return <ReadView url={source.url} format={shown.format} />;
    case "unshownImage":
    case "other":
      return <FactsView source={source} isImage={shown.kind === "unshownImage"} />;
  }
}

const EmptyNote = lazy(() => words(() => import("./facts-view.tsx")).then((m) => ({ default: m.EmptyNote })));
