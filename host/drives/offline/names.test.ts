import { expect, test } from "vitest";
import { NAME_BYTES, nameFault } from "#contract/file-names.ts";
import { canHold, conflictName, isLitter } from "./names.ts";

const words = { conflict: "conflit", who: "Anna", at: Date.parse("2026-11-23T23:59:00Z") };
const free = (): boolean => false;

test("a conflict has a clear name, numbered when it is taken", () => {
  expect(conflictName("Rapport.odt", words, free)).toBe("Rapport (conflit, Anna, 2026-11-23).odt");
  expect(conflictName("Makefile", words, free)).toBe("Makefile (conflit, Anna, 2026-11-23)");
  expect(conflictName(".profile", words, free)).toBe(".profile (conflit, Anna, 2026-11-23)");
  const taken = new Set(["a (conflit, Anna, 2026-11-23).txt", "a (conflit, Anna, 2026-11-23) (2).txt"]);
  expect(conflictName("a.txt", words, (name) => taken.has(name))).toBe(
    "a (conflit, Anna, 2026-11-23) (3).txt",
  );
});

test.each([
  "é".repeat(127),
  `${"👩‍👩‍👧‍👦".repeat(9)}.odt`,
  "CON",
  "aux.txt",
  "a:b?.txt",
  "trailing. ",
  "..",
  `x.${"y".repeat(250)}`,
  "line\nbreak.txt",
])("a conflict of %j has a name that every system can hold", (name) => {
  for (const who of ["Anna", "Équipe / nord: 3*", "\u202Eanna", "x".repeat(300), ""]) {
    const made = conflictName(name, { ...words, who }, free);
    expect(nameFault(made)).toBeUndefined();
    expect(
      Buffer.byteLength(conflictName(name, { ...words, who }, (one) => one === made)),
    ).toBeLessThanOrEqual(NAME_BYTES);
  }
});

test("what a machine can hold depends on its system", () => {
  const linux = { platform: "linux", isCaseSensitive: true } as const;
  const windows = { platform: "win32", isCaseSensitive: false } as const;
  for (const name of ["a:b", "CON", "dot.", "a?"])
    expect([canHold(name, linux), canHold(name, windows)]).toEqual([true, false]);
  expect(canHold("a:b", { platform: "darwin", isCaseSensitive: false })).toBe(false);
  for (const name of ["x".repeat(256), "nul\0", "\uD800"]) expect(canHold(name, linux)).toBe(false);
});

test("what systems and office programs leave beside files is not taken along, and what people call their files is", () => {
  for (const name of [
    ".DS_Store",
    "Thumbs.db",
    "~$Rapport.docx",
    ".~lock.Rapport.odt#",
    "desktop.ini",
    "._a",
    ".a.swp",
  ])
    expect(isLitter(name)).toBe(true);
  for (const name of ["a.tmp", "lock", "~notes", ".profile", "Thumbs.db.txt", "$a"])
    expect(isLitter(name)).toBe(false);
});
