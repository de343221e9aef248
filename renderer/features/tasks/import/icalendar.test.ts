import { describe, expect, it } from "vitest";
import { z } from "zod";
import { labelColourSchema, labelColours, taskSchema, type Task } from "#contract/entities/task.ts";
import { boardIdSchema, createId, personIdSchema } from "#contract/ids.ts";
import { mutations } from "#contract/mutations.ts";
import type { BoardContent } from "./board-content.ts";
import { importCommands } from "./commands.ts";
import { tasksCalendar } from "./export-icalendar.ts";
import { readCalendarTasks } from "./icalendar.ts";
import { importPlanSchema, type ImportPlan, type ImportWords } from "./plan.ts";

const words: ImportWords = {
  board: "Tableau importé",
  unplaced: "Sans colonne",
  untitled: "Sans titre",
  meanings: { todo: "À faire", doing: "En cours", done: "Terminé" },
  colours: z
    .record(labelColourSchema, z.string())
    .parse(Object.fromEntries(labelColours.map((each) => [each, each]))),
};
const read = (text: string) => readCalendarTasks(text, { words, name: "Suivi", zone: "Europe/Paris" });

/** The plan, held to its schema. */
function planned(text: string): ImportPlan {
  const result = read(text);
  if (!result.ok) throw new Error(result.problem);
  return importPlanSchema.parse(result.plan);
}

function refusalOf(text: string) {
  const result = read(text);
  return result.ok ? undefined : result.problem;
}

function calendar(...toDos: string[][]): string {
  const parts = toDos.map((lines) => `BEGIN:VTODO\r\n${lines.join("\r\n")}\r\nEND:VTODO`);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//t//", ...parts, "END:VCALENDAR", ""].join("\r\n");
}

function countsOf({ notes }: ImportPlan): Record<string, number> {
  return Object.fromEntries(notes.map(({ kind, count }) => [kind, count]));
}

const boardId = boardIdSchema.parse(createId());
const camille = personIdSchema.parse(createId());
const label = { id: createId(), name: "Eau", colour: "teal" as const };
const columns = (["todo", "doing", "done"] as const).map((meaning, index) => ({
  id: createId(),
  boardId,
  name: words.meanings[meaning],
  meaning,
  order: `a${String(index)}`,
}));

function task(column: number, fields: object): Task {
  const stays = { id: createId(), boardId, columnId: columns[column]?.id, order: "a0", createdBy: camille };
  return taskSchema.parse({ ...stays, createdAt: "2026-11-01T08:00:00.000Z", ...fields });
}

describe("what Parvis exports", () => {
  const whole = task(0, {
    title: "Vidanger; puis, rincer",
    description: "Une *étape*\n- deux",
    labelIds: [label.id],
    startAt: "2026-12-01",
    dueAt: "2026-12-05",
    priority: "urgent",
    recurrence: { rule: "FREQ=MONTHLY;BYDAY=1MO" },
    checklist: [
      { id: createId(), text: "Fermer", isDone: true, order: "a0" },
      { id: createId(), text: "Rincer", isDone: false, order: "a1" },
    ],
  });
  const content: BoardContent = {
    board: { name: "Voirie, eau", labels: [label] },
    columns,
    tasks: [
      whole,
      task(1, { title: "Relire", priority: "low", dueAt: "2026-12-05T09:00:00.000Z" }),
      task(2, {
        title: "Fini",
        priority: "high",
        parentId: whole.id,
        done: { at: "2026-12-04T10:00:00.000Z", personId: camille },
      }),
    ],
  };

  it("is read again as it was", () => {
    const plan = planned(tasksCalendar(content, Date.UTC(2026, 10, 23)));
    expect(plan).toMatchObject({
      name: "Voirie, eau",
      notes: [],
      columns: columns.map(({ name, meaning }) => ({ name, meaning })),
      labels: [{ name: "Eau" }],
    });
    expect(plan.tasks).toEqual([
      {
        title: whole.title,
        description: whole.description,
        column: 0,
        labels: [0],
        startAt: whole.startAt,
        dueAt: whole.dueAt,
        priority: "urgent",
        recurrence: whole.recurrence,
        checklist: [
          { text: "Fermer", isDone: true },
          { text: "Rincer", isDone: false },
        ],
        people: [],
        isArchived: false,
      },
      {
        title: "Relire",
        column: 1,
        labels: [],
        dueAt: "2026-12-05T09:00:00.000Z",
        priority: "low",
        checklist: [],
        people: [],
        isArchived: false,
      },
      {
        title: "Fini",
        column: 2,
        labels: [],
        priority: "high",
        checklist: [],
        people: [],
        isArchived: false,
        parent: 0,
      },
    ]);
  });

  it("becomes writes that a workplace takes, parts after what they belong to", () => {
    const parted = { ...content, tasks: content.tasks.toReversed() };
    const plan = planned(tasksCalendar(parted, Date.UTC(2026, 10, 23)));
    const commands = importCommands(plan, { makeId: createId, people: new Map() });
    for (const { name, args } of commands) mutations[name].parse(args);
    const made = commands.flatMap((command) => (command.name === "task.create" ? [command.args] : []));
    expect(made.map(({ title }) => title)).toEqual([whole.title, "Relire", "Fini"]);
    expect(made.map(({ parentId }) => parentId)).toEqual([undefined, undefined, made[0]?.id]);
    expect(made[0]?.recurrence).toEqual(whole.recurrence);
  });
});

