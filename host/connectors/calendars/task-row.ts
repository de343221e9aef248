import { labelColours, type ColumnMeaning, type Task, type TaskLabel } from "#contract/entities/task.ts";
import { isSameTime, parseWall } from "#contract/icalendar/calendar-time.ts";
import { propertyOf, valueOf, type Component } from "#contract/icalendar/component.ts";
import {
  parseCalendarText,
  type ParsedCalendar,
  type ParsedObject,
} from "#contract/icalendar/parse-calendar.ts";
import { meaningOf, taskPriority, taskRecurrence, taskTime } from "#contract/icalendar/to-do-fields.ts";
import { readToDo, type ToDo } from "#contract/icalendar/to-do.ts";
import { naturalId, remoteColumnId, remoteTaskId, type BoardId, type PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { isoTimeSchema, toIsoTime, type IsoTime } from "#contract/time.ts";
import { orderOf } from "./task-order.ts";

/** Where tasks of a list stand, and who looks at them. */
export interface TaskPlace {
  scope: Scope;
  boardId: BoardId;
  /** CATEGORIES that the list is known to have. */
  labels: readonly string[];
  personId: PersonId;
  /** IANA zone in which times without one are meant. */
  zone: string;
}

/** A VTODO as it stands on its server. */
export interface StandingToDo {
  calendar: ParsedCalendar;
  object: ParsedObject;
  component: Component;
  toDo: ToDo;
}

export const MOST_LABELS = 60;
export const MOST_DESCRIPTION = 40_000;
const UNTITLED = "—";

export function standingToDo(text: string): StandingToDo | undefined {
  const parsed = parseCalendarText(text);
  const object = parsed.ok ? parsed.calendar.objects[0] : undefined;
  // Of a series that is here only by an exception, that is what is known.
  const component = object?.master ?? object?.overrides[0];
  if (!parsed.ok || object?.kind !== "VTODO" || component === undefined) return undefined;
  return { calendar: parsed.calendar, object, component, toDo: readToDo(component) };
}

export function labelId(scope: Scope, category: string): string {
  return naturalId("remoteLabel", scope, category);
}

export function labelsOf({ scope, labels }: Pick<TaskPlace, "scope" | "labels">): TaskLabel[] {
  return labels.toSorted().map((category) => {
    // The same for a category in every list; grey is no colour to tell things apart by.
    const hash = parseInt(naturalId("remoteLabelColour", category).slice(0, 6), 16);
    const colour = labelColours[1 + (hash % (labelColours.length - 1))] ?? "blue";
    return { id: labelId(scope, category), name: category.slice(0, 60), colour };
  });
}

/** Called off is nothing that is still to be done. */
export function standsIn({ status }: Pick<ToDo, "status">): ColumnMeaning {
  return status === "cancelled" ? "done" : meaningOf({ status });
}

/** Programs that repeat tasks write a start that is the very time at which it is due: it says nothing of its own. */
export function isStartSilent({ start, due, rule }: Pick<ToDo, "start" | "due" | "rule">): boolean {
  return rule !== undefined && start !== undefined && isSameTime(start, due);
}

export function taskOf(standing: StandingToDo, place: TaskPlace, seenMs: number): Task {
  const { object, component, toDo, calendar } = standing;
  const { scope, boardId, personId } = place;
  const here = { zones: calendar.zones, zone: place.zone };
  const meaning = standsIn(toDo);
  const description = toDo.description?.slice(0, MOST_DESCRIPTION);
  const startAt = isStartSilent(toDo) ? undefined : taskTime(toDo.start, here);
  const dueAt = taskTime(toDo.due, here);
  const priority = taskPriority(toDo.priority);
  const recurrence = dueAt === undefined ? undefined : recurrenceOf(standing, place.zone);
  const labelIds = toDo.categories.filter((each) => place.labels.includes(each)).slice(0, 30);
  const doneAt = iso(toDo.completedMs) ?? stampOf(component, "LAST-MODIFIED") ?? toIsoTime(seenMs);
  return {
    id: remoteTaskId(scope, object.uid),
    boardId,
    columnId: remoteColumnId(boardId, meaning),
    order: orderOf(component),
    title: toDo.title.trim().slice(0, 500) || UNTITLED,
    ...(description === undefined ? {} : { description }),
    ...(startAt === undefined ? {} : { startAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(priority === undefined ? {} : { priority }),
    ...(labelIds.length === 0 ? {} : { labelIds: labelIds.map((each) => labelId(scope, each)) }),
    ...(recurrence === undefined ? {} : { recurrence }),
    ...(meaning === "done" ? { done: { at: doneAt, personId } } : {}),
    createdBy: personId,
    createdAt: stampOf(component, "CREATED") ?? stampOf(component, "DTSTAMP") ?? toIsoTime(seenMs),
  };
}

/** What has times of its own beside its rule is left to those who wrote it. */
function isPlainSeries({ object, component }: StandingToDo): boolean {
  const isPlain = (name: string) => propertyOf(component, name) === undefined;
  return (
    object.master !== undefined && object.overrides.length === 0 && isPlain("RDATE") && isPlain("EXDATE")
  );
}

function recurrenceOf(standing: StandingToDo, zone: string): Task["recurrence"] {
  return isPlainSeries(standing) ? taskRecurrence(standing.object, standing.toDo, zone) : undefined;
}

function stampOf(component: Component, name: string): IsoTime | undefined {
  return iso(parseWall(valueOf(component, name) ?? "")?.wallMs);
}

function iso(ms: number | undefined): IsoTime | undefined {
  return ms === undefined ? undefined : isoTimeSchema.safeParse(new Date(ms).toISOString()).data;
}
