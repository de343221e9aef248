import { expect, test } from "vitest";
import { planSpelling, type SpellingWish } from "./spelling.ts";

const wish: SpellingWish = {
  platform: "win32",
  chosen: [],
  language: "fr",
  available: ["en-GB", "en-US", "fr", "pt-BR"],
  dictionaryAddress: undefined,
};

test("on Linux nothing is fetched: without the organisation's dictionaries spelling is off", () => {
  expect(planSpelling({ ...wish, platform: "linux" })).toEqual({ isOn: false, why: "noDictionaries" });
  expect(
    planSpelling({ ...wish, platform: "linux", dictionaryAddress: "https://files.example.org/words" }),
  ).toEqual({ isOn: true, languages: ["fr"], dictionaryAddress: "https://files.example.org/words/" });
});

test("the chosen languages, otherwise that of the interface; a region stands in for another", () => {
  expect(planSpelling(wish)).toMatchObject({ languages: ["fr"] });
  expect(planSpelling({ ...wish, chosen: ["fr-FR", "en-GB", "en"] })).toMatchObject({
    languages: ["fr", "en-GB"],
  });
  expect(planSpelling({ ...wish, language: "pt" })).toMatchObject({ languages: ["pt-BR"] });
});

test("a language that the checker does not have turns it off rather than checking in another", () => {
  expect(planSpelling({ ...wish, chosen: ["br"] })).toEqual({ isOn: false, why: "noLanguage" });
});

test("macOS finds the language out by itself", () => {
  expect(planSpelling({ ...wish, platform: "darwin", available: [] })).toMatchObject({
    isOn: true,
    languages: [],
  });
});
