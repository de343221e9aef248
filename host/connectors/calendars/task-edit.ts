import { isDeepStrictEqual } from "node:util";
import {
  columnMeaningSchema,
  taskSettingsSchema,
  type ColumnMeaning,
  type Task,
} from "#contract/entities/task.ts";
import { atWall, localOf, wallMsOf, type CalendarTime } from "#contract/icalendar/calendar-time.ts";
import { withText } from "#contract/icalendar/calendar-value.ts";
import {
  componentsOf,
  textOf,
  withChildren,
  withValue,
  type Component,
  type Node,
} from "#contract/icalendar/component.ts";
import { stamped, utcStamp } from "#contract/icalendar/event.ts";
import { newCalendar, withObject } from "#contract/icalendar/keep-bytes.ts";
import { nextTimes } from "#contract/icalendar/next-due.ts";
import {
  createToDo,
  readToDo,
  withDone,
  withToDoChanges,
  type ToDo,
  type ToDoChanges,
} from "#contract/icalendar/to-do.ts";
import { taskPriority, toDoPriorities, toDoTime } from "#contract/icalendar/to-do-fields.ts";
import type { ZoneBook } from "#contract/icalendar/vtimezone.ts";
import { missingZones } from "#contract/icalendar/write-zone.ts";
import { ianaZone, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import { nextTaskId, remoteColumnId, remoteTaskUid } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { withOrder } from "./task-order.ts";
import {
  isStartSilent,
  labelId,
  MOST_DESCRIPTION,
  standsIn,
  taskOf,
  type StandingToDo,
  type TaskPlace,
} from "./task-row.ts";

/** Writes of tasks as edits of the text of their VTODO: what is not meant keeps every byte. */

export interface NewToDo {
  uid: string;
  data: string;
}

/** `data`: what stands afterwards. `added`: what has to be there before it. Undefined: the same field was changed by somebody else. */
export type TaskEdit = { data: string; added: readonly NewToDo[] } | undefined;

/** What VTODO has a property for. */
const held = ["title", "description", "startAt", "dueAt", "priority", "labelIds", "recurrence"] as const;
type Held = Pick<Task, (typeof held)[number]>;

/** @throws AppError unsupported, notFound, badRequest */
export function newTask(args: MutationArgs<"task.create">, place: TaskPlace, nowMs: number): NewToDo {
  const { id, boardId, columnId, order, ...fields } = args;
  requireBoard(boardId, place);
  requireHeld(fields);
  const uid = remoteTaskUid(place.scope, id);
  const made = createToDo({ uid, nowMs }, { title: args.title });
  const component = withMeaning(withOrder(made, order), meaningIn(columnId, place), nowMs);
  const edited = withFields(component, {}, fields, { place, zones: () => undefined });
  return { uid, data: calendarText([newCalendar([edited])], edited, nowMs) };
}

/** @throws AppError unsupported, badRequest */
export function updatedTask(
  standing: StandingToDo,
  { base, changes }: Pick<MutationArgs<"task.update">, "base" | "changes">,
  place: TaskPlace,
  nowMs: number,
): TaskEdit {
  requireHeld(changes);
  const task: Readonly<Record<string, unknown>> = taskOf(standing, place, nowMs);
  const wanted: Record<string, unknown> = {};
  for (const field of held) {
    const current = task[field] ?? null;
    const value = changes[field] ?? null;
    if (!Object.hasOwn(changes, field) || isDeepStrictEqual(current, value)) continue;
    if (!isDeepStrictEqual(current, base[field] ?? null)) return undefined;
    wanted[field] = value;
  }
  if (wanted["description"] !== undefined && (standing.toDo.description?.length ?? 0) > MOST_DESCRIPTION)
    throw unsupported("description", "Its text is longer than what is shown here.");
  if (
    wanted["recurrence"] !== undefined &&
    standing.toDo.rule !== undefined &&
    task["recurrence"] === undefined
  )
    throw unsupported("recurrence", "It repeats in a way that is not understood here.");
  const context = { place, zones: standing.calendar.zones };
  const edited = withFields(standing.component, task, wanted, context);
  return { data: replaced(standing, edited, nowMs), added: [] };
}

/** @throws AppError notFound */
export function movedTask(
  standing: StandingToDo,
  args: MutationArgs<"task.move">,
  place: TaskPlace,
  nowMs: number,
): TaskEdit {
  requireBoard(args.boardId, place);
  const meaning = meaningIn(args.columnId, place);
  const task = taskOf(standing, place, nowMs);
  const ordered = withOrder(standing.component, args.order);
  if (meaning === standsIn(standing.toDo)) return { data: replaced(standing, ordered, nowMs), added: [] };
  const following = meaning === "done" ? nextOf(standing, task, place, nowMs) : undefined;
  const moved = withMeaning(ordered, meaning, nowMs);
  const left = following === undefined ? moved : withToDoChanges(moved, endOfSeries(standing.toDo));
  return { data: replaced(standing, left, nowMs), added: following === undefined ? [] : [following] };
}

function endOfSeries(toDo: ToDo): ToDoChanges {
  return { rule: undefined, ...(isStartSilent(toDo) ? { start: undefined, due: toDo.due } : {}) };
}

/** Of a series that is understood, the next one goes on by itself, with all that this one has: its UID follows from this one's. */
function nextOf(standing: StandingToDo, task: Task, place: TaskPlace, nowMs: number): NewToDo | undefined {
  const next = nextTimes(task, nowMs);
  if (next === undefined || task.recurrence === undefined) return undefined;
  const uid = remoteTaskUid(place.scope, nextTaskId(task.id));
  const { rule, ...times } = next;
  const begun = withText(withMeaning(standing.component, "todo", nowMs), "UID", uid);
  const context = { place, zones: standing.calendar.zones };
  const fields = { ...times, recurrence: { ...task.recurrence, rule } };
  const edited = withValue(withFields(begun, task, fields, context), "CREATED", utcStamp(nowMs));
  const isTwin = (node: Node) => node === standing.component;
  const nodes = standing.calendar.nodes.map((node) =>
    node.kind === "component"
      ? withChildren(
          node,
          node.children.map((child) => (isTwin(child) ? stamped(edited, nowMs, false) : child)),
        )
      : node,
  );
  return { uid, data: calendarText(nodes, edited, nowMs) };
}

function replaced(standing: StandingToDo, edited: Component, nowMs: number): string {
  const { calendar, object, component } = standing;
  if (edited === component) return textOf(calendar.nodes);
  const dated = stamped(edited, nowMs, false);
  const all = [object.master, ...object.overrides].flatMap((each) =>
    each === undefined ? [] : [each === component ? dated : each],
  );
  return calendarText(withObject(calendar.nodes, "VTODO", object.uid, all), dated, nowMs);
}

/** With the zones that it names and nobody explains. */
function calendarText(nodes: readonly Node[], named: Component, nowMs: number): string {
  const explained = componentsOf({ children: nodes }, "VCALENDAR").flatMap((each) =>
    componentsOf(each, "VTIMEZONE"),
  );
  const zones = missingZones([named], explained, nowMs);
  if (zones.length === 0) return textOf(nodes);
  const added = nodes.map((node) => {
    if (node.kind !== "component" || node.name !== "VCALENDAR") return node;
    const first = node.children.findIndex(({ kind }) => kind === "component");
    return withChildren(node, [...node.children.slice(0, first), ...zones, ...node.children.slice(first)]);
  });
  return textOf(added);
}

function withMeaning(component: Component, meaning: ColumnMeaning, nowMs: number): Component {
  if (meaning === "done") return withDone(component, true, nowMs);
  if (meaning === "todo") return withDone(component, false, nowMs);
  const { percent } = readToDo(component);
  return withToDoChanges(component, { status: "in-process", percent: percent === 100 ? undefined : percent });
}

interface Context {
  place: TaskPlace;
  zones: ZoneBook;
}

/** @param former what the row says now @param wanted values by field; null stands for none */
function withFields(
  component: Component,
  former: Partial<Held>,
  wanted: Readonly<Record<string, unknown>>,
  context: Context,
): Component {
  const values: Record<string, unknown> = { title: "", ...former, ...wanted };
  for (const [field, value] of Object.entries(values)) if (value === null) delete values[field];
  const parsed = taskSettingsSchema.safeParse(values);
  if (!parsed.success)
    throw new AppError("badRequest", { title: "This task cannot be read", detail: parsed.error.message });
  const next = parsed.data;
  const toDo = readToDo(component);
  const changes: ToDoChanges = {
    ...("title" in wanted ? { title: next.title } : {}),
    ...("description" in wanted ? { description: next.description } : {}),
    ...("priority" in wanted ? { priority: priorityFor(next, toDo) } : {}),
    ...("labelIds" in wanted ? { categories: categoriesFor(next, toDo, context.place) } : {}),
    ...("recurrence" in wanted ? { rule: next.recurrence?.rule } : {}),
    ...datesFor(next, toDo, wanted, context),
  };
  return withToDoChanges(component, changes);
}

function priorityFor({ priority }: Partial<Held>, { priority: former }: ToDo): number {
  return taskPriority(former) === priority ? former : toDoPriorities[priority ?? "normal"];
}

/** Those that are shown as labels, and those that are not, which stay. */
function categoriesFor({ labelIds = [] }: Partial<Held>, { categories }: ToDo, place: TaskPlace): string[] {
  const known = new Map(place.labels.map((category) => [labelId(place.scope, category), category]));
  const wanted = labelIds.map((id) => {
    const category = known.get(id);
    if (category === undefined)
      throw unsupported("labelIds", "Its labels are those that its tasks have already.");
    return category;
  });
  const kept = categories.filter((each) => !place.labels.includes(each) || wanted.includes(each));
  return [...new Set([...kept, ...wanted])];
}

/** DUE and DTSTART are both days or both times (RFC 5545 section 3.8.2.3), and a rule needs a DTSTART (section 3.8.5.3). */
function datesFor(
  { startAt, dueAt, recurrence }: Partial<Held>,
  toDo: ToDo,
  wanted: Readonly<Record<string, unknown>>,
  context: Context,
): ToDoChanges {
  if (!["startAt", "dueAt", "recurrence"].some((field) => field in wanted)) return {};
  if (startAt !== undefined && dueAt !== undefined && startAt.slice(0, 10) > dueAt.slice(0, 10))
    throw new AppError("badRequest", {
      title: "It would begin after it is due",
      detail: "Choose a start that is not after the due date.",
      pointer: "args.changes.startAt",
    });
  const zone = recurrence?.zone;
  const isDueWritten = "dueAt" in wanted || "recurrence" in wanted;
  const due = isDueWritten ? timeLike(dueAt, toDo.due, zone, context) : toDo.due;
  const wasSilent = isStartSilent(toDo);
  const former = wasSilent ? undefined : toDo.start;
  const given = "startAt" in wanted ? timeLike(startAt, former ?? due, zone, context) : former;
  const isRuled = recurrence !== undefined || (wasSilent && !("recurrence" in wanted));
  return { due, start: alike(given, due) ?? (isRuled ? due : undefined) };
}

/** On the clock on which it was written before. */
function timeLike(
  at: string | undefined,
  like: CalendarTime | undefined,
  zone: string | undefined,
  { place, zones }: Context,
): CalendarTime | undefined {
  const time = toDoTime(at);
  if (time === undefined || time.kind === "day") return time;
  const utcMs = wallMsOf(time);
  if (like?.kind === "floating")
    return { kind: "floating", local: localOf(wallMsAt(ianaZone(place.zone) ?? utcZone, utcMs)) };
  const name = like?.kind === "zoned" && like.zone !== "UTC" ? like.zone : zone;
  const known = name === undefined ? undefined : (zones(name) ?? ianaZone(name));
  if (name === undefined || known === undefined) return time;
  return { kind: "zoned", local: localOf(wallMsAt(known, utcMs)), zone: name };
}

function alike(start: CalendarTime | undefined, due: CalendarTime | undefined): CalendarTime | undefined {
  if (start === undefined || due === undefined || (start.kind === "day") === (due.kind === "day"))
    return start;
  if (start.kind === "day") return atWall(due, wallMsOf(start));
  return { kind: "day", day: start.local.slice(0, 10) };
}

function meaningIn(columnId: string, { boardId }: TaskPlace): ColumnMeaning {
  return columnMeaningSchema.options.find((each) => remoteColumnId(boardId, each) === columnId) ?? "todo";
}

function requireBoard(boardId: string, place: TaskPlace): void {
  if (boardId !== place.boardId)
    throw new AppError("notFound", { title: "There is no such board in this list", pointer: "args.boardId" });
}

function requireHeld(fields: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(fields)) {
    const isNothing = value === null || value === undefined || value === false;
    const isEmpty = Array.isArray(value) && value.length === 0;
    if (!isNothing && !isEmpty && !held.some((each) => each === field))
      throw unsupported(field, "It has a title, a text, dates, a priority, labels and a state.");
  }
}

function unsupported(field: string, detail: string): AppError {
  return new AppError("unsupported", {
    title: "A list of tasks that lies elsewhere cannot hold this",
    detail,
    pointer: `args.${field}`,
  });
}
