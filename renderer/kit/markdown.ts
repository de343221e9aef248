import { Marked, type Token, type Tokens } from "marked";
import { parseObjectLink } from "#contract/links.ts";
import { hostToShow, plainWords } from "./link-host.ts";

/**
 * A message's text as a tree of plain values, for React to draw: CommonMark, strikethrough, autolinks and mentions.
 * HTML is not a thing here: angle brackets are text. Nothing of this tree is ever set as markup.
 */
export type MarkdownNode =
  | { type: "text"; text: string }
  | { type: "break" }
  | { type: "rule" }
  | { type: "code"; text: string }
  | { type: "codeBlock"; text: string; language: string }
  | { type: "mention"; personId: string }
  | { type: "everyone" | "here" }
  | { type: "group"; groupId: string }
  | { type: "channel"; conversationId: string }
  /** `host`: shown beside the words, which say something else. */
  | { type: "link"; url: string | null; host: string | null; children: MarkdownNode[] }
  /** An address inside Parvis (`parvis://…`); without words of its own, the name of what it leads to stands there. */
  | { type: "place"; link: string; children: MarkdownNode[] }
  | { type: "list"; isOrdered: boolean; start: number; children: MarkdownNode[] }
  | { type: "heading"; depth: number; children: MarkdownNode[] }
  | { type: "paragraph" | "strong" | "emphasis" | "strike" | "quote" | "item"; children: MarkdownNode[] };

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const MENTION = new RegExp(`^<(?:(@|!group:|#)(${UUID})|!(everyone|here))>`);
const PLACE = new RegExp(
  `^parvis://[a-z]+/(?:(?:space|person)/)?${UUID}(?:/${UUID}){0,2}(?:\\?at=[a-z0-9.:-]*[a-z0-9])?(?![\\w/-])`,
);
/** Past this, or this many quotes deep, a text is shown as written: no one formats that by hand. */
const LONGEST_FORMATTED = 50_000;
const TOO_DEEP = /^[^\S\n]*(?:(?:>[^\S\n]*){12,}|(?:[-*+][^\S\n]+){12,})/m;

const marked = new Marked({
  gfm: true,
  breaks: true,
  // Returning nothing means "this is not that": HTML and tables stay the characters they are.
  tokenizer: { html: () => undefined, tag: () => undefined, table: () => undefined, def: () => undefined },
  extensions: [
    {
      name: "mention",
      level: "inline",
      start: (source) => source.indexOf("<"),
      tokenizer(source) {
        const match = MENTION.exec(source);
        if (match === null) return undefined;
        const [raw, sign, id, circle] = match;
        return { type: "mention", raw, sign: sign ?? circle, id };
      },
    },
    {
      name: "place",
      level: "inline",
      start: (source) => source.indexOf("parvis://"),
      tokenizer(source) {
        const raw = PLACE.exec(source)?.[0];
        return raw === undefined || parseObjectLink(raw) === null ? undefined : { type: "place", raw };
      },
    },
  ],
});

export function parseMarkdown(body: string): MarkdownNode[] {
  if (body.length > LONGEST_FORMATTED || TOO_DEEP.test(body))
    return [paragraph([{ type: "text", text: body }])];
  try {
    return convert(marked.lexer(body));
  } catch (error) {
    // Too deep for the parser's recursion. The text is shown as written.
    if (error instanceof RangeError) return [paragraph([{ type: "text", text: body }])];
    throw error;
  }
}

function paragraph(children: MarkdownNode[]): MarkdownNode {
  return { type: "paragraph", children };
}

function convert(tokens: readonly Token[] | undefined): MarkdownNode[] {
  return (tokens ?? []).flatMap((token) => convertToken(token as Tokens.Generic));
}

function convertToken(token: Tokens.Generic): MarkdownNode[] {
  const text = String(token["text"] ?? "");
  switch (token.type) {
    case "space":
      return [];
    case "br":
      return [{ type: "break" }];
    case "hr":
      return [{ type: "rule" }];
    case "codespan":
      return [{ type: "code", text }];
    case "code":
      return [{ type: "codeBlock", text, language: String(token["lang"] ?? "") }];
    case "mention":
      return [convertMention(String(token["sign"]), String(token["id"]))];
    case "place":
      return [{ type: "place", link: token.raw, children: [] }];
    case "strong":
      return [{ type: "strong", children: convert(token.tokens) }];
    case "em":
      return [{ type: "emphasis", children: convert(token.tokens) }];
    case "del":
      return [{ type: "strike", children: convert(token.tokens) }];
    case "blockquote":
      return [{ type: "quote", children: convert(token.tokens) }];
    case "paragraph":
      return [paragraph(convert(token.tokens))];
    case "heading":
      return [{ type: "heading", depth: Number(token["depth"]), children: convert(token.tokens) }];
    case "link":
    case "image":
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- marked names the type by `type`
      return [convertLink(token as Tokens.Link | Tokens.Image)];
    case "list":
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- marked names the type by `type`
      return [convertList(token as Tokens.List)];
    case "escape":
      return [{ type: "text", text }];
    case "text":
      return token.tokens === undefined
        ? [{ type: "text", text: decodeEntities(text) }]
        : convert(token.tokens);
    default:
      return [{ type: "text", text: token.raw }];
  }
}

