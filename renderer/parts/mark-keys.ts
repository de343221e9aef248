import type { MarkName } from "#renderer/kit/text-edits.ts";

interface MarkKey {
  name: MarkName;
  key: string;
  hasShift: boolean;
}

/** Keys of marks, with Ctrl (Cmd on macOS). By letter, and by digit where letters are taken. */
const MARK_KEYS: readonly MarkKey[] = [
  { name: "bold", key: "b", hasShift: false },
  { name: "italic", key: "i", hasShift: false },
  { name: "strike", key: "x", hasShift: true },
  { name: "code", key: "e", hasShift: false },
  { name: "codeBlock", key: "e", hasShift: true },
  { name: "link", key: "u", hasShift: true },
  { name: "quote", key: "9", hasShift: true },
  { name: "list", key: "8", hasShift: true },
  { name: "numbered", key: "7", hasShift: true },
];

interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** The mark that these keys mean. Digits by their place on the keyboard: on a French one they are typed with Shift. */
export function markOfKey(event: KeyPress): MarkName | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const pressed = digit ?? event.key.toLowerCase();
  const found = MARK_KEYS.find(({ key, hasShift }) => key === pressed && hasShift === event.shiftKey);
  return found?.name ?? null;
}

/** `Ctrl+Maj+X`, as it is written beside a button. */
export function keyWords(name: MarkName, shiftWord: string): string {
  const found = MARK_KEYS.find((each) => each.name === name);
  if (found === undefined) return "";
  return ["Ctrl", ...(found.hasShift ? [shiftWord] : []), found.key.toUpperCase()].join("+");
}
