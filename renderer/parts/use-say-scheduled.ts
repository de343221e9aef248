import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import type { Later } from "./message-commands.ts";

/** Says when a message will go, with the way to where it can be changed. */
export function useSayScheduled(): (later: Later) => void {
  const { t } = useTranslation();
  const words = useDateWords();
  const show = useToasts((state) => state.show);
  return ({ sendAt, isDuringWorkingHours = false }) => {
    show({
      tone: "plain",
      text: isDuringWorkingHours
        ? t("schedule.scheduledHours")
        : t("schedule.scheduledFor", { when: words.full(sendAt) }),
      action: { label: t("schedule.see"), run: () => useView.getState().go("messaging", "scheduled") },
    });
  };
}
