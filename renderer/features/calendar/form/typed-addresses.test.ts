import { describe, expect, test } from "vitest";
import { searchedWords, typedAddresses } from "./typed-addresses.ts";

describe("addresses that are typed", () => {
  test.each([
    ["jeanne@exemple.fr", [{ email: "jeanne@exemple.fr", name: undefined }]],
    [
      " mailto:j.roy+agenda@mairie.exemple.fr ",
      [{ email: "j.roy+agenda@mairie.exemple.fr", name: undefined }],
    ],
    ['"Jeanne Roy" <jeanne@exemple.fr>', [{ email: "jeanne@exemple.fr", name: "Jeanne Roy" }]],
    [
      "a@exemple.fr; Bo <b@exemple.fr>,",
      [
        { email: "a@exemple.fr", name: undefined },
        { email: "b@exemple.fr", name: "Bo" },
      ],
    ],
  ])("%s", (text, addresses) => {
    expect(typedAddresses(text)).toEqual(addresses);
  });

  test.each([
    "",
    "jeanne",
    "jeanne@exemple",
    "a@b@c.fr",
    "a b@c.fr",
    "a..b@c.fr",
    "a@exemple.fr, bo",
    "@c.fr",
  ])("%j is none", (text) => {
    expect(typedAddresses(text)).toBeUndefined();
  });
});

test.each([
  ["Jeanne R", "Jeanne R"],
  ["jeanne.roy2@exemple.fr", "jeanne roy"],
  ["Jeanne Roy <jr@exemple.fr>", "Jeanne Roy"],
  ["a@exemple.fr, b@exemple.fr", "a@exemple.fr, b@exemple.fr"],
])("for %j the directory is asked for %j", (typed, words) => {
  expect(searchedWords(typed)).toBe(words);
});
