import { describe, expect, test } from "vitest";
import { keepShown, NO_SELECTION, takeStep, type SelectionStep } from "./file-selection.ts";

const ids = ["a", "b", "c", "d", "e"];
const after = (...steps: SelectionStep[]) =>
  steps.reduce((state, step) => takeStep(state, step, ids), NO_SELECTION);

describe("the selection of files", () => {
  test("a click selects one, with Ctrl one more or one less", () => {
    const state = after({ kind: "only", id: "b" }, { kind: "toggle", id: "d" }, { kind: "toggle", id: "b" });
    expect([...state.selected]).toEqual(["d"]);
    expect(state.focusId).toBe("b");
  });

  test("Shift draws a range from where it began, in both directions, and back", () => {
    const begun = after({ kind: "only", id: "c" }, { kind: "extend", id: "e", isAdding: false });
    expect([...begun.selected]).toEqual(["c", "d", "e"]);
    const back = takeStep(begun, { kind: "extend", id: "a", isAdding: false }, ids);
    expect([...back.selected]).toEqual(["a", "b", "c"]);
  });

  test("Ctrl and Shift add a range to what is selected", () => {
    const state = after(
      { kind: "only", id: "a" },
      { kind: "toggle", id: "c" },
      { kind: "extend", id: "e", isAdding: true },
    );
    expect([...state.selected]).toEqual(["a", "c", "d", "e"]);
  });

  test("a range without a beginning is the one itself", () => {
    expect([...after({ kind: "extend", id: "d", isAdding: false }).selected]).toEqual(["d"]);
  });

  test("what is moved away is no longer selected, and the keyboard stays at its place", () => {
    const state = after({ kind: "only", id: "b" }, { kind: "extend", id: "c", isAdding: false });
    const kept = keepShown(state, ids, ["a", "d", "e"]);
    expect([...kept.selected]).toEqual([]);
    expect(kept.focusId).toBe("d");
  });

  test("at the end of the list the one before takes the keyboard", () => {
    expect(keepShown(after({ kind: "only", id: "e" }), ids, ["a", "b"]).focusId).toBe("b");
    expect(keepShown(after({ kind: "only", id: "e" }), ids, []).focusId).toBeNull();
  });

  test("a list that only grew changes nothing", () => {
    const state = after({ kind: "only", id: "b" });
    expect(keepShown(state, ids, [...ids, "f"])).toBe(state);
  });
});
