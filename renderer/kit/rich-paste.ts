import createPurifier from "dompurify";
import TurndownService from "turndown";

/** What a text can say; everything else loses its tags and keeps its words. Nothing of it ever enters the page. */
const TAGS =
  "a b blockquote br code del div em h1 h2 h3 h4 h5 h6 hr i li ol p pre s span strike strong table tbody td th thead tr u ul".split(
    " ",
  );

/** Formatted text from Word, Outlook, a browser or a spreadsheet as the Markdown that a person would have typed. */
export function htmlToMarkdown(html: string): string {
  const clean: DocumentFragment = createPurifier.sanitize(withoutShells(html), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href", "start", "style", "class"],
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|parvis):/i,
    RETURN_DOM_FRAGMENT: true,
  });
  const holder = clean.ownerDocument.createElement("div");
  holder.append(clean);
  return createWriter()
    .turndown(holder)
    .replaceAll(/[ \t]+$/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/** What some programs put around everything they copy, and means nothing. */
function withoutShells(html: string): string {
  const fragment = /<!--StartFragment-->([\s\S]*?)<!--EndFragment-->/i.exec(html)?.[1] ?? html;
  return fragment.replaceAll(/<b\b[^>]*font-weight:\s*normal[^>]*>/gi, "<span>");
}

function createWriter(): TurndownService {
  const writer = new TurndownService({
    headingStyle: "atx",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
    hr: "---",
    br: "",
  });
  // Only what would be read as a mark: names with underscores stay as they are.
  writer.escape = (text) =>
    text.replaceAll(/[\\*`[\]]/g, String.raw`\$&`).replaceAll(/^(#{1,6} |> |[-+] )/gm, String.raw`\$1`);
  writer.addRule("strike", {
    filter: ["del", "s"],
    replacement: (content) => around(content, "~~"),
  });
  writer.addRule("styledSpan", {
    filter: (node) => node.nodeName === "SPAN" && node.getAttribute("style") !== null,
    replacement: (content, node) => (node instanceof HTMLElement ? styled(content, node) : content),
  });
  writer.addRule("wordList", {
    filter: (node) => node.nodeName === "P" && node.className.startsWith("MsoListParagraph"),
    replacement: (content) => `${wordItem(content)}\n`,
  });
  writer.addRule("tableRow", {
    filter: "tr",
    replacement: (content) => `${content.replace(/ \| $/, "").trim()}\n`,
  });
  writer.addRule("tableCell", {
    filter: ["td", "th"],
    replacement: (content) => `${content.replaceAll(/\s*\n\s*/g, " ").trim()} | `,
  });
  writer.addRule("item", {
    filter: "li",
    replacement: (content, node) => item(content, node),
  });
  return writer;
}

function around(content: string, mark: string): string {
  const words = content.trim();
  if (words === "" || words.includes("\n")) return content;
  return content.replace(words, () => mark + words + mark);
}

function styled(content: string, node: HTMLElement): string {
  const style = node.getAttribute("style") ?? "";
  let words = content;
  if (/font-weight:\s*(?:bold|[6-9]00)/i.test(style)) words = around(words, "**");
  if (/font-style:\s*italic/i.test(style)) words = around(words, "*");
  if (/text-decoration[^;]*line-through/i.test(style)) words = around(words, "~~");
  return words;
}

/** Word writes its lists as paragraphs that begin with a sign. */
function wordItem(content: string): string {
  const match = /^\s*(?:(\d{1,3})\\?[.)]|[·•▪§o–-])[\s\u00a0]+([\s\S]*)$/.exec(content);
  if (match === null) return content;
  const [, number, words = ""] = match;
  return `${number === undefined ? "-" : `${number}.`} ${words.trim()}`;
}

/** One space after the sign, and what is under an item as far in as its sign is wide. */
function item(content: string, node: Node): string {
  const list = node.parentNode;
  const isOrdered = list?.nodeName === "OL";
  const start = list instanceof HTMLElement ? Number(list.getAttribute("start") ?? 1) : 1;
  const index =
    list === null
      ? 0
      : [...list.childNodes].filter(({ nodeName }) => nodeName === "LI").indexOf(toChild(node));
  const sign = isOrdered ? `${start + index}. ` : "- ";
  const words = content.trim().replaceAll("\n", `\n${" ".repeat(sign.length)}`);
  return `${sign}${words}\n`;
}

function toChild(node: Node): ChildNode {
  if (node instanceof Element || node instanceof CharacterData) return node;
  throw new TypeError("A list item is an element");
}
