import { useCallback, useMemo, useState } from "react";
import type { FileEntry } from "./file-entry.ts";
import { keepShown, NO_SELECTION, takeStep, type SelectionStep } from "./file-selection.ts";

export interface FileSelection {
  ids: ReadonlySet<string>;
  /** In the order shown. */
  entries: readonly FileEntry[];
  focusId: string | null;
  take: (step: SelectionStep) => void;
}

/** @param place selecting begins anew where it changes: another folder */
export function useFileSelection(entries: readonly FileEntry[], place: string): FileSelection {
  const ids = useMemo(() => entries.map(({ id }) => id), [entries]);
  const [held, setHeld] = useState({ place, ids, state: NO_SELECTION });
  let { state } = held;
  if (held.place !== place || held.ids !== ids) {
    state = held.place === place ? keepShown(state, held.ids, ids) : NO_SELECTION;
    setHeld({ place, ids, state });
  }
  const take = useCallback(
    (step: SelectionStep) =>
      setHeld((current) => ({ ...current, state: takeStep(current.state, step, current.ids) })),
    [],
  );
  const selected = useMemo(
    () => (state.selected.size === 0 ? [] : entries.filter(({ id }) => state.selected.has(id))),
    [entries, state.selected],
  );
  return { ids: state.selected, entries: selected, focusId: state.focusId, take };
}
