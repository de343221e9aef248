/** Beyond the year 5000 in milliseconds: subtracting from it turns newest first into ascending text. */
const FAR_MS = 99_999_999_999_999;
const DIGITS = 14;

/** Sorts what is newest first. */
export function newestFirst(at: string): string {
  return String(FAR_MS - Date.parse(at)).padStart(DIGITS, "0");
}

/** Place in a list that is already in order. */
export function inOrder(index: number): string {
  return String(index).padStart(6, "0");
}
