import { AppError } from "#contract/problem.ts";

/** One part of an upload: positions of its first and last byte, and the length of the whole. */
export interface ContentRange {
  first: number;
  last: number;
  total: number;
}

/** Reads `Content-Range: bytes FIRST-LAST/TOTAL` (RFC 9110 section 14.4). @throws AppError badRequest */
export function parseContentRange(header: string): ContentRange {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(header.trim());
  const [first = -1, last = -1, total = -1] = match?.slice(1).map(Number) ?? [];
  if (first >= 0 && first <= last && last < total) return { first, last, total };
  throw new AppError("badRequest", {
    title: "The Content-Range cannot be read",
    detail: "Send `Content-Range: bytes FIRST-LAST/TOTAL` with FIRST ≤ LAST < TOTAL.",
    pointer: "Content-Range",
  });
}

export type RangeAnswer =
  | { kind: "whole" }
  | { kind: "unsatisfiable" }
  | { kind: "part"; first: number; last: number };

/** What a `Range` header asks of `sizeBytes` bytes (RFC 9110 section 14.2). Several ranges, or nonsense: the whole. */
export function parseRange(header: string | undefined, sizeBytes: number): RangeAnswer {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? "");
  if (match === null) return { kind: "whole" };
  const [, from = "", to = ""] = match;
  if (from === "" && to === "") return { kind: "whole" };
  if (from === "") return suffix(Number(to), sizeBytes);
  const first = Number(from);
  const last = to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== "" && Number(to) < first) return { kind: "whole" };
  return first < sizeBytes ? { kind: "part", first, last } : { kind: "unsatisfiable" };
}

function suffix(length: number, sizeBytes: number): RangeAnswer {
  if (length === 0 || sizeBytes === 0) return { kind: "unsatisfiable" };
  return { kind: "part", first: Math.max(0, sizeBytes - length), last: sizeBytes - 1 };
}
