import type { PlacedEntry } from "./entry.ts";
import { decodeEntry } from "./leaf.ts";
import { kindOf } from "./streams.ts";

/** What log records are sealed for: they belong to no stream. */
export const LOG_PLACE = "log";

export interface LogContent {
  entries: PlacedEntry[];
  meta: [string, unknown][];
}

export function encodeLog({ entries, meta }: LogContent): string {
  const rows = entries.map(({ stream, entry }) => [
    stream,
    [entry.id, entry.rev, entry.data, entry.isDeleted ? 1 : 0],
  ]);
  return JSON.stringify({ rows, meta });
}

/** @throws SyntaxError when the text is not what `encodeLog` makes. */
export function decodeLog(encoded: string): LogContent {
  const content: unknown = JSON.parse(encoded);
  if (typeof content !== "object" || content === null)
    throw new SyntaxError("A log record is not an object.");
  const rows: unknown = "rows" in content ? content.rows : undefined;
  const meta: unknown = "meta" in content ? content.meta : undefined;
  if (!Array.isArray(rows) || !Array.isArray(meta)) throw new SyntaxError("A log record lacks its lists.");
  return { entries: rows.map(decodeRow), meta: meta.map(decodeMeta) };
}

function decodeRow(row: unknown): PlacedEntry {
  if (!Array.isArray(row)) throw new SyntaxError("A row of the log is not a list.");
  const [stream, entry]: unknown[] = row;
  if (typeof stream !== "string") throw new SyntaxError("A row of the log has no stream.");
  return { stream, entry: decodeEntry(kindOf(stream), entry) };
}

function decodeMeta(pair: unknown): [string, unknown] {
  if (!Array.isArray(pair)) throw new SyntaxError("A position of the log is not a pair.");
  const [key, value]: unknown[] = pair;
  if (typeof key !== "string") throw new SyntaxError("A position of the log has no key.");
  return [key, value];
}
