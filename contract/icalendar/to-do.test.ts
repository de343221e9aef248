import { describe, expect, it } from "vitest";
import { componentsOf, readTree, textOf } from "./component.ts";
import { createToDo, readToDo, toDoSchema, withDone, withToDoChanges } from "./to-do.ts";

const made = { uid: "tache-1", nowMs: Date.UTC(2026, 10, 23) };

function component(lines: string) {
  const text = `BEGIN:VTODO\nUID:1\n${lines}\nEND:VTODO\n`.replaceAll("\n", "\r\n");
  const [first] = componentsOf({ children: readTree(text).nodes });
  if (first === undefined) throw new Error("the text has no component");
  return first;
}

describe("a VTODO", () => {
  it("is read with what it is related to", () => {
    const toDo = readToDo(
      component(
        "SUMMARY:Relire\nDTSTART;VALUE=DATE:20261120\nDUE;VALUE=DATE:20261125\nPERCENT-COMPLETE:140\nRELATED-TO:mere\nRELATED-TO;RELTYPE=CHILD:fille\nSTATUS:IN-PROCESS",
      ),
    );
    expect(toDoSchema.parse(toDo)).toMatchObject({
      title: "Relire",
      start: { kind: "day", day: "2026-11-20" },
      due: { kind: "day", day: "2026-11-25" },
      percent: 100,
      status: "in-process",
      relatedTo: [
        { uid: "mere", kind: "parent" },
        { uid: "fille", kind: "child" },
      ],
    });
  });

  it("counts as completed by its moment alone, and as open without a word", () => {
    expect(readToDo(component("COMPLETED:20261123T100000Z")).status).toBe("completed");
    expect(readToDo(component("STATUS:WHATEVER")).status).toBe("needs-action");
  });

  it("is finished and begun anew without anything left of it", () => {
    const open = createToDo(made, { title: "Relire", due: { kind: "day", day: "2026-11-25" } });
    const done = withDone(open, true, Date.UTC(2026, 10, 24, 9));
    expect(readToDo(done)).toMatchObject({
      status: "completed",
      percent: 100,
      completedMs: Date.UTC(2026, 10, 24, 9),
    });
    expect(textOf([withDone(done, false, 0)])).not.toMatch(/COMPLETED|PERCENT/);
  });

  it("may have no start, no end, or lose them again", () => {
    const dated = createToDo(made, {
      title: "a",
      start: { kind: "day", day: "2026-11-20" },
      due: { kind: "day", day: "2026-11-25" },
    });
    const undated = withToDoChanges(dated, { start: undefined, due: undefined });
    expect(textOf([undated])).not.toMatch(/DTSTART|DUE/);
    expect(readToDo(undated)).toMatchObject({ title: "a" });
  });

  it("keeps the lines of what is not changed", () => {
    const before = component("SUMMARY:a\nX-ODD;P=1:2\nRELATED-TO;X-KEPT=1:mere");
    expect(textOf([withToDoChanges(before, readToDo(before))])).toBe(textOf([before]));
    expect(textOf([withToDoChanges(before, { title: "b" })])).toBe(
      textOf([before]).replace("SUMMARY:a", "SUMMARY:b"),
    );
  });
});
