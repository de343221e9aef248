import { useTranslation } from "#renderer/kit/i18n.ts";
import { EmptyState } from "#renderer/ui/note.tsx";

/** Nothing is chosen yet. */
export function NoDriveView() {
  const { t } = useTranslation();
  return <EmptyState>{t("drives.chooseOne")}</EmptyState>;
}
