import { expect, test } from "vitest";
import { foldName, nameFault, numberedName } from "./file-names.ts";

test("names that some system cannot hold are told with what is wrong", () => {
  const faults = [
    ["", "empty"],
    ["..", "dots"],
    ["a/b", "forbiddenCharacter"],
    ["a\\b", "forbiddenCharacter"],
    ["a\0b", "forbiddenCharacter"],
    ["a\u0085b", "forbiddenCharacter"],
    ["a\uD800b", "forbiddenCharacter"],
    ["quoi ?", "forbiddenCharacter"],
    [" avant", "surroundingSpace"],
    ["après ", "surroundingSpace"],
    ["fin.", "trailingDot"],
    ["con", "reserved"],
    ["CON.txt", "reserved"],
    ["com¹.log", "reserved"],
    ["é".repeat(128), "tooLong"],
  ];
  for (const [name, fault] of faults) expect([name, nameFault(name ?? "")]).toEqual([name, fault]);
});

test("accents, emoji, dots inside and 255 bytes are good names", () => {
  for (const name of ["Été 2026.odt", "📷 sortie", ".profile", "console", "com10.txt", "a".repeat(255)])
    expect([name, nameFault(name)]).toEqual([name, undefined]);
});

test("what one system takes for the same name folds to the same", () => {
  expect(foldName("E\u0301TE\u0301.TXT")).toBe(foldName("été.txt"));
  expect(foldName("a")).not.toBe(foldName("à"));
});

test("a number goes before the ending, and the name stays within the limit", () => {
  expect(numberedName("Compte rendu.odt", 2)).toBe("Compte rendu (2).odt");
  expect(numberedName(".profile", 2)).toBe(".profile (2)");
  const long = numberedName(`${"é".repeat(125)}.odt`, 12);
  expect(nameFault(long)).toBeUndefined();
  expect(long.endsWith(" (12).odt")).toBe(true);
});
