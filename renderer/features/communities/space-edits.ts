type Fields = Readonly<Record<string, unknown>>;

/** What the person changed of a row, with what they saw when they began to change it. */
export interface Edits {
  base: Fields;
  changes: Fields;
}

export const NO_EDITS: Edits = { base: {}, changes: {} };

/** Values that say nothing are none: an empty text, an empty list. */
function wanted(value: unknown): unknown {
  const isEmpty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  return isEmpty ? null : value;
}

function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(wanted(a)) === JSON.stringify(wanted(b));
}

/** Sets a field; one that is as it was seen again is no change. Fields that were not touched are never named. */
export function edited(edits: Edits, row: Fields, field: string, value: unknown): Edits {
  const seen = field in edits.base ? edits.base[field] : wanted(row[field]);
  const { [field]: _base, ...base } = edits.base;
  const { [field]: _change, ...changes } = edits.changes;
  if (isSameValue(seen, value)) return { base, changes };
  return { base: { ...base, [field]: seen }, changes: { ...changes, [field]: wanted(value) } };
}

export function isEdited(edits: Edits): boolean {
  return Object.keys(edits.changes).length > 0;
}

/** The value of a field as the form shows it: the person's, otherwise the row's, which may change meanwhile. */
export function shownValue(edits: Edits, row: Fields, field: string): unknown {
  return field in edits.changes ? edits.changes[field] : row[field];
}

export interface FieldConflict {
  field: string;
  mine: unknown;
  theirs: unknown;
  /** Somebody else changed this very field; otherwise only the other fields stood in the way. */
  isContested: boolean;
}

/** Field by field, what a refused change wanted and what stands there now. */
export function conflictsOf({ base, changes }: Edits, current: Fields): FieldConflict[] {
  return Object.entries(changes).map(([field, mine]) => {
    const theirs = wanted(current[field]);
    const isContested = !isSameValue(theirs, base[field]) && !isSameValue(theirs, mine);
    return { field, mine, theirs, isContested };
  });
}

/** The change that is made anew from what stands there now, for the fields where one's own text is kept. */
export function remade(conflicts: readonly FieldConflict[], mineKept: ReadonlySet<string>): Edits {
  const kept = conflicts.filter(
    ({ field, mine, theirs }) => mineKept.has(field) && !isSameValue(mine, theirs),
  );
  return {
    base: Object.fromEntries(kept.map(({ field, theirs }) => [field, theirs])),
    changes: Object.fromEntries(kept.map(({ field, mine }) => [field, mine])),
  };
}
