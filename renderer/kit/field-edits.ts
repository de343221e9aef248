import { smallestChange, type Edited, type Selected } from "./text-edits.ts";

export function selectedIn(field: HTMLTextAreaElement): Selected {
  return { text: field.value, start: field.selectionStart, end: field.selectionEnd };
}

/**
 * Does an edit in a field as if it had been typed: the field's own undo takes it back, and its `input` event tells
 * whoever listens.
 */
export function editField(field: HTMLTextAreaElement, edited: Edited): void {
  const { start, end, insert } = smallestChange(field.value, edited.text);
  field.focus();
  if (start !== end || insert !== "") {
    field.setSelectionRange(start, end);
    // The only way that keeps the undo of a text field; there is no successor to it.
    // oxlint-disable-next-line typescript/no-deprecated
    const isDone =
      insert === "" ? document.execCommand("delete") : document.execCommand("insertText", false, insert);
    if (!isDone) {
      field.setRangeText(insert, start, end);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }
  field.setSelectionRange(edited.start, edited.end);
}

/** Puts words at the caret, in place of what is selected. */
export function insertInField(field: HTMLTextAreaElement, words: string): void {
  const { text, start, end } = selectedIn(field);
  const caret = start + words.length;
  editField(field, { text: text.slice(0, start) + words + text.slice(end), start: caret, end: caret });
}
