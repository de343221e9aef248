import { generateNKeysBetween } from "fractional-indexing";
import { boardIdSchema, taskIdSchema, type BoardId, type PersonId } from "#contract/ids.ts";
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
}

/** What makes the board of a plan, in the order in which it has to be carried out. */
export function importCommands(plan: ImportPlan, options: ImportOptions): ImportCommand[] {
  const made: Made = {
    boardId: boardIdSchema.parse(options.makeId()),
    columnIds: plan.columns.map(options.makeId),
    labelIds: plan.labels.map(options.makeId),
  };
  const orders = ordersOf(plan.tasks);
  return [
    { name: "board.create", args: boardArgs(plan, made) },
    ...plan.tasks.flatMap((task, place) => taskCommands(task, orders[place] ?? "a0", made, options)),
  ];
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

function taskCommands(task: PlannedTask, order: string, made: Made, options: ImportOptions): ImportCommand[] {
  const id = taskIdSchema.parse(options.makeId());
  const args: MutationArgs<"task.create"> = {
    id,
    boardId: made.boardId,
    columnId: made.columnIds[task.column] ?? made.columnIds[0] ?? "",
    order,
    title: task.title,
    ...settingsOf(task),
    ...partsOf(task, made, options),
  };
  const create: ImportCommand = { name: "task.create", args };
  return task.isArchived ? [create, { name: "task.archive", args: { id } }] : [create];
}

/** What is none is left out. */
function settingsOf({ description, startAt, dueAt, priority, isTemplate }: PlannedTask) {
  return {
    ...(description === undefined ? {} : { description }),
    ...(startAt === undefined ? {} : { startAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(priority === undefined || priority === "normal" ? {} : { priority }),
    ...(isTemplate === undefined ? {} : { isTemplate }),
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
