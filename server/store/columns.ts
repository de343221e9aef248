import { scopeSchema, type Scope } from "#contract/scope.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import type { StoredRow } from "./row-shape.ts";

/** Reading of what a database driver hands over, untyped, into the types that the schema promises. */
export function textOf(value: unknown): string {
  if (typeof value !== "string")
    throw new TypeError(`the database gave ${typeof value} where text was expected`);
  return value;
}

export function optionalText(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : textOf(value);
}

/** PostgreSQL's driver gives a bigint as text. */
export function integerOf(value: unknown): number {
  const number = typeof value === "number" ? value : Number(textOf(value));
  if (!Number.isSafeInteger(number)) throw new TypeError(`the database gave ${String(value)} for an integer`);
  return number;
}

export function scopeOf(value: unknown): Scope {
  return scopeSchema.parse(value);
}

export function personOf(value: unknown): PersonId {
  return personIdSchema.parse(value);
}

export function storedRowOf(scope: Scope, row: Record<string, unknown>): StoredRow {
  return {
    scope,
    seq: integerOf(row["seq"]),
    collection: textOf(row["collection"]),
    id: textOf(row["id"]),
    rev: integerOf(row["rev"]),
    op: textOf(row["op"]),
    data: textOf(row["data"]),
  };
}
