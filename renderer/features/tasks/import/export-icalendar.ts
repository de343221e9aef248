import type { BoardColumn, Task } from "#contract/entities/task.ts";
import type { CalendarTime } from "#contract/icalendar/calendar-time.ts";
import { textOf, withValue, type Component } from "#contract/icalendar/component.ts";
import { writeProperty } from "#contract/icalendar/content-line.ts";
import { utcStamp } from "#contract/icalendar/event.ts";
import { newCalendar } from "#contract/icalendar/keep-bytes.ts";
import { escapeText } from "#contract/icalendar/text-value.ts";
import { toDoPriorities, toDoTime } from "#contract/icalendar/to-do-fields.ts";
import { createToDo, type ToDoChanges } from "#contract/icalendar/to-do.ts";
import { checklistLines, labelNamesOf, tasksInOrder, type BoardContent } from "./board-content.ts";

/** A calendar with a VTODO a task (RFC 5545 section 3.6.2), under the name of the board (RFC 7986 section 5.1). */
export function tasksCalendar(content: BoardContent, nowMs: number): string {
  const name = escapeText(content.board.name);
  const toDos = tasksInOrder(content).map(({ task, column }) =>
    toDoOf(task, column, labelNamesOf(content.board, task), nowMs),
  );
  const names = [writeProperty("NAME", name), writeProperty("X-WR-CALNAME", name)];
  return textOf([newCalendar([...names, ...toDos])]);
}

function toDoOf(
  task: Task,
  column: BoardColumn | undefined,
  categories: readonly string[],
  nowMs: number,
): Component {
  const toDo = createToDo(
    { uid: task.id, nowMs },
    {
      title: task.title,
      description: describedBy(task),
      categories: [...categories],
      priority: toDoPriorities[task.priority ?? "normal"],
      ...datesOf(task),
      ...standingOf(task, column),
      relatedTo: task.parentId === undefined ? [] : [{ uid: task.parentId, kind: "parent" }],
    },
  );
  return withValue(toDo, "CREATED", utcStamp(Date.parse(task.createdAt)));
}

/** A VTODO has no checklist: it follows the text. */
function describedBy({ description = "", checklist }: Task): string | undefined {
  const parts = [description, checklistLines(checklist).join("\n")].filter((part) => part !== "");
  return parts.length === 0 ? undefined : parts.join("\n\n");
}

/** Sections 3.8.2.3 and 3.8.5.3: DUE and DTSTART are both days or both times, and a rule needs a DTSTART. */
function datesOf({ startAt, dueAt, recurrence }: Task): Pick<ToDoChanges, "start" | "due" | "rule"> {
  const due = toDoTime(dueAt);
  const start = startLike(toDoTime(startAt), due);
  return {
    due,
    start,
    ...(recurrence === undefined || start === undefined ? {} : { rule: recurrence.rule }),
  };
}

/** Left out where it would not be before what is due. */
function startLike(start: CalendarTime | undefined, due: CalendarTime | undefined): CalendarTime | undefined {
  if (start === undefined || due === undefined) return start;
  if (due.kind === "day") {
    const day = start.kind === "day" ? start.day : start.local.slice(0, 10);
    return day < due.day ? { kind: "day", day } : undefined;
  }
  const local = start.kind === "day" ? `${start.day}T00:00:00` : start.local;
  return local < due.local ? { kind: "zoned", local, zone: "UTC" } : undefined;
}

function standingOf(
  { done }: Task,
  column: BoardColumn | undefined,
): Pick<ToDoChanges, "status" | "percent" | "completedMs"> {
  if (done !== undefined) return { status: "completed", percent: 100, completedMs: Date.parse(done.at) };
  if (column?.meaning === "done") return { status: "completed", percent: 100 };
  return { status: column?.meaning === "doing" ? "in-process" : "needs-action" };
}
