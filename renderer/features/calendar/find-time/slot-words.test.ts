import { createInstance } from "i18next";
import { beforeAll, expect, test } from "vitest";
import { catalogue as english } from "#renderer/locales/en.ts";
import { catalogue as french } from "#renderer/locales/fr.ts";
import { clockWords, lengthWords } from "../calendar-words.ts";
import { missingWords, slotWords } from "./slot-words.ts";

const i18n = createInstance();

beforeAll(async () => {
  await i18n.init({
    lng: "fr",
    resources: { fr: { translation: french }, en: { translation: english } },
    interpolation: { escapeValue: false },
  });
});

const speak = (locale: "fr" | "en") => i18n.getFixedT(locale);
const plain = (text: string) => text.replaceAll(/[\u00a0\u2009\u202f]/g, " ");
const slot = { fromMs: Date.parse("2026-11-24T13:00:00Z"), toMs: Date.parse("2026-11-24T14:30:00Z") };

const said = (locale: "fr" | "en", needed: string[], optional: string[]) =>
  plain(missingWords(speak(locale), locale, { needed, optional }));

test("a time is said on the clock that is shown", () => {
  const where = { language: "fr", zone: "Europe/Paris" };
  expect(plain(slotWords(slot, where))).toMatch(/^mardi 24 novembre(,| à) 14:00 – 15:30$/);
  expect(plain(clockWords(slot, { language: "en", zone: "America/Guadeloupe" }))).toMatch(
    /^09:00 ?– ?10:30$/,
  );
});

test("durations are said as people say them", () => {
  const lengths = [15, 60, 65, 90].map((minutes) => plain(lengthWords(speak("fr"), minutes * 60_000)));
  expect(lengths).toEqual(["15 min", "1 h", "1 h 05", "1 h 30"]);
});

test("who is missing is said by name, the needed ones before the others; of many, the first three", () => {
  expect(said("fr", [], [])).toBe("Tout le monde est libre.");
  expect(said("fr", ["Anne"], ["Lou"])).toBe("Sans Anne et Lou.");
  expect(said("fr", [], ["Lou"])).toBe("Les personnes nécessaires sont libres ; sans Lou.");
  const many = ["Anne", "Karim", "Lou", "Zoé", "Inès"];
  expect(said("fr", many.slice(0, 4), [])).toBe("Sans Anne, Karim, Lou et Zoé.");
  expect(said("fr", many, [])).toBe("Sans Anne, Karim, Lou et 2 autres.");
  expect(said("en", many, [])).toBe("Without Anne, Karim, Lou and 2 others.");
});
