import { isCollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { Scope } from "#contract/scope.ts";
import { syncMarkSchema, type SyncMark } from "#contract/sync.ts";
import { isFields, type Fields, type PlacedEntry } from "#renderer/db/entry.ts";
import { keyOf, kindOf, streamOf } from "#renderer/db/streams.ts";

export interface IncomingRow {
  type: "row";
  scope: Scope;
  seq: number;
  placed: PlacedEntry;
}

export type Incoming =
  | IncomingRow
  | { type: "mark"; mark: SyncMark["mark"] }
  | { type: "history"; hasOlder: boolean }
  /** A collection that this version does not know. */
  | { type: "unknown" }
  | { type: "invalid" };

const UNKNOWN: Incoming = { type: "unknown" };
const INVALID: Incoming = { type: "invalid" };

/** Looks at one line just closely enough to put it in place; the full check comes when a view reads the row. */
export function parseLine(line: string, scope: Scope): Incoming {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return INVALID;
  }
  if (!isFields(value)) return INVALID;
  const incoming = inspect(value, scope);
  if (incoming.type === "row") incoming.placed.entry.json = dataOf(line, value);
  return incoming;
}

const DATA = '"data":';

/** The text of `data` within its line, when it stands last and nothing before it can contain the same words. */
function dataOf(line: string, value: Fields): string | undefined {
  let last = "";
  for (const key in value) {
    if (key !== "data" && typeof value[key] === "object") return undefined;
    last = key;
  }
  // Quotes within texts are escaped: the first match is the field itself.
  const start = line.indexOf(DATA);
  return last === "data" && start > 0 && line.endsWith("}}")
    ? line.slice(start + DATA.length, -1)
    : undefined;
}

function inspect(value: Fields, scope: Scope): Incoming {
  if (value["collection"] !== undefined) return inspectRow(value, scope);
  if (value["mark"] !== undefined) {
    const parsed = syncMarkSchema.safeParse(value);
    return parsed.success ? { type: "mark", mark: parsed.data.mark } : INVALID;
  }
  const history = value["history"];
  return isFields(history) ? { type: "history", hasOlder: history["hasOlder"] === true } : INVALID;
}

/** @param scope the scope asked for: a row of another one has no place in the answer */
export function inspectRow(value: Fields, scope: Scope): Incoming {
  const { collection, id, rev, seq, op, data } = value;
  if (typeof collection !== "string" || typeof id !== "string" || value["scope"] !== scope) return INVALID;
  if (!isPositive(rev) || !isPositive(seq) || (op !== "put" && op !== "delete")) return INVALID;
  if (!isCollectionName(collection)) return UNKNOWN;
  if (!isFields(data)) return INVALID;
  const stream = streamOf(scope, collection, data);
  const key = stream === undefined ? "" : keyOf(kindOf(stream), id, data);
  if (stream === undefined || key === "") return INVALID;
  return {
    type: "row",
    scope,
    seq,
    placed: { stream, entry: { key, id, rev, isDeleted: op === "delete", data } },
  };
}

/** A row that came with a mutation's result. */
export function placeEnvelope(envelope: Envelope): PlacedEntry | undefined {
  const incoming = inspectRow(envelope, envelope.scope);
  return incoming.type === "row" ? incoming.placed : undefined;
}

function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0 && Number.isSafeInteger(value);
}
