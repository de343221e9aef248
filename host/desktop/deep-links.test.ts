import { expect, test } from "vitest";
import { conversationIdSchema, createId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { linkInArguments, optionArguments, readLink } from "./deep-links.ts";

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

test("what stands behind an address is no option, whoever closed its quotes", () => {
  const options = ["--data", "/home/é à", "--hidden"];
  for (const address of [link, "parvis://x", "PARVIS:", "parvis:--data=/evil", `${link}\u0000`])
    for (const evil of [
      "--data",
      "--data=\\\\evil\\share",
      "--server=https://evil.example",
      "--inspect",
      "--",
      link,
    ])
      expect(optionArguments([...options, address, evil, "/evil"])).toEqual(options);
  expect(optionArguments(options)).toEqual(options);
});

/** The same at every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const PIECES: readonly string[] = [
  link,
  "A".repeat(1_000_000),
  "18f0000-0000-7000-8000-000000000001",
  ..."parvis: // conversation / .. ?at= example.org %2F %00 %20 \" ' \\ --inspect é e\u0301 😀 # @ : ;".split(
    " ",
  ),
  ..."` $(x) __proto__ inbox javascript: file:///etc/passwd \0 \n \u202E \uD800 \u00A0".split(" "),
  " ",
];

test("whatever is put together, it is an address of ours to the last letter or refused, and nothing is thrown", () => {
  const random = createRandom(4);
  const kinds = new Set<string>();
  for (let round = 0; round < 5000; round += 1) {
    const text = `parvis:${Array.from({ length: random(6) }, () => PIECES[random(PIECES.length)] ?? "").join("")}`;
    const found = readLink(text);
    kinds.add(found.kind);
    if (found.kind !== "link") continue;
    expect(found.link).toMatch(/^parvis:\/\/[a-z]+(\/[0-9a-f-]{36})*(\?at=[a-z0-9.:-]+)?$/);
    expect(text.replace(/\/(?=$|\?)/, "")).toBe(found.link);
  }
  expect(kinds).toContain("refused");
});
