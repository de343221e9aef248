import { foldName, nameFault } from "#contract/file-names.ts";
import type { DriveEntry } from "#contract/drives.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";

/** What is wrong with a new name in a folder, in words; the drive may still refuse what this lets pass. */
export function useExplainName() {
  const { t } = useTranslation();
  return (name: string, entries: readonly DriveEntry[], own: string | null): string | null => {
    const fault = nameFault(name);
    if (fault !== undefined) return t(`drives.nameFault.${fault}`);
    const isTaken = entries.some((entry) => entry.path !== own && foldName(entry.name) === foldName(name));
    return isTaken ? t("drives.nameTaken") : null;
  };
}
