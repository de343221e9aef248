/** A stretch of a text that is being written, and how it looks. All stretches together are the text. */
export interface Stretch {
  text: string;
  /** What it is, as space-separated words for a style sheet; empty for plain text. */
  look: string;
}

/** Past this a text is left plain while it is written: colours must not cost a keystroke. */
const LONGEST_COLOURED = 20_000;

const INLINE =
  /(?<code>`[^`\n]+`)|(?<bold>\*\*(?=\S)[^\n]*?\S\*\*|__(?=\S)[^\n]*?\S__)|(?<strike>~~(?=\S)[^\n]*?\S~~)|(?<italic>(?<![*\w])\*(?=[^\s*])[^*\n]*?[^\s*]\*(?!\*)|(?<!\w)_(?=[^\s_])[^_\n]*?[^\s_]_(?!\w))|(?<link>\[[^\]\n]*\]\([^)\s]*\))|(?<url>(?:https?|parvis):\/\/[^\s<>]+)|(?<name>(?<=^|[\s([{«"'’])[@#][\p{L}][\p{L}\p{N}'’_-]*)/gu;

/**
 * Markdown as it is being typed, behind the caret: the marks stay where they are, pale, and what they mark looks the
 * part. Only looks that take no room are used, so that not a letter moves.
 */
export function colourMarkdown(text: string): Stretch[] {
  if (text.length > LONGEST_COLOURED) return [{ text, look: "" }];
  const found: Stretch[] = [];
  let isFenced = false;
  for (const line of text.split(/(?<=\n)/)) {
    const isFence = line.startsWith("```");
    if (isFence) isFenced = !isFenced;
    if (isFence || isFenced) found.push({ text: line, look: isFence ? "code mark" : "code" });
    else colourLine(line, found);
  }
  return found;
}

const LINE_MARK =
  /^(?:(?<quote>\s*(?:> ?)+)|(?<item>\s*(?:[-*+]|\d{1,3}[.)])(?: \[[ xX]\])? )|(?<heading>#{1,6} ))/;

function colourLine(line: string, found: Stretch[]): void {
  const mark = LINE_MARK.exec(line);
  if (mark === null) return colourInline(line, "", found);
  const { quote, heading } = mark.groups ?? {};
  const look = quote !== undefined ? "quote" : heading !== undefined ? "bold" : "";
  found.push({ text: mark[0], look: quote === undefined && heading === undefined ? "item" : "mark" });
  return colourInline(line.slice(mark[0].length), look, found);
}

const MARK_LENGTH: Record<string, number> = { code: 1, bold: 2, strike: 2, italic: 1 };

function colourInline(text: string, around: string, found: Stretch[]): void {
  const put = (part: string, look: string) => {
    if (part !== "") found.push({ text: part, look: [around, look].filter((word) => word !== "").join(" ") });
  };
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    put(text.slice(last, match.index), "");
    last = match.index + match[0].length;
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? "";
    const length = MARK_LENGTH[kind];
    if (length === undefined) put(match[0], kind === "url" ? "link" : kind);
    else {
      put(match[0].slice(0, length), "mark");
      put(match[0].slice(length, -length), kind);
      put(match[0].slice(-length), "mark");
    }
  }
  put(text.slice(last), "");
}
