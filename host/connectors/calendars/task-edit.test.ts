import { expect, test } from "vitest";
import { boardIdSchema, createId, personIdSchema, remoteColumnId, taskIdSchema } from "#contract/ids.ts";
import { remoteScope } from "#contract/scope.ts";
import { movedTask, newTask, updatedTask } from "./task-edit.ts";
import { labelId, standingToDo, taskOf, type TaskPlace } from "./task-row.ts";

const id = createId();
const scope = remoteScope(id);
const place: TaskPlace = {
  scope,
  boardId: boardIdSchema.parse(id),
  labels: ["Home", "Shop"],
  personId: personIdSchema.parse(createId()),
  zone: "Europe/Paris",
};
const nowMs = Date.parse("2026-11-24T12:00:00Z");

/** Odd spelling on purpose: what is not meant has to keep it. */
const text = (...lines: string[]) =>
  [
    "begin:VCALENDAR",
    "X-BEFORE;x=1:a\\;b",
    "BEGIN:VTODO",
    "summary:Old title that is so long that whoever wrote it folded the line her",
    " e",
    "uid:one",
    "DTSTAMP:20261120T080000Z",
    ...lines,
    "CATEGORIES:Unknown,Home",
    "BEGIN:VALARM",
    "TRIGGER:-PT5M",
    "END:VALARM",
    "X-AFTER:\\,\\n",
    "END:VTODO",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

function standing(...lines: string[]) {
  const read = standingToDo(text(...lines));
  if (read === undefined) throw new Error("no task");
  return read;
}

const rowOf = (...lines: string[]) => taskOf(standing(...lines), place, nowMs);

function update(lines: string[], changes: Record<string, unknown>): string {
  const row: Record<string, unknown> = rowOf(...lines);
  const base = Object.fromEntries(Object.keys(changes).map((field) => [field, row[field] ?? null]));
  return updatedTask(standing(...lines), { base, changes }, place, nowMs)?.data ?? "conflict";
}

function move(lines: string[], meaning: "todo" | "doing" | "done", order = rowOf(...lines).order) {
  const columnId = remoteColumnId(place.boardId, meaning);
  const args = { id: taskIdSchema.parse(createId()), boardId: place.boardId, columnId, order };
  return movedTask(standing(...lines), args, place, nowMs);
}

const stamps = ["DTSTAMP:20261124T120000Z", "LAST-MODIFIED:20261124T120000Z"];
/** The lines of the second text that the first does not have, and the other way round. */
function difference(before: string, after: string): { gone: string[]; come: string[] } {
  const [one, two] = [before.split("\r\n"), after.split("\r\n")];
  return {
    gone: one.filter((line) => !two.includes(line)),
    come: two.filter((line) => !one.includes(line)),
  };
}

test("a move that changes nothing keeps every byte", () => {
  expect(move(["STATUS:NEEDS-ACTION"], "todo")?.data).toBe(text("STATUS:NEEDS-ACTION"));
  expect(move(["STATUS:CANCELLED"], "done")?.data).toBe(text("STATUS:CANCELLED"));
});

test("finishing writes three lines and the stamps, where they belong, and leaves every other byte", () => {
  const lines = ["STATUS:IN-PROCESS", "PERCENT-COMPLETE:40"];
  const { gone, come } = difference(text(...lines), move(lines, "done")?.data ?? "");
  expect(gone).toEqual(["DTSTAMP:20261120T080000Z", ...lines]);
  expect(come.toSorted()).toEqual(
    [...stamps, "STATUS:COMPLETED", "PERCENT-COMPLETE:100", "COMPLETED:20261124T120000Z"].toSorted(),
  );
});

test("a move among others writes a number that other programs know, and the key where that is not enough", () => {
  const { come } = difference(text(), move([], "todo", "f00Abc")?.data ?? "x");
  expect(come).toContain("X-PARVIS-ORDER:f00Abc");
  const moved = ["X-APPLE-SORT-ORDER:700000000"];
  const [between] = [`${rowOf(...moved).order}V`];
  const after = difference(text(...moved), move(moved, "todo", between)?.data ?? "");
  expect(after.come).toEqual([stamps[0], `X-PARVIS-ORDER:${between}`, stamps[1]]);
  expect(rowOf(...moved, `X-PARVIS-ORDER:${between}`).order).toBe(between);
  // Somebody else gave it another place since.
  expect(rowOf("X-APPLE-SORT-ORDER:5", `X-PARVIS-ORDER:${between}`).order).toBe(
    rowOf("X-APPLE-SORT-ORDER:5").order,
  );
});

test.each([
  [-5, -4],
  [-1, 0],
  [0, 1],
  [61, 62],
  [799_999_999, 800_000_000],
  [-900_000_000, 900_000_000],
])("places %d and %d come in that order", (one, two) => {
  const keys = [one, two].map((number) => rowOf(`X-APPLE-SORT-ORDER:${number}`).order);
  expect(keys[0]! < keys[1]!).toBe(true);
});

test("a title and a label: the others stay, those that are not shown too", () => {
  const { gone, come } = difference(text(), update([], { title: "New", labelIds: [labelId(scope, "Shop")] }));
  expect(gone).toEqual([
    "summary:Old title that is so long that whoever wrote it folded the line her",
    " e",
    "DTSTAMP:20261120T080000Z",
    "CATEGORIES:Unknown,Home",
  ]);
  expect(come.toSorted()).toEqual([...stamps, "SUMMARY:New", "CATEGORIES:Unknown,Shop"].toSorted());
});

test.each([
  [
    "another hour of its own zone",
    ["DUE;TZID=Europe/Paris:20261201T100000"],
    { dueAt: "2026-12-01T10:00:00.000Z" },
    "DUE;TZID=Europe/Paris:20261201T110000",
  ],
  ["a floating hour", ["DUE:20261201T100000"], { dueAt: "2026-12-01T10:00:00.000Z" }, "DUE:20261201T110000"],
  [
    "a day in place of an hour",
    ["DUE;TZID=Europe/Paris:20261201T100000"],
    { dueAt: "2026-12-02" },
    "DUE;VALUE=DATE:20261202",
  ],
  ["an hour where there was none", [], { dueAt: "2026-12-01T10:00:00.000Z" }, "DUE:20261201T100000Z"],
  [
    "the start goes the way of what is due",
    ["DTSTART;VALUE=DATE:20261125", "DUE;VALUE=DATE:20261201"],
    { dueAt: "2026-12-01T10:00:00.000Z" },
    "DTSTART:20261125T000000Z",
  ],
  ["urgent", ["PRIORITY:5"], { priority: "urgent" }, "PRIORITY:1"],
])("%s", (_name, lines, changes, expected) => {
  expect(update(lines, changes).split("\r\n")).toContain(expected);
});

test("a start that only repeats what is due goes with it, and is not shown", () => {
  const lines = ["DTSTART;VALUE=DATE:20261201", "DUE;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY"];
  expect(rowOf(...lines).startAt).toBeUndefined();
  const moved = update(lines, { dueAt: "2026-12-03" });
  expect(moved).toContain("DTSTART;VALUE=DATE:20261203\r\n");
  const done = move(lines, "done");
  expect(done?.data).toContain("DUE;VALUE=DATE:20261201\r\n");
  expect(done?.data).not.toContain("DTSTART");
  expect(done?.added[0]?.data).toContain(
    "DTSTART;VALUE=DATE:20261208\r\nDUE;VALUE=DATE:20261208\r\nRRULE:FREQ=WEEKLY",
  );
  const ended = update(lines, { recurrence: null });
  expect(ended).not.toContain("RRULE");
  expect(ended).not.toContain("DTSTART");
});

test("a rule is written with the start that it needs, and the zone in which it is meant", () => {
  const rule = { rule: "FREQ=WEEKLY", zone: "Europe/Paris" };
  const made = newTask(
    {
      id: taskIdSchema.parse(createId()),
      boardId: place.boardId,
      columnId: remoteColumnId(place.boardId, "todo"),
      order: "a0",
      title: "Weekly",
      dueAt: "2026-12-01T10:00:00.000Z",
      recurrence: rule,
    },
    place,
    nowMs,
  );
  expect(made.data).toContain("DUE;TZID=Europe/Paris:20261201T110000\r\n");
  expect(made.data).toContain("DTSTART;TZID=Europe/Paris:20261201T110000\r\n");
  expect(made.data).toContain("BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n");
  const read = standingToDo(made.data);
  expect(read === undefined ? undefined : taskOf(read, place, nowMs).recurrence).toEqual(rule);
});

test("a series with exceptions keeps its rule: it is not shown as one, finished as a whole, and not overwritten", () => {
  const lines = [
    "DUE;VALUE=DATE:20261201",
    "DTSTART;VALUE=DATE:20261130",
    "RRULE:FREQ=WEEKLY",
    "EXDATE;VALUE=DATE:20261207",
  ];
  expect(rowOf(...lines).recurrence).toBeUndefined();
  const done = move(lines, "done");
  expect(done?.added).toEqual([]);
  expect(done?.data).toContain("RRULE:FREQ=WEEKLY\r\n");
  expect(update(lines, { dueAt: null, recurrence: null })).toContain("RRULE:FREQ=WEEKLY\r\n");
  expect(() => update(lines, { recurrence: { rule: "FREQ=DAILY" } })).toThrow("cannot hold");
});

test("what would begin after it is due, or is labelled as nothing here is, is refused", () => {
  expect(() => update(["DUE;VALUE=DATE:20261201"], { startAt: "2026-12-05" })).toThrow("begin after");
  expect(() => update([], { labelIds: [createId()] })).toThrow("cannot hold");
});

test("a field that somebody else changed is a conflict, unless it says what is wanted", () => {
  const wanted = { base: { title: "Before" }, changes: { title: "New" } };
  expect(updatedTask(standing(), wanted, place, nowMs)).toBeUndefined();
  const same = { base: { priority: null }, changes: { priority: "high" } };
  expect(updatedTask(standing("PRIORITY:4"), same, place, nowMs)?.data).toBe(text("PRIORITY:4"));
});
