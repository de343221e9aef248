import type { ConversationSummary } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";

/** Stands where the field to write in would be, and says why there is none. */
export function ClosedNote({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  return (
    <p className="composer-closed">{summary.isArchived ? t("closed.archived") : t("composer.closed")}</p>
  );
}
