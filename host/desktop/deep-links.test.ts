import { expect, test } from "vitest";
import { conversationIdSchema, createId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { linkInArguments, readLink } from "./deep-links.ts";

const link = formatLink({ kind: "conversation", conversationId: conversationIdSchema.parse(createId()) });

test("the address is found among what Chromium and our own options put on the command line", () => {
  const argv = ["/opt/Parvis/parvis", "--allow-file-access", "--data", "/home/é à/parvis://x", link];
  expect(linkInArguments(argv)).toEqual({ kind: "link", link });
  expect(linkInArguments(["/opt/Parvis/parvis", "--hidden"])).toEqual({ kind: "none" });
});

test("a browser that puts a slash behind it is understood", () => {
  expect(readLink(`${link}/`)).toEqual({ kind: "link", link });
});

test.each([
  "parvis:",
  "parvis://",
  "parvis://conversation/",
  "parvis://conversation/../../etc/passwd",
  `${link}?x=1`,
  `${link}#x`,
  `${link}//`,
  `${link} --no-sandbox`,
  `${link}\n`,
  `${link}%00`,
  link.replace("parvis://", "PARVIS://"),
  link.replace("parvis://", "parvis:///"),
  link.replace("conversation", "javascript:alert(1)"),
  `parvis://user:password@conversation/${link.slice(-36)}`,
  `parvis://conversation/${"a".repeat(100_000)}`,
  "parvis://conversation/\u202Emoc.elpmaxe",
])("%j is refused, whatever is in it", (text) => {
  expect(linkInArguments(["parvis", text])).toEqual({ kind: "refused", length: text.length });
});

test("an address of something else is not ours", () => {
  for (const text of ["https://example.org/parvis://x", "file:///parvis:", "--parvis://x"])
    expect(linkInArguments([text])).toEqual({ kind: "none" });
});
