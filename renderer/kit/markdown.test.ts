import { describe, expect, test } from "vitest";
import { isOnlyEmoji, parseMarkdown, placesIn, plainText, safeUrl, type MarkdownNode } from "./markdown.ts";

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

  test("names groups, channels and those who are there", () => {
    expect(parseMarkdown(`<!here> <!group:${PERSON}> <#${PERSON}>`)).toEqual([
      {
        type: "paragraph",
        children: [
          { type: "here" },
          { type: "text", text: " " },
          { type: "group", groupId: PERSON },
          { type: "text", text: " " },
          { type: "channel", conversationId: PERSON },
        ],
      },
    ]);
  });

  test("knows addresses inside Parvis, bare and with words, and nothing that only looks like one", () => {
    const link = `parvis://message/${PERSON}/${PERSON}`;
    expect(placesIn(parseMarkdown(`voir ${link}, puis [ici](${link})`))).toEqual([link]);
    const document = `parvis://document/space/${PERSON}/${PERSON}`;
    expect(placesIn(parseMarkdown(document))).toEqual([document]);
    for (const body of [
      "parvis://evil/x",
      `parvis://person/${PERSON}/x`,
      `parvis://settings/${PERSON}`,
      `[x](parvis://javascript:alert(1))`,
      `PARVIS://person/${PERSON}`,
    ]) {
      expect(placesIn(parseMarkdown(body))).toEqual([]);
    }
  });

  test("is one plain line for an excerpt", () => {
    expect(plainText(`# Titre\n- **un**\n- \`deux\` <@${PERSON}>\n\n> fin [ici](https://a.fr)`)).toBe(
      "Titre un deux @… fin ici",
    );
  });

  test("stays readable when it is made to hurt: deep quotes, deep lists, endless marks", () => {
    for (const body of [
      ">".repeat(20_000),
      "- ".repeat(5000),
      "*".repeat(20_000),
      "[".repeat(20_000),
      "`".repeat(9999),
      "\n".repeat(49_000).concat("x"),
      "-    ".repeat(11).concat("x\n").repeat(850),
      "> ".repeat(11).concat("x\n").repeat(2000),
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

/** Every place of a tree that could become an attribute or a program. */
function urlsIn(nodes: readonly MarkdownNode[]): (string | null)[] {
  return nodes.flatMap((node) => [
    ...(node.type === "link" ? [node.url] : []),
    ...("children" in node ? urlsIn(node.children) : []),
  ]);
}

/** The host shown beside the first link of a text; null for none, undefined without a link. */
function hostOf(body: string): string | null | undefined {
  const [first] = parseMarkdown(body);
  const links = first !== undefined && "children" in first ? first.children : [];
  const link = links.find(({ type }) => type === "link");
  return link?.type === "link" ? link.host : undefined;
}

describe("a hostile text", () => {
  test.each([
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;&#97;vascript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\u0001javascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[a [b](javascript:alert(1)) c](https://exemple.fr)",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "- > - [x](javascript:alert(1))",
    "**[x](javascript:alert(1))**",
    "[x](blob:https://exemple.fr/1)",
    "[x](file:///etc/passwd)",
    "[x](app://parvis/)",
    "[x](ms-msdt:/id)",
    "[x](//evil.example)",
    "[x](/gateway/a/v1/blobs/1)",
    "[x](\\\\evil.example\\share)",
    '[x](https://exemple.fr" onmouseover="alert(1))',
    "[x](https://exemple.fr 'onclick=alert(1)')",
    "`<img src=x onerror=alert(1)>`",
    "```html\n<script>alert(1)</script>\n```",
    "<svg><animate onbegin=alert(1)></svg>",
    "<math><mtext><img src=x onerror=alert(1)></math>",
    '<a href="https://exemple.fr" style="position:fixed;inset:0">x</a>',
    "<details open ontoggle=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<@018f0000-0000-7000-8000-000000000001 onclick=alert(1)>",
    '<!group:"><script>alert(1)</script>>',
    "<#javascript:alert(1)>",
  ])("makes no program of %j", (body) => {
    for (const url of urlsIn(parseMarkdown(body))) {
      expect(url === null || /^(?:https?|mailto):/.test(url)).toBe(true);
    }
    const kinds = new Set(typesIn(parseMarkdown(body)));
    expect(["html", "image", "script"].some((kind) => kinds.has(kind))).toBe(false);
  });

  test.each([
    ["[banque.exemple](https://evil.example/)", "evil.example"],
    ["[https://impots.gouv.fr](https://evil.example/impots.gouv.fr)", "evil.example"],
    ["[cliquez ici](https://exemple.fr/a)", "exemple.fr"],
    ["https://impots.gouv.fr@evil.example/", "evil.example"],
    ["[impots.gouv.fr](https://impots.gouv.fr.evil.example/)", "impots.gouv.fr.evil.example"],
    ["[\u202erf.vuog.stopmi](https://evil.example/)", "evil.example"],
    ["[exemple\u200b.fr](https://exemple.fr/)", "exemple.fr"],
    ["[іmpots.gouv.fr](https://іmpots.gouv.fr/)", "xn--mpots-m2e.gouv.fr"],
    ["[https://аррӏе.com/](https://аррӏе.com/)", "xn--80ak6aa92e.com"],
    ["[chef@exemple.fr](mailto:autre@evil.example)", "autre@evil.example"],
    ["![photo.png](https://evil.example/p.png)", "evil.example"],
  ])("%s shows where it leads", (body, host) => expect(hostOf(body)).toBe(host));

  test.each([
    "https://exemple.fr/a?b#c",
    "[https://exemple.fr/a](https://exemple.fr/a/b)",
    "[exemple.fr](https://exemple.fr/)",
    "<https://exemple.fr>",
    "[moi@exemple.fr](mailto:moi@exemple.fr)",
  ])("%s says itself where it leads", (body) => expect(hostOf(body)).toBeNull());

  test("words of a link read in the direction in which they are written", () => {
    expect(textOf(parseMarkdown("[fdp.\u202egpj.exe](https://exemple.fr)"))).toBe("fdp.gpj.exe");
  });
});
