import { ArrowLeft } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { IconButton } from "#renderer/ui/button.tsx";

/** In a narrow window the list is another page. */
export function BackToList() {
  const { t } = useTranslation();
  const showPane = useView((state) => state.showPane);
  return (
    <span className="only-narrow">
      <IconButton icon={ArrowLeft} label={t("calendar.backToList")} onPress={() => showPane("list")} />
    </span>
  );
}
