import type { DriveInfo } from "#contract/drives.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes, formatNumber } from "#renderer/kit/number-words.ts";
import { useDriveStateWords } from "./drive-words.ts";

/** How a drive stands, in one line: « WebDAV · Connecté · 12 Go libres · 4 310 noms connus ». */
export function DriveFacts({ drive }: { drive: DriveInfo }) {
  const { t, i18n } = useTranslation();
  const stateWords = useDriveStateWords();
  const { kind, canWrite, quota, index } = drive;
  const facts = [t(`drives.kind.${kind}`), stateWords(drive)];
  if (canWrite === false) facts.push(t("drives.readOnly"));
  const available = quota?.availableBytes ?? null;
  if (available !== null) facts.push(t("drives.quota", { available: formatBytes(available, i18n.language) }));
  if (index !== null) {
    const number = formatNumber(index.entries, i18n.language);
    facts.push(t(index.isRunning ? "drives.indexing" : "drives.indexed", { number }));
  }
  return <p className="pane-head__sub">{facts.join(" · ")}</p>;
}
