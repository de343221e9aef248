import { expect, test } from "vitest";
import { parseCsv } from "./csv.ts";

test("reads commas, semicolons and tabs, whichever the first line has", () => {
  expect(parseCsv("a;b\n1,5;2").rows).toEqual([
    ["a", "b"],
    ["1,5", "2"],
  ]);
  expect(parseCsv("a\tb").rows).toEqual([["a", "b"]]);
});

test("reads quotes, with separators, new lines and quotes in them", () => {
  expect(parseCsv('nom,note\n"Lambert, Anne","dit ""oui""\nhier"\r\n').rows).toEqual([
    ["nom", "note"],
    ["Lambert, Anne", 'dit "oui"\nhier'],
  ]);
});

test("shows the beginning of what is too long, and says so", () => {
  const long = parseCsv("x\n".repeat(5000));
  expect(long.rows).toHaveLength(500);
  expect(long.isCut).toBe(true);
  expect(parseCsv("x,".repeat(80)).isCut).toBe(true);
  expect(parseCsv("x\n".repeat(500)).isCut).toBe(false);
});

test("reads as much as is asked for, by the separator that is given, and tells a quote that stays open", () => {
  expect(parseCsv("x;y\n".repeat(5000), { separator: ",", mostRows: 9000 }).rows).toHaveLength(5000);
  expect(parseCsv("a,b", { separator: ";" })).toEqual({ rows: [["a,b"]], isCut: false });
  expect(parseCsv('a,"b\nc').isOpen).toBe(true);
});
