import { describe, expect, it } from "vitest";
import { conflictsOf, edited, isEdited, NO_EDITS, remade, shownValue } from "./space-edits.ts";

const row = { name: "Voirie", topics: ["routes"], summary: "Ce qui roule" };

describe("changes of settings", () => {
  it("name only the fields that were touched, with what was seen", () => {
    const edits = edited(edited(NO_EDITS, row, "name", "Voirie et réseaux"), row, "rules", "Rester courtois");
    expect(edits).toEqual({
      base: { name: "Voirie", rules: null },
      changes: { name: "Voirie et réseaux", rules: "Rester courtois" },
    });
  });

  it("forget a field that is put back as it was", () => {
    const edits = edited(edited(NO_EDITS, row, "name", "Autre"), row, "name", "Voirie");
    expect(isEdited(edits)).toBe(false);
  });

  it("keep what was seen first when the row changes underneath, and show the others as they are now", () => {
    const first = edited(NO_EDITS, row, "name", "Mien");
    const later = { ...row, name: "Leur", summary: "Neuf" };
    const second = edited(first, later, "name", "Toujours mien");
    expect(second.base).toEqual({ name: "Voirie" });
    expect(shownValue(second, later, "summary")).toBe("Neuf");
  });

  it("take a value away with null", () => {
    expect(edited(NO_EDITS, row, "topics", []).changes).toEqual({ topics: null });
  });
});

describe("a conflict", () => {
  const refused = { base: { name: "Voirie", rules: null }, changes: { name: "Mien", rules: "Les miennes" } };

  it("is told field by field, apart from those that nobody else touched", () => {
    const conflicts = conflictsOf(refused, { ...row, name: "Leur" });
    expect(conflicts).toEqual([
      { field: "name", mine: "Mien", theirs: "Leur", isContested: true },
      { field: "rules", mine: "Les miennes", theirs: null, isContested: false },
    ]);
  });

  it("is made anew from what stands there, for the fields one keeps", () => {
    const conflicts = conflictsOf(refused, { ...row, name: "Leur" });
    expect(remade(conflicts, new Set(["rules"]))).toEqual({
      base: { rules: null },
      changes: { rules: "Les miennes" },
    });
    expect(remade(conflicts, new Set(["name"]))).toEqual({
      base: { name: "Leur" },
      changes: { name: "Mien" },
    });
  });
});