function convertMention(sign: string, id: string): MarkdownNode {
  switch (sign) {
    case "@":
      return { type: "mention", personId: id };
    case "!group:":
      return { type: "group", groupId: id };
    case "#":
      return { type: "channel", conversationId: id };
    default:
      return { type: sign === "here" ? "here" : "everyone" };
  }
}

function convertLink(token: Tokens.Link | Tokens.Image): MarkdownNode {
  const converted = token.type === "image" ? [] : convert(token.tokens).map(withoutTricks);
  const words = plainWords(token.text || token.href);
  const children: MarkdownNode[] = converted.length > 0 ? converted : [{ type: "text", text: words }];
  if (parseObjectLink(token.href) !== null) return { type: "place", link: token.href, children };
  const url = safeUrl(token.href);
  return {
    type: "link",
    url,
    host: url === null ? null : hostToShow(token.text || token.href, url),
    children,
  };
}

/** The words of a link read as they are written, in one direction. */
function withoutTricks(node: MarkdownNode): MarkdownNode {
  if (node.type === "text") return { ...node, text: plainWords(node.text) };
  return "children" in node ? { ...node, children: node.children.map(withoutTricks) } : node;
}

function convertList(token: Tokens.List): MarkdownNode {
  return {
    type: "list",
    isOrdered: token.ordered,
    start: token.start === "" ? 1 : token.start,
    children: token.items.map((item) => ({
      type: "item",
      children: [
        ...(item.task ? [{ type: "text" as const, text: item.checked === true ? "☑ " : "☐ " }] : []),
        ...convert(item.tokens.filter((child) => child.type !== "checkbox")),
      ],
    })),
  };
}

/** Only what a browser or a mail program opens; anything else stays text. */
export function safeUrl(href: string): string | null {
  const url = URL.parse(decodeEntities(href));
  if (url === null) return null;
  return ["https:", "http:", "mailto:"].includes(url.protocol) ? url.href : null;
}

const NAMED: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  laquo: "«",
  raquo: "»",
  hellip: "…",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  euro: "€",
};

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,10}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return NAMED[String(name)] ?? whole;
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
        ? String.fromCodePoint(code)
        : "\ufffd";
    },
  );
}

const ONLY_EMOJI = /^(?:\p{RGI_Emoji}\s?){1,6}$/v;

/** Whether a message is nothing but a few emoji: those are drawn big. */
export function isOnlyEmoji(body: string): boolean {
  return body.length <= 100 && ONLY_EMOJI.test(body.trim());
}

/** The addresses inside Parvis that a text names, each once. */
export function placesIn(nodes: readonly MarkdownNode[]): string[] {
  const links = nodes.flatMap((node) => [
    ...(node.type === "place" ? [node.link] : []),
    ...("children" in node ? placesIn(node.children) : []),
  ]);
  return [...new Set(links)];
}

/** A text in one line, without its marks: for a strip or an excerpt. Who is named stands as `@…`. */
export function plainText(body: string): string {
  return flatten(parseMarkdown(body)).replaceAll(/\s+/g, " ").trim();
}

function flatten(nodes: readonly MarkdownNode[]): string {
  return nodes.map(flattenNode).join("");
}

function flattenNode(node: MarkdownNode): string {
  switch (node.type) {
    case "text":
    case "code":
      return node.text;
    case "codeBlock":
      return `${node.text} `;
    case "break":
    case "rule":
      return " ";
    case "mention":
    case "everyone":
    case "here":
    case "group":
      return "@…";
    case "channel":
      return "#…";
    case "paragraph":
    case "heading":
    case "item":
    case "quote":
      return `${flatten(node.children)} `;
    case "link":
    case "place":
    case "list":
    case "strong":
    case "emphasis":
    case "strike":
      return flatten(node.children);
  }
}
