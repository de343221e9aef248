import { AppError } from "#contract/problem.ts";

/**
 * Where a reader is in one scope:
 * - `tail`: has everything up to `seq`
 * - `small`, `timeline`: inside a snapshot taken at `head`, behind the row at `seq` or `key`; `sent` timeline rows so far
 */
export type Cursor =
  | { phase: "tail"; seq: number }
  | { phase: "small"; head: number; seq: number }
  | { phase: "timeline"; head: number; sent: number; key: string };

/** Text for the client, opaque to it; it begins with the data's epoch, so that another server's cursor is noticed. */
export function writeCursor(epoch: string, cursor: Cursor): string {
  const start = epochMark(epoch);
  if (cursor.phase === "tail") return `${start}.t.${cursor.seq}`;
  if (cursor.phase === "small") return `${start}.s.${cursor.head}.${cursor.seq}`;
  return `${start}.m.${cursor.head}.${cursor.sent}.${cursor.key}`;
}

/** @throws AppError cursorExpired when it is not of these data, or ahead of them (the server went back to a backup). */
export function readCursor(epoch: string, text: string, head: number): Cursor {
  const [mark, phase, first, second, ...rest] = text.split(".");
  const cursor = mark === epochMark(epoch) ? parse(phase, first, second, rest.join(".")) : undefined;
  if (cursor === undefined) throw expired("This cursor was not given by these data.");
  if ((cursor.phase === "tail" ? cursor.seq : cursor.head) > head) {
    throw expired("This cursor is ahead of the data: they were restored from an older copy.");
  }
  return cursor;
}

function parse(
  phase: string | undefined,
  first: string | undefined,
  second: string | undefined,
  key: string,
): Cursor | undefined {
  const a = natural(first);
  if (a === undefined) return undefined;
  if (phase === "t") return { phase: "tail", seq: a };
  const b = natural(second);
  if (b === undefined) return undefined;
  if (phase === "s") return { phase: "small", head: a, seq: b };
  if (phase === "m") return { phase: "timeline", head: a, sent: b, key };
  return undefined;
}

function natural(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function epochMark(epoch: string): string {
  return epoch.replaceAll(/[^A-Za-z0-9-]/g, "").slice(0, 40);
}

function expired(detail: string): AppError {
  return new AppError("cursorExpired", {
    title: "The cursor has expired",
    detail: `${detail} Start without a cursor.`,
  });
}
