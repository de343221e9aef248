import { searchText } from "./text-search.ts";

const ALL = "page-search";
const ACTIVE = "page-search-active";
/** Never searched: what is not read as text, and the search itself. */
const LEFT_OUT = "script, style, [inert], [aria-hidden='true'], [data-page-search], .visually-hidden";

/** Every place of the page, as drawn now, where `wanted` can be read. */
export function searchPage(wanted: string, isCaseSensitive: boolean): Range[] {
  return blocks().flatMap((nodes) =>
    searchText(
      nodes.map(({ data }) => data),
      wanted,
      isCaseSensitive,
    ).flatMap(({ start, end }) => {
      const [first, last] = [nodes[start.piece], nodes[end.piece]];
      if (first === undefined || last === undefined) return [];
      const range = document.createRange();
      range.setStart(first, start.offset);
      range.setEnd(last, end.offset);
      return [range];
    }),
  );
}

/** Drawn over the text, without touching it. */
export function showMatches(ranges: readonly Range[], active: Range | undefined): void {
  CSS.highlights.set(ALL, new Highlight(...ranges));
  if (active === undefined) CSS.highlights.delete(ACTIVE);
  else CSS.highlights.set(ACTIVE, new Highlight(active));
}

export function clearMatches(): void {
  CSS.highlights.delete(ALL);
  CSS.highlights.delete(ACTIVE);
}

export function goToMatch(range: Range): void {
  range.startContainer.parentElement?.scrollIntoView({ block: "center", inline: "nearest" });
}

/** Pieces of text that are read together, in the order in which they are drawn. */
function blocks(): Text[][] {
  const walker = document.createTreeWalker(
    document.body,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) =>
      node instanceof Element &&
      (node.matches(LEFT_OUT) || !node.checkVisibility({ visibilityProperty: true }))
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  );
  const found = new Map<Element, Text[]>();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.data.trim() === "") continue;
    const block = blockOf(node);
    found.set(block, [...(found.get(block) ?? []), node]);
  }
  return [...found.values()];
}

function blockOf(node: Text): Element {
  let element = node.parentElement ?? document.body;
  while (element.parentElement !== null && getComputedStyle(element).display === "inline")
    element = element.parentElement;
  return element;
}
