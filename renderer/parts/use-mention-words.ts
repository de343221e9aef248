import { useMemo } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { CircleWords } from "#renderer/kit/mentions.ts";

export function useMentionWords(): CircleWords {
  const { t } = useTranslation();
  const everyone = t("composer.everyone");
  const here = t("composer.here");
  return useMemo(() => ({ everyone, here }), [everyone, here]);
}
