/** What is selected, where the keyboard is, and from where a range is drawn. Ids that are no longer shown do no harm. */
export interface SelectionState {
  selected: ReadonlySet<string>;
  focusId: string | null;
  anchorId: string | null;
}

export const NO_SELECTION: SelectionState = { selected: new Set(), focusId: null, anchorId: null };

export type SelectionStep =
  /** This one alone. */
  | { kind: "only"; id: string }
  /** This one too, or no longer. */
  | { kind: "toggle"; id: string }
  /** From the anchor to here; with `isAdding` beside what is selected already. */
  | { kind: "extend"; id: string; isAdding: boolean }
  /** The keyboard goes there, what is selected stays. */
  | { kind: "focus"; id: string }
  | { kind: "these"; ids: readonly string[] }
  | { kind: "all" }
  | { kind: "none" };

/** @param ids everything that is shown, in its order */
export function takeStep(state: SelectionState, step: SelectionStep, ids: readonly string[]): SelectionState {
  switch (step.kind) {
    case "only":
      return { selected: new Set([step.id]), focusId: step.id, anchorId: step.id };
    case "toggle":
      return { selected: toggled(state.selected, step.id), focusId: step.id, anchorId: step.id };
    case "extend": {
      const range = between(ids, state.anchorId ?? state.focusId ?? step.id, step.id);
      const selected = new Set(step.isAdding ? [...state.selected, ...range] : range);
      return { selected, focusId: step.id, anchorId: state.anchorId ?? state.focusId ?? step.id };
    }
    case "focus":
      return { ...state, focusId: step.id };
    case "these":
      return {
        selected: new Set(step.ids),
        focusId: step.ids.at(-1) ?? state.focusId,
        anchorId: step.ids[0] ?? null,
      };
    case "all":
      return { ...state, selected: new Set(ids) };
    case "none":
      return { ...state, selected: new Set(), anchorId: null };
  }
}

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

function between(ids: readonly string[], from: string, to: string): readonly string[] {
  const [start, end] = [ids.indexOf(from), ids.indexOf(to)];
  if (start < 0 || end < 0) return end < 0 ? [] : [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/**
 * What is left once the list has changed: who is gone is no longer selected, and when the one with the keyboard went, the
 * one that now stands in its place has it.
 */
export function keepShown(
  state: SelectionState,
  before: readonly string[],
  ids: readonly string[],
): SelectionState {
  const shown = new Set(ids);
  const hasLost = [...state.selected].some((id) => !shown.has(id));
  const isFocusGone = state.focusId !== null && !shown.has(state.focusId);
  if (!hasLost && !isFocusGone) return state;
  return {
    selected: hasLost ? new Set([...state.selected].filter((id) => shown.has(id))) : state.selected,
    focusId: isFocusGone ? standIn(state.focusId, before, shown) : state.focusId,
    anchorId: state.anchorId !== null && shown.has(state.anchorId) ? state.anchorId : null,
  };
}

function standIn(id: string | null, before: readonly string[], shown: ReadonlySet<string>): string | null {
  const at = before.findIndex((each) => each === id);
  const after = before.slice(at + 1).find((each) => shown.has(each));
  return after ?? before.slice(0, Math.max(0, at)).findLast((each) => shown.has(each)) ?? null;
}
