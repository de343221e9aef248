import { Marked, type Token, type Tokens } from "marked";

const LONGEST_READ = 2000;
const LONGEST_SHOWN = 200;
const MENTION = /^<(?:@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|!everyone)>/;
const MENTIONED = /<@([0-9a-f-]{36})>/g;
/** Control characters, and those that turn the direction of a text and could make it look like another. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

const marked = new Marked({
  gfm: true,
  // Returning nothing means "this is not that": HTML and tables stay the characters they are, as in the window.
  tokenizer: { html: () => undefined, tag: () => undefined, table: () => undefined, def: () => undefined },
  extensions: [
    {
      name: "mention",
      level: "inline",
      start: (source) => source.indexOf("<"),
      tokenizer(source) {
        const match = MENTION.exec(source);
        return match === null ? undefined : { type: "mention", raw: match[0], personId: match[1] ?? null };
      },
    },
  ],
});

/** Writes a mention; without an id it is everyone. */
export type MentionName = (personId: string | undefined) => string;

/** A message on one short line: no Markdown, no mention markup, nothing unseen. */
export function toPlainText(body: string, mentionName: MentionName): string {
  return oneLine(textOf(body.slice(0, LONGEST_READ), mentionName));
}

export function oneLine(text: string): string {
  const line = text.replaceAll(UNSEEN, " ").replaceAll(/\s+/g, " ").trim();
  // By code points, so that no character is cut in two.
  const points = Array.from(line);
  return points.length <= LONGEST_SHOWN ? line : `${points.slice(0, LONGEST_SHOWN - 1).join("")}…`;
}

/** Ids of the people that a text names. */
export function mentionedIn(body: string): string[] {
  return [...body.slice(0, LONGEST_READ).matchAll(MENTIONED)].flatMap((match) => match[1] ?? []);
}

function textOf(body: string, mentionName: MentionName): string {
  try {
    return flatten(marked.lexer(body), mentionName);
  } catch (error) {
    // Nested too deep for the parser: shown as written.
    if (error instanceof RangeError) return body;
    throw error;
  }
}

function flatten(tokens: readonly Token[], mentionName: MentionName): string {
  return tokens.map((token) => flattenToken(token as Tokens.Generic, mentionName)).join("");
}

function flattenToken(token: Tokens.Generic, mentionName: MentionName): string {
  switch (token.type) {
    case "mention":
      return mentionName(typeof token["personId"] === "string" ? token["personId"] : undefined);
    case "list":
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- marked names the type by `type`
      return (token as Tokens.List).items.map((item) => `${flatten(item.tokens, mentionName)} `).join("");
    case "space":
    case "br":
    case "hr":
    case "checkbox":
      return " ";
    case "paragraph":
    case "heading":
    case "blockquote":
      return `${flatten(token.tokens ?? [], mentionName)} `;
    default:
      if (token.tokens !== undefined && token.type !== "image") return flatten(token.tokens, mentionName);
      return String(token["text"] ?? token.raw);
  }
}
