import { createInstance } from "i18next";
import { beforeAll, describe, expect, test } from "vitest";
import type { Recurrence, RecurrencePattern } from "#contract/icalendar/recurrence-words.ts";
import { recurrenceSchema } from "#contract/icalendar/recurrence-words.ts";
import { catalogue as english } from "#renderer/locales/en.ts";
import { catalogue as french } from "#renderer/locales/fr.ts";
import { alarmWords, offeredAlarms } from "./alarm-words.ts";
import { recurrenceSentence } from "./recurrence-sentence.ts";

const i18n = createInstance();

beforeAll(async () => {
  await i18n.init({
    lng: "fr",
    resources: { fr: { translation: french }, en: { translation: english } },
    interpolation: { escapeValue: false },
  });
});

const speak = (locale: "fr" | "en") => i18n.getFixedT(locale);

function every(pattern: RecurrencePattern, interval = 1, end: Recurrence["end"] = { kind: "never" }) {
  return recurrenceSchema.parse({ pattern, interval, end });
}

const weekly = { kind: "weekly", weekdays: [2, 4] } as const;
const workdays = { kind: "weekly", weekdays: [1, 2, 3, 4, 5] } as const;

describe("a repetition in a sentence", () => {
  test.each<[Recurrence, string, string]>([
    [every({ kind: "daily" }), "Tous les jours", "Every day"],
    [
      every({ kind: "daily" }, 3, { kind: "count", count: 10 }),
      "Tous les 3 jours, 10 fois",
      "Every 3 days, 10 times",
    ],
    [
      every({ ...weekly, weekdays: [2, 4] }, 2, { kind: "until", day: "2026-12-18" }),
      "Toutes les 2 semaines, le mardi et le jeudi, jusqu’au 18 déc. 2026",
      "Every 2 weeks, on Tuesday and Thursday, until 18 Dec 2026",
    ],
    [
      every({ ...workdays, weekdays: [1, 2, 3, 4, 5] }, 1, { kind: "until", day: "2027-01-01" }),
      "Du lundi au vendredi, jusqu’au 1er janv. 2027",
      "Monday to Friday, until 1 Jan 2027",
    ],
    [
      every({ ...workdays, weekdays: [1, 2, 3, 4, 5] }, 2),
      "Toutes les 2 semaines, du lundi au vendredi",
      "Every 2 weeks, Monday to Friday",
    ],
    [
      every({ kind: "monthlyByDay", days: [1, 15] }),
      "Tous les mois, le 1er et le 15",
      "Every month, on the 1st and on the 15th",
    ],
    [every({ kind: "monthlyByDay", days: [23] }, 6), "Tous les 6 mois, le 23", "Every 6 months, on the 23rd"],
    [
      every({ kind: "monthlyByDay", days: [-1] }),
      "Tous les mois, le dernier jour",
      "Every month, on the last day",
    ],
    [
      every({ kind: "monthlyByPosition", position: 1, weekday: 0 }),
      "Tous les mois, le premier jour ouvré",
      "Every month, on the first working day",
    ],
    [
      every({ kind: "monthlyByPosition", position: -2, weekday: 5 }),
      "Tous les mois, l’avant-dernier vendredi",
      "Every month, on the second to last Friday",
    ],
    [
      every({ kind: "yearlyByDay", month: 7, day: 14 }, 1, { kind: "count", count: 1 }),
      "Tous les ans, le 14 juillet, une seule fois",
      "Every year, on the 14th of July, once only",
    ],
    [
      every({ kind: "yearlyByDay", month: 2, day: -1 }),
      "Tous les ans, le dernier jour de février",
      "Every year, on the last day of February",
    ],
    [
      every({ kind: "yearlyByPosition", month: 8, position: 2, weekday: 7 }, 4),
      "Tous les 4 ans, le deuxième dimanche d’août",
      "Every 4 years, on the second Sunday of August",
    ],
  ])("%#: %s", (recurrence, inFrench, inEnglish) => {
    expect(recurrenceSentence(recurrence, speak("fr"), "fr")).toBe(inFrench);
    expect(recurrenceSentence(recurrence, speak("en"), "en-GB")).toBe(inEnglish);
  });

  test("a rule that the form cannot show is said to be a special one", () => {
    expect(recurrenceSentence("other", speak("fr"), "fr")).toBe("Se répète selon une règle particulière");
    expect(recurrenceSentence("other", speak("en"), "en-GB")).toBe("Repeats by a special rule");
  });
});

describe("a reminder in words", () => {
  test.each([
    [0, false, "Au début", "When it starts"],
    [15, false, "15 minutes avant", "15 minutes before"],
    [60, false, "1 heure avant", "1 hour before"],
    [90, false, "90 minutes avant", "90 minutes before"],
    [2880, false, "2 jours avant", "2 days before"],
    [10_080, false, "1 semaine avant", "1 week before"],
    [-10, false, "10 minutes après le début", "10 minutes after the start"],
    [-540, true, "Le jour même à 09:00", "On the day at 09:00"],
    [900, true, "La veille à 09:00", "The day before at 09:00"],
    [2340, true, "2 jours avant, à 09:00", "2 days before, at 09:00"],
  ])("%i minutes before, of whole days %s: %s", (minutes, isAllDay, inFrench, inEnglish) => {
    const words = (locale: "fr" | "en") =>
      alarmWords(minutes, {
        t: speak(locale),
        locale: locale === "en" ? "en-GB" : locale,
        isAllDay,
      }).replaceAll(/[\u00A0\u202F]/g, " ");
    expect(words("fr")).toBe(inFrench);
    expect(words("en")).toBe(inEnglish);
  });

  test.each([true, false])("each one that is offered has words of its own (whole days %s)", (isAllDay) => {
    const offered = offeredAlarms(isAllDay);
    const words = offered.map((minutes) => alarmWords(minutes, { t: speak("fr"), locale: "fr", isAllDay }));
    expect(new Set(words).size).toBe(offered.length);
    expect(words.join()).not.toContain("eventForm");
  });
});