describe("what others write", () => {
  it("times in zones, floating ones and lengths come out as moments, a rule keeps its zone", () => {
    const { tasks } = planned(
      calendar(
        ["UID:a", "SUMMARY:A", "DUE;TZID=America/New_York:20261201T090000", "RRULE:FREQ=WEEKLY"],
        ["UID:b", "SUMMARY:B", "DUE:20260701T090000"],
        ["UID:c", "SUMMARY:C", "DTSTART;VALUE=DATE:20261201", "DURATION:P3D", "RRULE:FREQ=DAILY"],
      ),
    );
    expect(tasks).toMatchObject([
      {
        dueAt: "2026-12-01T14:00:00.000Z",
        recurrence: { rule: "FREQ=WEEKLY", zone: "America/New_York" },
      },
      { dueAt: "2026-07-01T07:00:00.000Z" },
      { startAt: "2026-12-01", dueAt: "2026-12-04", recurrence: { rule: "FREQ=DAILY" } },
    ]);
  });

  it("states are columns, what is cancelled is archived, place and address follow the text", () => {
    const { tasks } = planned(
      calendar(
        ["UID:a", "SUMMARY:A", "STATUS:IN-PROCESS", "LOCATION:Mairie", "URL:https://exemple.fr/a"],
        ["UID:b", "SUMMARY:B", "COMPLETED:20261101T080000Z"],
        ["UID:c", "SUMMARY:C", "STATUS:CANCELLED"],
      ),
    );
    expect(tasks.map(({ column, isArchived }) => [column, isArchived])).toEqual([
      [1, false],
      [2, false],
      [0, true],
    ]);
    expect(tasks[0]?.description).toBe("Mairie\n\nhttps://exemple.fr/a");
  });

  it("a rule without a due date or beyond understanding, exceptions and people are left out and noted", () => {
    const plan = planned(
      calendar(
        ["UID:a", "SUMMARY:A", "DTSTART:20261201T090000Z", "RRULE:FREQ=WEEKLY"],
        ["UID:b", "SUMMARY:B", "DUE:20261201T090000Z", "RRULE:FREQ=SOMETIMES", "ATTENDEE:mailto:a@b.fr"],
        ["UID:b", "SUMMARY:B2", "DUE:20261209T090000Z", "RECURRENCE-ID:20261208T090000Z"],
        ["UID:c", "SUMMARY:C", "DUE:demain"],
      ),
    );
    expect(plan.tasks.map(({ title, recurrence, dueAt }) => [title, recurrence, dueAt])).toEqual([
      ["A", undefined, undefined],
      ["B", undefined, "2026-12-01T09:00:00.000Z"],
      ["C", undefined, undefined],
    ]);
    expect(countsOf(plan)).toEqual({
      recurrencesLeftOut: 2,
      exceptionsLeftOut: 1,
      peopleLeftOut: 1,
      unreadableDates: 1,
    });
  });

  it("parts of parts go to the topmost, and a circle has no parts", () => {
    const { tasks } = planned(
      calendar(
        ["UID:leaf", "SUMMARY:leaf", "RELATED-TO:middle"],
        ["UID:middle", "SUMMARY:middle", "RELATED-TO;RELTYPE=PARENT:top"],
        ["UID:top", "SUMMARY:top"],
        ["UID:x", "SUMMARY:x", "RELATED-TO:y"],
        ["UID:y", "SUMMARY:y", "RELATED-TO:x"],
        ["UID:self", "SUMMARY:self", "RELATED-TO:self"],
        ["UID:lone", "SUMMARY:lone", "RELATED-TO:elsewhere"],
      ),
    );
    expect(tasks.map(({ parent }) => parent)).toEqual([
      2,
      2,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("texts of any length and control characters are held to the limits", () => {
    const plan = planned(
      calendar(
        ["UID:a", `SUMMARY:${"x".repeat(1500)}`, `DESCRIPTION:${"y".repeat(60_000)}\u0001`],
        ["UID:b"],
      ),
    );
    expect([plan.tasks[0]?.title.length, plan.tasks[0]?.description?.length]).toEqual([500, 40_000]);
    expect(plan.tasks[1]?.title).toBe("Sans titre");
    expect(countsOf(plan)).toEqual({ textsCut: 2, untitledTasks: 1 });
  });
});

describe("what is refused, and why", () => {
  const event = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:e", "DTSTART:20261201T090000Z", "END:VEVENT"];
  it.each([
    ["", "empty"],
    ["<html><body>BEGIN:VCALENDAR</body></html>", "notCalendar"],
    ["BEGIN:VTODO\r\nUID:a\r\nEND:VTODO\r\n", "notCalendar"],
    [[...event, "END:VCALENDAR", ""].join("\r\n"), "noToDos"],
    ["BEGIN:VCALENDAR\r\n".repeat(5000), "notCalendar"],
    [`BEGIN:VCALENDAR\r\n${"é".repeat(25_000_001)}`, "tooLarge"],
  ])("%.30s", (text, problem) => {
    expect(refusalOf(text)).toBe(problem);
  });

  it("more tasks than a workplace takes", () => {
    const many = Array.from({ length: 20_001 }, (_, index) => [`UID:${String(index)}`, "SUMMARY:t"]);
    expect(refusalOf(calendar(...many))).toBe("tooManyTasks");
  });
});
