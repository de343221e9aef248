import { generateNKeysBetween } from "fractional-indexing";
import { boardIdSchema, taskIdSchema, type BoardId, type PersonId, type TaskId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import type { ImportPlan, PlannedTask } from "./plan.ts";

export type ImportCommand = {
  [Name in "board.create" | "task.create" | "task.archive"]: {
    readonly name: Name;
    readonly args: MutationArgs<Name>;
  };
}["board.create" | "task.create" | "task.archive"];

export interface ImportOptions {
  /** A fresh id, as `createId` of `contract/ids.ts` makes them. */
  readonly makeId: () => string;
  /** People of the place by the names that the plan has for them. Others are left out. */
  readonly people: ReadonlyMap<string, PersonId>;
}

interface Made {
  readonly boardId: BoardId;
  readonly columnIds: readonly string[];
  readonly labelIds: readonly string[];
  readonly taskIds: readonly TaskId[];
}

/** What makes the board of a plan, in the order in which it has to be carried out. */
export function importCommands(plan: ImportPlan, options: ImportOptions): ImportCommand[] {
  const made: Made = {
    boardId: boardIdSchema.parse(options.makeId()),
    columnIds: plan.columns.map(options.makeId),
    labelIds: plan.labels.map(options.makeId),
    taskIds: plan.tasks.map(() => taskIdSchema.parse(options.makeId())),
  };
  const orders = ordersOf(plan.tasks);
  const places = [...plan.tasks.keys()];
  // What others are parts of has to be there before them, and open.
  const [wholes, parts] = [true, false].map((isWhole) =>
    places.filter((place) => (plan.tasks[place]?.parent === undefined) === isWhole),
  );
  const created = [...(wholes ?? []), ...(parts ?? [])].flatMap((place): ImportCommand[] => {
    const [task, id] = [plan.tasks[place], made.taskIds[place]];
    if (task === undefined || id === undefined) return [];
    return [
      { name: "task.create", args: taskArgs(task, { id, order: orders[place] ?? "a0" }, made, options) },
    ];
  });
  const archived = places.flatMap((place): ImportCommand[] => {
    const id = made.taskIds[place];
    return plan.tasks[place]?.isArchived === true && id !== undefined
      ? [{ name: "task.archive", args: { id } }]
      : [];
  });
  return [{ name: "board.create", args: boardArgs(plan, made) }, ...created, ...archived];
}

function boardArgs(plan: ImportPlan, { boardId, columnIds, labelIds }: Made): MutationArgs<"board.create"> {
  const orders = keysFor(columnIds.length);
  const labels = plan.labels.map((label, place) => ({ id: labelIds[place] ?? "", ...label }));
  return {
    id: boardId,
    name: plan.name,
    ...(plan.description === undefined ? {} : { description: plan.description }),
    ...(labels.length === 0 ? {} : { labels }),
    columns: plan.columns.map((column, place) => ({
      id: columnIds[place] ?? "",
      ...column,
      order: orders[place] ?? "a0",
    })),
  };
}

function keysFor(count: number): string[] {
  return generateNKeysBetween(null, null, count);
}

/** Of each task within its column. */
function ordersOf(tasks: readonly PlannedTask[]): string[] {
  const counts = new Map<number, number>();
  for (const { column } of tasks) counts.set(column, (counts.get(column) ?? 0) + 1);
  const keys = new Map([...counts].map(([column, count]) => [column, keysFor(count).values()]));
  return tasks.map(({ column }) => keys.get(column)?.next().value ?? "a0");
}

function taskArgs(
  task: PlannedTask,
  place: { id: TaskId; order: string },
  made: Made,
  options: ImportOptions,
): MutationArgs<"task.create"> {
  const parentId = task.parent === undefined ? undefined : made.taskIds[task.parent];
  return {
    ...place,
    boardId: made.boardId,
    columnId: made.columnIds[task.column] ?? made.columnIds[0] ?? "",
    title: task.title,
    ...settingsOf(task),
    ...(parentId === undefined ? {} : { parentId }),
    ...partsOf(task, made, options),
  };
}

/** What is none is left out. */
function settingsOf(task: PlannedTask) {
  const { description, startAt, dueAt, priority, isTemplate, recurrence } = task;
  return {
    ...(description === undefined ? {} : { description }),
    ...(startAt === undefined ? {} : { startAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(priority === undefined || priority === "normal" ? {} : { priority }),
    ...(isTemplate === undefined ? {} : { isTemplate }),
    ...(recurrence === undefined ? {} : { recurrence }),
  };
}

function partsOf(task: PlannedTask, { labelIds: known }: Made, { makeId, people }: ImportOptions) {
  const labelIds = task.labels.flatMap((place) => known[place] ?? []);
  const assigneeIds = [...new Set(task.people.flatMap((name) => people.get(name) ?? []))];
  const orders = keysFor(task.checklist.length);
  const checklist = task.checklist.map((item, place) => ({
    id: makeId(),
    ...item,
    order: orders[place] ?? "a0",
  }));
  return {
    ...(labelIds.length === 0 ? {} : { labelIds }),
    ...(assigneeIds.length === 0 ? {} : { assigneeIds }),
    ...(checklist.length === 0 ? {} : { checklist }),
  };
}
