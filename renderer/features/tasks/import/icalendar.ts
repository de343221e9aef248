import {
  parseCalendarText,
  type ParsedCalendar,
  type ParsedObject,
} from "#contract/icalendar/parse-calendar.ts";
import { meaningOf, taskPriority, taskRecurrence, taskTime } from "#contract/icalendar/to-do-fields.ts";
import { readToDo, type ToDo } from "#contract/icalendar/to-do.ts";
import { PlanBuilder, type TaskDraft } from "./plan-builder.ts";
import { folded, isTooLarge, most, type ImportWords, type ReadPlan } from "./plan.ts";

export interface CalendarOptions {
  readonly words: ImportWords;
  /** Of the board where the calendar has none: the file's, without its ending. */
  readonly name: string;
  /** IANA zone in which times without one are meant. */
  readonly zone: string;
}

/**
 * The VTODOs of an iCalendar file (RFC 5545 section 3.6.2) as a board with a column for each state. Cancelled ones are
 * archived, categories are labels, what hangs on another is its part; events and journals are left aside.
 */
export function readCalendarTasks(text: string, options: CalendarOptions): ReadPlan {
  if (isTooLarge(text)) return { ok: false, problem: "tooLarge" };
  if (text.trim() === "") return { ok: false, problem: "empty" };
  const parsed = parseCalendarText(text);
  if (!parsed.ok) return { ok: false, problem: "notCalendar" };
  const toDos = parsed.calendar.objects.flatMap((object) => {
    // Of a series that is here only by an exception, that is what is known.
    const component = object.master ?? object.overrides[0];
    return object.kind === "VTODO" && component !== undefined ? [{ object, toDo: readToDo(component) }] : [];
  });
  if (toDos.length === 0) return { ok: false, problem: "noToDos" };
  if (toDos.length > most.tasks) return { ok: false, problem: "tooManyTasks" };
  return { ok: true, plan: planOf(toDos, parsed.calendar, options) };
}

interface Read {
  readonly object: ParsedObject;
  readonly toDo: ToDo;
}

function planOf(toDos: readonly Read[], calendar: ParsedCalendar, options: CalendarOptions) {
  const { words, name, zone } = options;
  const builder = new PlanBuilder(words, unescaped(calendar.name) || name);
  const columns = (["todo", "doing", "done"] as const).map((meaning) =>
    builder.addColumn(words.meanings[meaning], meaning),
  );
  const labels = new Map<string, number | undefined>();
  const roots = rootsOf(toDos);
  for (const { object, toDo } of toDos) {
    noteProblems(builder, { object, toDo });
    const here = { zones: calendar.zones, zone };
    const times = { startAt: taskTime(toDo.start, here), dueAt: taskTime(toDo.due, here) };
    const recurrence = times.dueAt === undefined ? undefined : taskRecurrence(object, toDo, zone);
    if (recurrence === undefined && toDo.rule !== undefined) builder.note("recurrencesLeftOut");
    builder.addTask({
      title: toDo.title,
      ...textsOf(toDo),
      column: columns[["todo", "doing", "done"].indexOf(meaningOf(toDo))],
      labels: toDo.categories.flatMap((category) => labelOf(labels, category, builder) ?? []),
      ...times,
      priority: taskPriority(toDo.priority),
      people: [],
      isArchived: toDo.status === "cancelled",
      recurrence,
      parent: roots.get(object.uid),
    });
  }
  return builder.plan();
}

function unescaped(name = ""): string {
  return name.replaceAll(/\\([,;\\])/g, "$1");
}

function noteProblems(builder: PlanBuilder, { object, toDo }: Read): void {
  const unread = object.problems.filter(({ code }) => code === "unreadableValue" || code === "unknownZone");
  builder.note("unreadableDates", unread.length);
  builder.note("exceptionsLeftOut", object.master === undefined ? 0 : object.overrides.length);
  builder.note("peopleLeftOut", toDo.attendees.length);
}

function labelOf(
  labels: Map<string, number | undefined>,
  name: string,
  builder: PlanBuilder,
): number | undefined {
  const key = folded(name) || name;
  if (!labels.has(key)) labels.set(key, builder.addLabel(name));
  return labels.get(key);
}

/** A VTODO has no checklist: exports write it as lines behind the text. Place and address have no field of their own here. */
function textsOf({ description = "", location, url }: ToDo): Pick<TaskDraft, "description" | "checklist"> {
  const lines = description.replaceAll("\r\n", "\n").split("\n");
  const first = lines.findLastIndex((line) => !ITEM.test(line)) + 1;
  const checklist = lines.slice(first).map((line) => ({
    text: line.replace(ITEM, ""),
    isDone: /^\[x\]/i.test(line),
  }));
  const text = lines.slice(0, first).join("\n").trim();
  const others = [location, url].filter((each) => each !== undefined && !text.includes(each));
  return { description: [text, ...others].filter((part) => part !== "").join("\n\n"), checklist };
}

const ITEM = /^\[[ x]\] (?=\S)/i;

/** Of each part the place of the task that it belongs to: a part has no parts here, so those of parts go to the topmost. */
function rootsOf(toDos: readonly Read[]): Map<string, number> {
  const places = new Map(toDos.map(({ object }, place) => [object.uid, place]));
  const parents = new Map<string, string>();
  for (const { object, toDo } of toDos)
    for (const { uid, kind } of toDo.relatedTo) {
      if (kind === "parent" && places.has(uid)) parents.set(object.uid, uid);
      if (kind === "child" && places.has(uid) && !parents.has(uid)) parents.set(uid, object.uid);
    }
  const roots = new Map<string, number>();
  for (const uid of parents.keys()) {
    const root = topmost(uid, parents);
    const place = root === undefined || root === uid ? undefined : places.get(root);
    if (place !== undefined) roots.set(uid, place);
  }
  return roots;
}

/** Undefined where they go in a circle. */
function topmost(uid: string, parents: ReadonlyMap<string, string>): string | undefined {
  const seen = new Set([uid]);
  let at = uid;
  for (let next = parents.get(at); next !== undefined; next = parents.get(at)) {
    if (seen.has(next)) return undefined;
    seen.add(next);
    at = next;
  }
  return at;
}
