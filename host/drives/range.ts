/** What a `Range` header asks for: from a byte on, or the last so many. */
export type AskedRange = { first: number; last?: number } | { suffix: number };

/** Undefined for none, for several, and for what nobody understands: the whole is then an answer (RFC 9110 14.2). */
export function parseRange(header: string | null): AskedRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec((header ?? "").replaceAll(" ", ""));
  if (match === null) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "") return last === "" ? undefined : { suffix: Number(last) };
  if (last === "") return { first: Number(first) };
  return Number(last) < Number(first) ? undefined : { first: Number(first), last: Number(last) };
}
