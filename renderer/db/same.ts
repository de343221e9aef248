/** Whether two values of plain data are equal: unchanged rows are shared, so most comparisons end at once. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((value, index) => isSame(value, b[index]));
  }
  const first = Object.entries(a);
  if (first.length !== Object.keys(b).length) return false;
  const other = new Map<string, unknown>(Object.entries(b));
  return first.every(([key, value]) => other.has(key) && isSame(value, other.get(key)));
}
