import { LockKeyhole } from "lucide-react";
import type { Classification } from "#contract/classification.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";

/** How a place is marked, where that is worth a word: what is for everybody inside needs none. */
export function ClassificationTag({ level }: { level: Classification | undefined }) {
  const { t } = useTranslation();
  if (level === undefined || level === "public" || level === "internal") return null;
  return (
    <span className="tag tag--wait tag--marked" title={t(`classification.hint.${level}`)}>
      <LockKeyhole size={12} strokeWidth={2} aria-hidden />
      {t(`classification.level.${level}`)}
    </span>
  );
}
