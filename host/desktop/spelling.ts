export interface SpellingWish {
  platform: NodeJS.Platform;
  /** From the settings; empty: the language of the interface. */
  chosen: readonly string[];
  /** BCP 47 tag of the interface. */
  language: string;
  /** What the spelling checker has. macOS knows the language by itself and has none to choose. */
  available: readonly string[];
  /** Policy SpellCheckDictionaryAddress. */
  dictionaryAddress: string | undefined;
}

export type SpellingPlan =
  /** `why`: for the self-test and the log. */
  | { isOn: false; why: "noDictionaries" | "noLanguage" }
  | { isOn: true; languages: string[]; dictionaryAddress: string | undefined };

/**
 * Which dictionaries are used. Windows and macOS bring their own; elsewhere Chromium would fetch them from its maker, so
 * without the organisation's own address spelling stays off and nothing is contacted.
 */
export function planSpelling(wish: SpellingWish): SpellingPlan {
  const { platform, dictionaryAddress } = wish;
  if (platform === "darwin") return { isOn: true, languages: [], dictionaryAddress: undefined };
  const hasOwn = platform === "win32";
  if (!hasOwn && dictionaryAddress === undefined) return { isOn: false, why: "noDictionaries" };
  const languages = languagesOf(wish);
  if (languages.length === 0) return { isOn: false, why: "noLanguage" };
  return {
    isOn: true,
    languages,
    // Windows falls back to a download for languages that it lacks: then from the organisation's address or not at all.
    dictionaryAddress: dictionaryAddress === undefined ? undefined : asFolder(dictionaryAddress),
  };
}

function languagesOf({ chosen, language, available }: SpellingWish): string[] {
  const wanted = chosen.length > 0 ? chosen : [language];
  const found = wanted.flatMap((tag) => {
    const [base = ""] = tag.toLowerCase().split("-");
    const exact = available.find((one) => one.toLowerCase() === tag.toLowerCase());
    const near = available.find((one) => one.toLowerCase() === base);
    const region = available.find((one) => one.toLowerCase().startsWith(`${base}-`));
    return [exact ?? near ?? region].filter((one) => one !== undefined);
  });
  return [...new Set(found)];
}

/** Chromium appends the file's name to it. */
function asFolder(address: string): string {
  return address.endsWith("/") ? address : `${address}/`;
}
