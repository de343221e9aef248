import { describe, expect, test } from "vitest";
import type { ProgrammeReading } from "#contract/icalendar/programme.ts";
import { actionLines, withTaskLink } from "./action-lines.ts";
import { begunMinutes, nextStep } from "./minutes-plan.ts";

const TASK = "parvis://task/person/01a20b29-15eb-7289-8c6d-5bef86f6bab5/01a20b29-15eb-7289-8c6d-5bef86f6bab5";

function step(typed: string, known: string, current: string): string {
  return nextStep({ typed, known, current }).kind;
}

describe("actions in minutes", () => {
  const text = [
    "## Budget",
    "- [ ] Commander la fibre demain",
    "  * [x] Relire",
    "- [ ]",
    "- une remarque",
    "```",
    "- [ ] du code",
    "```",
    `- [ ] Appeler la mairie [tâche](${TASK})`,
    "- [ ] voir [la note](https://ville.example)",
  ].join("\n");

  test("are lines with a box, outside of code, with the task that they became", () => {
    expect(actionLines(text)).toEqual([
      { line: 1, text: "Commander la fibre demain", task: null },
      { line: 2, text: "Relire", task: null },
      { line: 8, text: "Appeler la mairie", task: TASK },
      { line: 9, text: "voir [la note](https://ville.example)", task: null },
    ]);
  });

  test("become a task once: the link stands at the end of the line, wherever it is by then", () => {
    const link = { link: TASK, name: "tâche" };
    const moved = `Écrit au-dessus\n\n${text}`;
    const marked = withTaskLink(moved, { line: 1, text: "Commander la fibre demain" }, link);
    expect(marked?.split("\n")[3]).toBe(`- [ ] Commander la fibre demain [tâche](${TASK})`);
    expect(withTaskLink(marked ?? "", { line: 3, text: "Commander la fibre demain" }, link)).toBeUndefined();
    const twice = withTaskLink("- [ ] a\n- [ ] a  \n", { line: 1, text: "a" }, link);
    expect(twice).toBe(`- [ ] a\n- [ ] a [tâche](${TASK})\n`);
    expect(withTaskLink(text, { line: 0, text: "autre" }, link)).toBeUndefined();
  });
});

test("minutes begin with the programme and who came", () => {
  const words = { title: "Comité\ntravaux", when: "mardi", present: "Présents : Ada", heading: "Échanges" };
  expect(begunMinutes(words, [{ id: "a", title: "Budget", minutes: 5 }])).toBe(
    "# Comité travaux\n\nmardi\n\nPrésents : Ada\n\n## Budget\n\n",
  );
  const none: (ProgrammeReading | undefined)[] = [undefined, "unreadable", []];
  for (const programme of none)
    expect(begunMinutes({ ...words, present: null }, programme)).toBe(
      "# Comité travaux\n\nmardi\n\n## Échanges\n\n",
    );
});

test("what was typed is written unless somebody else wrote meanwhile", () => {
  expect(step("a", "a", "a")).toBe("nothing");
  expect(step("ab", "a", "a")).toBe("write");
  expect(step("a", "a", "b")).toBe("adopt");
  expect(step("ab", "a", "b")).toBe("conflict");
  expect(step("b", "a", "b")).toBe("nothing");
  expect(step("é".repeat(50_001), "", "")).toBe("tooLong");
});
