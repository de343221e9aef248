import { TASK_ACTIVITIES, type BoardColumn, type Task, type TaskActivity } from "#contract/entities/task.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { nextTimes } from "#contract/icalendar/next-due.ts";
import { nextTaskId, type PersonId, type TaskId } from "#contract/ids.ts";
import { columnsOf } from "../rules/tasks.ts";
import type { RowWrite } from "../store/store.ts";
import { timeOf, type MutationContext } from "./context.ts";
import { markDue } from "./task-due.ts";
import { inboxRows, settledRows, withdrawnRows } from "./inbox-rows.ts";

const MOST_WATCHERS = 200;

export function taskRow({ scope }: MutationContext, data: Task): RowWrite {
  return { scope, collection: "task", id: data.id, op: "put", data };
}

export function taskObject({ scope }: MutationContext, id: TaskId): ObjectRef {
  return { kind: "row", scope, collection: "task", id };
}

/** What inboxes may say of a task. */
export const taskKinds = ["task", "taskDue", "taskNews"] as const;

/** Nobody has to do it any more. */
export async function doneRows(context: MutationContext, id: TaskId): Promise<RowWrite[]> {
  const object = taskObject(context, id);
  const rows: RowWrite[] = [];
  for (const kind of ["task", "taskDue"] as const)
    rows.push(...(await settledRows(context, { kind, object })));
  return rows;
}

/** With what was done to it just now. */
export function noted(
  context: MutationContext,
  task: Task,
  what: string,
  values: Pick<TaskActivity, "from" | "to"> = {},
): Task {
  const entry: TaskActivity = { personId: context.personId, at: timeOf(context), what, ...values };
  return { ...task, activity: [...(task.activity ?? []), entry].slice(-TASK_ACTIVITIES) };
}

/** Those who hear of it: whoever makes it, is given it or says so. */
export function watched(task: Task, ...personIds: readonly PersonId[]): Task {
  const watcherIds = [...new Set([...(task.watcherIds ?? []), ...personIds])].slice(0, MOST_WATCHERS);
  return { ...task, watcherIds };
}

/**
 * The task in a column, finished where that means done and begun anew elsewhere, with all that follows: the inboxes of
 * those who have it, the next one of a series.
 */
export async function standingIn(
  context: MutationContext,
  task: Task,
  column: BoardColumn,
): Promise<RowWrite[]> {
  const isDone = column.meaning === "done";
  const here: Task = { ...task, boardId: column.boardId, columnId: column.id };
  if (isDone === (here.done !== undefined)) return [taskRow(context, here)];
  if (!isDone) {
    const { done: _done, ...open } = here;
    const again = noted(context, open, "reopened");
    return [
      taskRow(context, again),
      ...(await givenRows(context, again, again.assigneeIds ?? [])),
      ...(await newsRows(context, again)),
    ];
  }
  const done = noted(context, { ...here, done: { at: timeOf(context), personId: context.personId } }, "done");
  return [
    taskRow(context, done),
    ...(await doneRows(context, task.id)),
    ...(await newsRows(context, done)),
    ...(await nextRows(context, done)),
  ];
}

/** Into the inboxes of those whom it is given to. */
export async function givenRows(
  context: MutationContext,
  task: Task,
  personIds: readonly PersonId[],
): Promise<RowWrite[]> {
  if (task.done !== undefined || task.isTemplate === true) return [];
  const { scope, personId } = context;
  const object = taskObject(context, task.id);
  return inboxRows(context, await readersAmong(context, personIds), {
    kind: "task",
    object,
    scope,
    actorId: personId,
    excerpt: task.title,
  });
}

/** Those who watch it are told that something of weight has changed. Who was just given it knows already. */
export async function newsRows(
  context: MutationContext,
  task: Task,
  besides: readonly PersonId[] = [],
): Promise<RowWrite[]> {
  const { scope, personId } = context;
  const others = (task.watcherIds ?? []).filter((each) => !besides.includes(each));
  const personIds = await readersAmong(context, others);
  const object = taskObject(context, task.id);
  return inboxRows(context, personIds, {
    kind: "taskNews",
    object,
    scope,
    actorId: personId,
    excerpt: task.title,
  });
}

/** Those who have not left since. */
async function readersAmong(
  { tx, scope }: MutationContext,
  personIds: readonly PersonId[],
): Promise<PersonId[]> {
  const readers: PersonId[] = [];
  for (const each of personIds) if (await tx.canRead(each, scope)) readers.push(each);
  return readers;
}

/** It is no longer theirs to do. */
export async function takenRows(
  context: MutationContext,
  task: Task,
  personIds: readonly PersonId[],
): Promise<RowWrite[]> {
  const object = taskObject(context, task.id);
  const rows: RowWrite[] = [];
  for (const kind of ["task", "taskDue"] as const)
    rows.push(...(await withdrawnRows(context, { kind, object })));
  return rows.filter(({ scope }) => personIds.some((personId) => scope === `person:${personId}`));
}

/** The next one of a series, once. */
async function nextRows(context: MutationContext, task: Task): Promise<RowWrite[]> {
  const { recurrence } = task;
  const id = nextTaskId(task.id);
  const next = nextTimes(task, context.nowMs);
  if (recurrence === undefined || next === undefined) return [];
  if ((await context.tx.get(context.scope, "task", id)) !== undefined) return [];
  const columns = await columnsOf(context, task.boardId);
  const column = columns.find(({ meaning }) => meaning === "todo") ?? columns[0];
  if (column === undefined) return [];
  const { done: _done, archivedAt: _archivedAt, ...open } = task;
  const { activity: _activity, discussion: _discussion, startAt: _startAt, ...rest } = open;
  const { rule, ...times } = next;
  const checklist = task.checklist?.map((item) => ({ ...item, isDone: false }));
  const following = noted(
    context,
    {
      ...rest,
      ...times,
      ...(checklist === undefined ? {} : { checklist }),
      id,
      columnId: column.id,
      recurrence: { ...recurrence, rule },
      createdAt: timeOf(context),
    },
    "created",
  );
  await markDue(context, following);
  return [taskRow(context, following), ...(await givenRows(context, following, following.assigneeIds ?? []))];
}
