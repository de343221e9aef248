import { BriefcaseBusiness, X } from "lucide-react";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import type { Later } from "./message-commands.ts";
import "./quote-view.css";

/** Says, above a text that was begun for the other's working hours, when it goes. */
export function LaterStrip({ later, onRemove }: { later: Later; onRemove: () => void }) {
  const { t } = useTranslation();
  const words = useDateWords();
  return (
    <div className="quote-strip" role="group" aria-label={t("schedule.workingHours")}>
      <BriefcaseBusiness size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      <p className="quote-strip__words">
        {t("schedule.goesDuringHours", { when: words.full(later.sendAt) })}
      </p>
      <IconButton icon={X} label={t("schedule.atOnce")} onPress={onRemove} />
    </div>
  );
}
