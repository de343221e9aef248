import { describe, expect, test } from "vitest";
import { isOnlyEmoji, parseMarkdown, safeUrl, type MarkdownNode } from "./markdown.ts";

function textOf(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => {
      if (node.type === "text" || node.type === "code" || node.type === "codeBlock") return node.text;
      if (node.type === "break") return "\n";
      return "children" in node ? textOf(node.children) : "";
    })
    .join("");
}

function typesIn(nodes: readonly MarkdownNode[]): string[] {
  return nodes.flatMap((node) => [node.type, ...("children" in node ? typesIn(node.children) : [])]);
}

const PERSON = "018f0000-0000-7000-8000-000000000001";

describe("a message's text", () => {
  test("has strong, emphasis, strikethrough, code, quotes and lists", () => {
    const nodes = parseMarkdown("**a** *b* ~~c~~ `d`\n\n> e\n\n- f\n- g");
    expect(typesIn(nodes)).toEqual(
      expect.arrayContaining(["strong", "emphasis", "strike", "code", "quote", "list", "item"]),
    );
  });

  test("keeps the line breaks that were typed", () => {
    expect(textOf(parseMarkdown("une\ndeux"))).toBe("une\ndeux");
  });

  test("names people and everyone", () => {
    expect(parseMarkdown(`<@${PERSON}> et <!everyone>`)).toEqual([
      {
        type: "paragraph",
        children: [
          { type: "mention", personId: PERSON },
          { type: "text", text: " et " },
          { type: "everyone" },
        ],
      },
    ]);
  });

  test("makes links of bare addresses and of images, and draws no image", () => {
    const nodes = parseMarkdown("https://exemple.fr/a ![photo](https://exemple.fr/p.png)");
    const links = nodes
      .flatMap((node) => ("children" in node ? node.children : []))
      .filter(({ type }) => type === "link");
    expect(links).toHaveLength(2);
    expect(textOf(links)).toBe("https://exemple.fr/aphoto");
  });

  test("reads entities once", () => {
    expect(textOf(parseMarkdown("a &lt;b&gt; &amp;amp; &#233; &#0;"))).toBe("a <b> &amp; é \ufffd");
  });

  test("leaves tables as they were typed", () => {
    expect(textOf(parseMarkdown("|a|b|\n|-|-|\n|1|2|"))).toBe("|a|b|\n|-|-|\n|1|2|");
  });

  test.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<style>*{display:none}</style>",
    "<iframe src=//evil.example></iframe>",
    "</p></div><h1>big</h1>",
    "<!-- hidden --><!everyone",
    "<b onclick=alert(1)>bold</b>",
  ])("shows %s as text", (body) => {
    expect(textOf(parseMarkdown(body)).replaceAll("\n", "")).toBe(body);
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://exemple.fr/x",
    "//evil.example",
    "app://parvis/x",
  ])("makes no link of %s", (href) => {
    expect(safeUrl(href)).toBeNull();
  });

  test("stays readable when it is made to hurt: deep quotes, deep lists, endless marks", () => {
    for (const body of [
      ">".repeat(20_000),
      "- ".repeat(5000),
      "*".repeat(20_000),
      "[".repeat(20_000),
      "`".repeat(9999),
    ]) {
      expect(parseMarkdown(body).length).toBeGreaterThan(0);
    }
  });
});

describe("a message of emoji alone", () => {
  test.each(["👍", "👩🏽‍🚒", "🇫🇷 🎉", " ❤️ "])("%s is drawn big", (body) => expect(isOnlyEmoji(body)).toBe(true));
  test.each(["ok 👍", "1", "#", "", "👍👍👍👍👍👍👍"])("%s is not", (body) =>
    expect(isOnlyEmoji(body)).toBe(false),
  );
});
