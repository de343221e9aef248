import { createInstance, type i18n as I18n, type TFunction } from "i18next";
import { createContext, use } from "react";
import { initReactI18next } from "react-i18next";
import type { Settings } from "#contract/settings.ts";
import type { catalogue } from "../locales/en.ts";
import { loadWords, type Language, type WordyModule } from "../locales/load-words.ts";
import { createDateWords, type DateWords } from "./date-words.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof catalogue };
  }
}

const i18n = createInstance();

/** The language to speak: French unless the person or their system asks for another one we have. */
export function pickLanguage(setting: Settings["language"], systemLocale: string): Language {
  if (setting !== "system") return setting;
  return systemLocale.toLowerCase().startsWith("fr") ? "fr" : "en";
}

/** What is spoken, and the modules whose words are wanted in it. */
let speaking: Language = "fr";
const wordy = new Set<WordyModule>();

export async function startI18n(language: Language): Promise<void> {
  speaking = language;
  const translation = await loadWords(language, wordy);
  await i18n.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation } },
    fallbackLng: false,
    // React escapes by itself; escaping twice would show "&#39;".
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  if (speaking === language) return;
  const before = speaking;
  speaking = language;
  try {
    await addWords(language);
  } catch (error) {
    speaking = before;
    throw error;
  }
  // Changed again meanwhile.
  if (speaking !== language) return;
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** A module that brings its own words: it is there once they are. */
export async function withWords<T>(modules: readonly WordyModule[], load: () => Promise<T>): Promise<T> {
  for (const name of modules) wordy.add(name);
  const [loaded] = await Promise.all([load(), addWords(speaking)]);
  return loaded;
}

async function addWords(language: Language): Promise<void> {
  const words = await loadWords(language, wordy);
  i18n.addResourceBundle(language, "translation", words);
}

export interface Spoken {
  t: TFunction;
  i18n: I18n;
}

/** Given once at the top: a subscription in each of a thousand components would cost more than what they draw. */
export const SpokenContext = createContext<Spoken>({ t: i18n.t, i18n });

export function useTranslation(): Spoken {
  return use(SpokenContext);
}

const dateWords = new Map<string, DateWords>();

export function useDateWords(): DateWords {
  const { i18n: spoken } = useTranslation();
  return dateWordsFor(spoken.language);
}

function dateWordsFor(language: string): DateWords {
  const known = dateWords.get(language);
  if (known !== undefined) return known;
  const made = createDateWords({ locale: language === "fr" ? "fr-FR" : "en-GB" });
  dateWords.set(language, made);
  return made;
}
