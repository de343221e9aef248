import { expect, it } from "vitest";
import { z } from "zod";
import { labelColourSchema, labelColours, taskSchema, type BoardColumn } from "#contract/entities/task.ts";
import { componentsOf } from "#contract/icalendar/component.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { readToDo } from "#contract/icalendar/to-do.ts";
import { boardIdSchema, createId, personIdSchema } from "#contract/ids.ts";
import type { BoardContent } from "./board-content.ts";
import { readCsv } from "./csv.ts";
import { tasksCsv, type CsvWords } from "./export-csv.ts";
import { tasksCalendar } from "./export-icalendar.ts";

const boardId = boardIdSchema.parse(createId());
const camille = personIdSchema.parse(createId());
const label = { id: createId(), name: "Eau", colour: "teal" as const };
const column = (name: string, meaning: BoardColumn["meaning"], order: string): BoardColumn => ({
  id: createId(),
  boardId,
  name,
  meaning,
  order,
});
const done = column("Terminé", "done", "a1");
const todo = column("À faire", "todo", "a0");
const task = (fields: object) =>
  taskSchema.parse({
    id: createId(),
    boardId,
    columnId: todo.id,
    order: "a0",
    title: "t",
    createdBy: camille,
    createdAt: "2026-11-01T08:00:00.000Z",
    ...fields,
  });

const first = task({
  title: "=1+1",
  description: 'Une; "deux"\n- trois',
  labelIds: [label.id],
  assigneeIds: [camille],
  startAt: "2026-12-01",
  dueAt: "2026-12-05T09:00:00.000Z",
  priority: "urgent",
  recurrence: { rule: "FREQ=WEEKLY" },
  checklist: [
    { id: createId(), text: "b", isDone: false, order: "a1" },
    { id: createId(), text: "a", isDone: true, order: "a0" },
  ],
});
const second = task({
  title: "Fini",
  columnId: done.id,
  parentId: first.id,
  dueAt: "2026-12-05",
  done: { at: "2026-12-04T10:00:00.000Z", personId: camille },
});
const content: BoardContent = {
  board: { name: "Voirie, eau", labels: [label] },
  columns: [done, todo],
  tasks: [second, task({ title: "Modèle", isTemplate: true }), task({ title: "-après", order: "a1" }), first],
};

const coloursByName = z
  .record(labelColourSchema, z.string())
  .parse(Object.fromEntries(labelColours.map((each) => [each, each])));
const words: CsvWords = {
  headers: {
    title: "Titre",
    description: "Description",
    column: "Colonne",
    start: "Début",
    due: "Échéance",
    labels: "Étiquettes",
    priority: "Priorité",
    assignee: "Responsable",
    checklist: "Checklist",
  },
  priorities: { low: "Basse", normal: "Normale", high: "Haute", urgent: "Urgente" },
  nameOf: () => "Camille Berthier",
};

it("writes the tasks of a board as a table that no spreadsheet computes", () => {
  expect(tasksCsv(content, words)).toBe(
    [
      "\uFEFFTitre;Description;Colonne;Début;Échéance;Étiquettes;Priorité;Responsable;Checklist",
      '\'=1+1;"Une; ""deux""\n- trois";À faire;2026-12-01;2026-12-05T09:00:00.000Z;Eau;Urgente;Camille Berthier;"[x] a\n[ ] b"',
      "'-après;;À faire;;;;Normale;;",
      "Fini;;Terminé;;2026-12-05;;Normale;;",
      "",
    ].join("\r\n"),
  );
});

it.each([";", ","] as const)("writes a table that is read again as it was, divided by %s", (separator) => {
  const read = readCsv(tasksCsv(content, words, separator), {
    name: "Voirie",
    zone: "UTC",
    words: {
      board: "b",
      unplaced: "u",
      untitled: "t",
      meanings: { todo: "À faire", doing: "En cours", done: "Terminé" },
      colours: coloursByName,
    },
  });
  expect(read).toMatchObject({
    ok: true,
    plan: {
      notes: [],
      columns: [
        { name: "À faire", meaning: "todo" },
        { name: "Terminé", meaning: "done" },
      ],
      tasks: [
        {
          title: "=1+1",
          description: first.description,
          startAt: first.startAt,
          dueAt: first.dueAt,
          priority: "urgent",
          people: ["Camille Berthier"],
          checklist: [
            { text: "a", isDone: true },
            { text: "b", isDone: false },
          ],
        },
        { title: "-après", column: 0 },
        { title: "Fini", column: 1 },
      ],
    },
  });
});

it("writes the tasks of a board as a calendar", () => {
  const text = tasksCalendar(content, Date.UTC(2026, 10, 23));
  const parsed = parseCalendarText(text);
  if (!parsed.ok) throw new Error("the calendar cannot be read");
  expect(text).toContain("X-WR-CALNAME:Voirie\\, eau\r\n");
  expect(text).toContain("CREATED:20261101T080000Z\r\n");
  const toDos = componentsOf({ children: parsed.calendar.nodes }, "VCALENDAR").flatMap((each) =>
    componentsOf(each, "VTODO").map(readToDo),
  );
  expect(toDos).toMatchObject([
    {
      title: "=1+1",
      description: 'Une; "deux"\n- trois\n\n[x] a\n[ ] b',
      start: { kind: "zoned", local: "2026-12-01T00:00:00", zone: "UTC" },
      due: { kind: "zoned", local: "2026-12-05T09:00:00", zone: "UTC" },
      rule: "FREQ=WEEKLY",
      priority: 1,
      categories: ["Eau"],
      status: "needs-action",
    },
    { title: "-après", relatedTo: [] },
    {
      title: "Fini",
      due: { kind: "day", day: "2026-12-05" },
      status: "completed",
      percent: 100,
      completedMs: Date.UTC(2026, 11, 4, 10),
      relatedTo: [{ uid: first.id, kind: "parent" }],
    },
  ]);
});
