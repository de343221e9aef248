import { FileQuestion } from "lucide-react";
import { endingOf } from "#renderer/kit/file-kinds.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { ICON_STROKE } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import type { FileSource } from "./preview-kind.ts";
import type { Refusal } from "./reader/read-answer.ts";

/** What is known of a file that is not shown, and what one can do instead. */
export function FactsView({ source, isImage }: { source: FileSource; isImage: boolean }) {
  const { t, i18n } = useTranslation();
  const sizeWords = (bytes: number) => formatBytes(bytes, i18n.language);
  const ending = endingOf(source.name);
  return (
    <div className="preview-facts">
      <FileQuestion size={40} strokeWidth={ICON_STROKE} aria-hidden />
      <p className="preview-facts__words">{t(isImage ? "preview.unshownImage" : "preview.unshown")}</p>
      <dl className="preview-facts__list">
        <dt>{t("preview.fact.name")}</dt>
        <dd>
          <bdi>{plainWords(source.name)}</bdi>
        </dd>
        <dt>{t("preview.fact.type")}</dt>
        <dd>{source.mediaType === "" ? ending.toUpperCase() || "—" : source.mediaType}</dd>
        {source.sizeBytes === null ? null : (
          <>
            <dt>{t("preview.fact.size")}</dt>
            <dd>{sizeWords(source.sizeBytes)}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

export function EmptyNote() {
  const { t } = useTranslation();
  return <Note>{t("preview.refused.empty")}</Note>;
}

/** Why a file is not shown; it stays whole, and can be fetched. */
export function RefusedNote({ refusal }: { refusal: Refusal }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Note tone={refusal === "empty" ? "plain" : "wait"}>{t(`preview.refused.${refusal}`)}</Note>
    </div>
  );
}
