import { expect, test } from "vitest";
import { AppError } from "#contract/problem.ts";
import { contentDisposition, namesEtag, parseReprDigest, safeMediaType } from "./headers.ts";
import { parseContentRange, parseRange } from "./ranges.ts";

test("file names travel in both forms of RFC 6266, and never break out of their header", () => {
  const names = {
    "plan.pdf": `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`,
    "Délibération n°3.odt": `attachment; filename="D_lib_ration n_3.odt"; filename*=UTF-8''D%C3%A9lib%C3%A9ration%20n%C2%B03.odt`,
    'a"; filename=b.exe': `attachment; filename="a_; filename=b.exe"; filename*=UTF-8''a%22%3B%20filename%3Db.exe`,
    "x\r\nSet-Cookie: a=b": `attachment; filename="xSet-Cookie: a=b"; filename*=UTF-8''xSet-Cookie%3A%20a%3Db`,
    "../../etc/passwd": `attachment; filename="passwd"; filename*=UTF-8''passwd`,
    "C:\\temp\\it's (1)*.txt": `attachment; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`,
    "invoice\u202efdp.exe": `attachment; filename="invoicefdp.exe"; filename*=UTF-8''invoicefdp.exe`,
    "..": `attachment; filename="file"; filename*=UTF-8''file`,
    "\ud800": `attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`,
  };
  expect(Object.fromEntries(Object.keys(names).map((name) => [name, contentDisposition(name)]))).toEqual(
    names,
  );
  for (const header of Object.values(names))
    expect(new Headers({ "Content-Disposition": header })).toBeDefined();
});

test("only a well-formed media type is given back", () => {
  expect(safeMediaType("image/png")).toBe("image/png");
  expect(safeMediaType('text/plain; charset="utf-8"')).toBe('text/plain; charset="utf-8"');
  for (const bad of [undefined, "", "image", "text/html\r\nX: 1", "a/b; c", `a/${"b".repeat(300)}`]) {
    expect(safeMediaType(bad)).toBe("application/octet-stream");
  }
});

test("ranges are read as RFC 9110 says", () => {
  const size = 100;
  expect(parseRange("bytes=0-9", size)).toEqual({ kind: "part", first: 0, last: 9 });
  expect(parseRange("bytes=90-", size)).toEqual({ kind: "part", first: 90, last: 99 });
  expect(parseRange("bytes=90-500", size)).toEqual({ kind: "part", first: 90, last: 99 });
  expect(parseRange("bytes=-10", size)).toEqual({ kind: "part", first: 90, last: 99 });
  expect(parseRange("bytes=-500", size)).toEqual({ kind: "part", first: 0, last: 99 });
  for (const outside of ["bytes=100-", "bytes=100-200", "bytes=-0"]) {
    expect(parseRange(outside, size)).toEqual({ kind: "unsatisfiable" });
  }
  for (const other of [undefined, "bytes=9-0", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b"]) {
    expect(parseRange(other, size)).toEqual({ kind: "whole" });
  }
  expect(parseRange("bytes=0-", 0)).toEqual({ kind: "unsatisfiable" });
});

test("a part names first, last and total, or is refused", () => {
  expect(parseContentRange("bytes 0-9/100")).toEqual({ first: 0, last: 9, total: 100 });
  for (const bad of ["bytes 0-9/*", "bytes 9-0/100", "bytes 0-100/100", "bytes */100", "0-9/100", ""]) {
    expect(() => parseContentRange(bad)).toThrow(AppError);
  }
});

test("digests and entity tags are found among others", () => {
  const hash = "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=";
  const hex = Buffer.from(hash, "base64").toString("hex");
  expect(parseReprDigest(`sha-512=:AAAA:, sha-256=:${hash}:`)).toBe(hex);
  expect(parseReprDigest("sha-512=:AAAA:")).toBeUndefined();
  expect(() => parseReprDigest("sha-256=abc")).toThrow(AppError);
  expect(namesEtag('"a", W/"b"', '"b"')).toBe(true);
  expect(namesEtag("*", '"b"')).toBe(true);
  expect(namesEtag('"a"', '"b"')).toBe(false);
});
