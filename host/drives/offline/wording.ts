import type { Settings } from "#contract/settings.ts";

/** What pinning writes into names of files. */
export interface OfflineWording {
  /** `Rapport (conflit, Anna, 2026-11-23).odt` */
  conflict: string;
}

const fr: OfflineWording = { conflict: "conflit" };
const en: OfflineWording = { conflict: "conflict" };

/** By the setting, else by the system's language; English where there is no translation. */
export function offlineWording(language: Settings["language"], locale: string): OfflineWording {
  const tag = language === "system" ? locale : language;
  return /^fr\b/i.test(tag) ? fr : en;
}
