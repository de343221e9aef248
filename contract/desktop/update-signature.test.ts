import { expect, test } from "vitest";
import { headTextOf, parseUpdateSignature } from "./update-signature.ts";

const SIGNATURE = `${"A".repeat(86)}==`;
const LINE = `signature: 0123456789abcdef ${SIGNATURE}\n`;
const HEAD = { file: "latest-linux.yml", signedAt: "2026-11-23T08:00:00.000Z" };
const TEXT = headTextOf(HEAD) + LINE;

test("a signature is read as it was written, with every key and the text that was signed", () => {
  const head = { ...HEAD, expiresAt: "2027-05-23T08:00:00.000Z" };
  const text = `${headTextOf(head)}${LINE}${LINE.replace("0123", "4567")}`;
  expect(parseUpdateSignature(text)).toEqual({
    head,
    headText: headTextOf(head),
    signatures: [
      { keyId: "0123456789abcdef", signature: SIGNATURE },
      { keyId: "4567456789abcdef", signature: SIGNATURE },
    ],
  });
  expect(parseUpdateSignature(TEXT)?.head).toEqual(HEAD);
});

test.each([
  ["nothing", ""],
  ["a page of a proxy", "<html></html>"],
  ["another version of the form", TEXT.replace("parvis-updates 1", "parvis-updates 2")],
  ["line ends of Windows", TEXT.replaceAll("\n", "\r\n")],
  ["no signature", headTextOf(HEAD)],
  ["a signature that is too short", TEXT.replace("AAAA", "")],
  ["something after it", `${TEXT}more\n`],
  ["something before it", `\n${TEXT}`],
  ["a line twice", TEXT.replace("signed:", "file: latest.yml\nsigned:")],
  ["a name with a path", TEXT.replace("latest-linux.yml", "../latest.yml")],
  ["a moment that is none", TEXT.replace("2026-11-23T08", "yesterday")],
])("%s is none", (_what, text) => {
  expect(parseUpdateSignature(text)).toBeUndefined();
});
