import { useState } from "react";
import { edited, isEdited, NO_EDITS, shownValue, type Edits } from "./space-edits.ts";

export interface EditForm<T extends object> {
  edits: Edits;
  isTouched: boolean;
  /** The row as it would stand. */
  draft: T;
  set: <K extends keyof T & string>(field: K, value: T[K] | undefined) => void;
  /** The same for a form that has checked the value itself. */
  put: (field: string, value: unknown) => void;
  clear: () => void;
}

/** A form over a row that others change too: only what was touched is the person's. */
export function useEdits<T extends object>(row: T): EditForm<T> {
  const [edits, setEdits] = useState<Edits>(NO_EDITS);
  const fields = Object.fromEntries(Object.entries(row));
  const draft = Object.fromEntries(
    [...new Set([...Object.keys(fields), ...Object.keys(edits.changes)])]
      .map((field) => [field, shownValue(edits, fields, field)] as const)
      .filter(([, value]) => value !== null && value !== undefined),
  );
  const put = (field: string, value: unknown) => setEdits((before) => edited(before, fields, field, value));
  return {
    edits,
    isTouched: isEdited(edits),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the row with fields that `set` has typed
    draft: draft as T,
    set: put,
    put,
    clear: () => setEdits(NO_EDITS),
  };
}
