import { expect, test } from "vitest";
import { formatBytes } from "./number-words.ts";

test("sizes are said with the unit that fits them, in the singular and in the plural", () => {
  expect([0, 1, 7, 735].map((bytes) => formatBytes(bytes, "en"))).toEqual([
    "0 bytes",
    "1 byte",
    "7 bytes",
    "735 bytes",
  ]);
  expect(formatBytes(7, "fr")).toBe("7\u{a0}octets");
  expect(formatBytes(1200, "fr").replaceAll(/\s/gu, " ")).toBe("1,2 ko");
  expect(formatBytes(77_000_000_000, "en")).toBe("77 GB");
});
