import { expect, test } from "vitest";
import { parseServerUrl } from "./server-url.ts";

test("takes what people type or paste for the origin that they mean", () => {
  expect(parseServerUrl(" parvis.example ")).toBe("https://parvis.example");
  expect(parseServerUrl("https://parvis.example/some/page?x=1#y")).toBe("https://parvis.example");
  expect(parseServerUrl("127.0.0.1:4400")).toBe("http://127.0.0.1:4400");
  expect(parseServerUrl("http://localhost:4400/")).toBe("http://localhost:4400");
});

test.each([
  "",
  "two words",
  "http://parvis.example",
  "ftp://parvis.example",
  "javascript:alert(1)",
  "https://user:password@parvis.example",
  "http://127.0.0.1.example",
  "http://localhost.example",
  "https://",
])("refuses %j as an address", (typed) => {
  expect(() => parseServerUrl(typed)).toThrowError(expect.objectContaining({ kind: "wrongAddress" }));
});
