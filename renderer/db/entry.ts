/** Fields of a row, not yet checked against its schema: that happens when a view reads it. */
export type Fields = Readonly<Record<string, unknown>>;

/** One row as the cache keeps it. A deleted row stays as a trace, so that an older copy arriving late is known as such. */
export interface Entry {
  readonly key: string;
  readonly id: string;
  readonly rev: number;
  readonly isDeleted: boolean;
  readonly data: Fields;
  /** The JSON of `data` as it came, until it is written: saves making it again. */
  json?: string | undefined;
}

/** An entry and the stream that it belongs to. */
export interface PlacedEntry {
  readonly stream: string;
  readonly entry: Entry;
}

/** Which keys of which streams were touched. */
export type Changes = Map<string, Set<string>>;

/** What is derived from rows and kept in memory. */
export interface ChangeFollower {
  note: (changes: Changes) => void;
  /** The key is forgotten: so is everything decrypted. */
  clear: () => void;
}

export function addChange(changes: Changes, stream: string, key: string): void {
  const keys = changes.get(stream);
  if (keys === undefined) changes.set(stream, new Set([key]));
  else keys.add(key);
}

export function mergeChanges(into: Changes, from: Changes): void {
  for (const [stream, keys] of from) {
    const present = into.get(stream);
    if (present === undefined) into.set(stream, new Set(keys));
    else for (const key of keys) present.add(key);
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}
