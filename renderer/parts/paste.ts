import type { ClipboardEvent } from "react";
import { editField, insertInField, selectedIn } from "#renderer/kit/field-edits.ts";
import { isInFence } from "#renderer/kit/text-edits.ts";

/** Tags that carry a meaning which Markdown can say. Without one of them the plain text is all there is. */
const RICH =
  /<(?:strong|b|em|i|u|s|del|a|ul|ol|li|table|h[1-6]|pre|code|blockquote)\b|mso-list|font-weight:\s*(?:bold|[6-9]00)/i;
const ADDRESS = /^(?:https?|parvis):\/\/\S+$/;

/**
 * What a paste into a text does beyond the browser's own: formatted text becomes Markdown, an address over selected words
 * becomes their link. Returns the files that were pasted, for whoever takes files.
 * @param isPlain asked for by Ctrl+Shift+V: the text alone
 */
export function pasteInto(event: ClipboardEvent<HTMLTextAreaElement>, isPlain: boolean): File[] {
  const { clipboardData, currentTarget: field } = event;
  const text = clipboardData.getData("text/plain");
  const files = [...clipboardData.files];
  // A table of a spreadsheet comes as text and as a picture: it is the text that one means.
  if (files.length > 0 && text.trim() === "") {
    event.preventDefault();
    return files;
  }
  const selected = selectedIn(field);
  const picked = selected.text.slice(selected.start, selected.end);
  if (ADDRESS.test(text.trim()) && picked.trim() !== "" && !picked.includes("\n")) {
    event.preventDefault();
    linkSelection(field, picked, text.trim());
    return [];
  }
  const html = clipboardData.getData("text/html");
  if (isPlain || !RICH.test(html) || isInFence(selected.text, selected.start)) return [];
  event.preventDefault();
  void pasteRich(field, html, text);
  return [];
}

function linkSelection(field: HTMLTextAreaElement, words: string, address: string): void {
  const { text, start, end } = selectedIn(field);
  const link = `[${words}](${address})`;
  const caret = start + link.length;
  editField(field, { text: text.slice(0, start) + link + text.slice(end), start: caret, end: caret });
}

async function pasteRich(field: HTMLTextAreaElement, html: string, text: string): Promise<void> {
  let words = text;
  try {
    // Loaded on the first such paste: few ever do.
    const { htmlToMarkdown } = await import("#renderer/kit/rich-paste.ts");
    words = htmlToMarkdown(html) || text;
  } catch {
    // Its part of the program could not be loaded: the words themselves are there.
    words = text;
  }
  insertInField(field, words);
}
