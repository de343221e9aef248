import type { Field } from "./columns.ts";

/** Something wrong with one line of a list. The words are in `messages.ts`. */
export type Complaint = { line: number; field?: Field; header?: string } & (
  | { kind: "tooManyCells"; expected: number; found: number }
  | { kind: "missing" }
  | { kind: "badAddress"; value: string }
  | { kind: "tooLong"; limit: number }
  | { kind: "twice"; value: string; otherLine: number }
  | { kind: "takenUsername"; value: string }
);
