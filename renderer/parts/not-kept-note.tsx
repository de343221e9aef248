import { useTranslation } from "#renderer/kit/i18n.ts";
import { EmptyState } from "#renderer/ui/note.tsx";

/** Above the field to write in, where nothing stays on this machine. */
export function NotKeptLine() {
  const { t } = useTranslation();
  return <p className="not-kept">{t("classification.notKept")}</p>;
}

/** In place of what would be shown if it had come since the start. */
export function AwayState() {
  const { t } = useTranslation();
  return (
    <EmptyState>
      <strong>{t("classification.away")}</strong>
      <br />
      {t("classification.awayWhy")}
    </EmptyState>
  );
}
