import { isDeepStrictEqual } from "node:util";
import {
  taskSettingsSchema,
  type BoardColumn,
  type ChecklistItem,
  type Task,
} from "#contract/entities/task.ts";
import { ownBoardId, ownColumnId, type BoardId } from "#contract/ids.ts";
import { parseScope } from "#contract/scope.ts";
import { AppError } from "#contract/problem.ts";
import { requireUsedPlace, runsPlace } from "../rules/places.ts";
import {
  byOrder,
  columnsOf,
  findBoard,
  findTask,
  requireAssignable,
  requireOpenBoard,
  requireRoom,
  requireSoundRelations,
  requireTask,
  requireWritableTask,
  tasksOf,
} from "../rules/tasks.ts";
import type { RowWrite } from "../store/store.ts";
import { boardRow, columnRow, conflictWith, deletion, stillInUse, takenId } from "./board.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireModestExtras,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { settledRows, withdrawnRows } from "./inbox-rows.ts";
import { knownFields, mergedSettings, settingsMoved, withSettings } from "./settings-change.ts";
import { beginThread } from "./object-thread.ts";
import { markDue } from "./task-due.ts";
import {
  doneRows,
  givenRows,
  newsRows,
  noted,
  standingIn,
  takenRows,
  taskKinds,
  taskObject,
  taskRow,
  watched,
} from "./task-rows.ts";

export const createTask: Handler<"task.create"> = async (context, args) => {
  const { personId } = context;
  const made = await ownBoard(context, args.boardId);
  if (made === undefined) await requireOpenBoard(context, args.boardId);
  requireFreshId(args.id);
  if ((await findTask(context, args.id)) !== undefined) throw takenId();
  requireRoom((await tasksOf(context)).length, "tasks");
  const columns = made?.columns ?? (await columnsOf(context, args.boardId));
  const column = placeOf(columns, args.columnId);
  const columnId = column?.id ?? args.columnId;
  const { checklist, source, order, boardId } = args;
  const task: Task = {
    ...knownFields(taskSettingsSchema, args),
    title: args.title,
    id: args.id,
    boardId,
    columnId,
    order,
    ...(checklist === undefined ? {} : { checklist: checklist.toSorted(byOrder) }),
    ...(source === undefined ? {} : { source }),
    createdBy: personId,
    createdAt: timeOf(context),
  };
  await requireAssignable(context, task.assigneeIds);
  await requireSound(context, task);
  const watchers = parseScope(context.scope).kind === "space" ? [personId, ...(task.assigneeIds ?? [])] : [];
  const fresh = noted(context, watched(task, ...watchers), "created");
  const rows = column === undefined ? [taskRow(context, fresh)] : await standingIn(context, fresh, column);
  rows.push(
    ...(await givenRows(context, fresh, column?.meaning === "done" ? [] : (fresh.assigneeIds ?? []))),
  );
  const changes = await context.tx.write([...(made?.rows ?? []), ...rows]);
  await markDue(context, fresh);
  return { changes };
};

/** Everybody's own board begins with the first task on it. */
async function ownBoard(
  context: MutationContext,
  boardId: BoardId,
): Promise<{ columns: BoardColumn[]; rows: RowWrite[] } | undefined> {
  const { scope, personId } = context;
  const isOwn = parseScope(scope).kind === "person" && boardId === ownBoardId(personId);
  if (!isOwn || (await findBoard(context, boardId)) !== undefined) return undefined;
  const names = { todo: "À faire", doing: "En cours", done: "Terminé" } as const;
  const orders = { todo: "a0", doing: "a1", done: "a2" } as const;
  const columns = (["todo", "doing", "done"] as const).map((meaning) => ({
    id: ownColumnId(personId, meaning),
    boardId,
    name: names[meaning],
    meaning,
    order: orders[meaning],
  }));
  const board = { id: boardId, name: "Mes tâches", createdBy: personId, createdAt: timeOf(context) };
  return {
    columns,
    rows: [boardRow(context, board), ...columns.map((column) => columnRow(context, column))],
  };
}

/** Undefined on a board that has none yet. */
function placeOf(columns: readonly BoardColumn[], columnId: string): BoardColumn | undefined {
  return columns.find(({ id }) => id === columnId) ?? columns[0];
}

/** @throws AppError badRequest, tooLarge, notFound */
async function requireSound(context: MutationContext, task: Task, former?: Task): Promise<void> {
  const { startAt, dueAt } = task;
  requireModestExtras(context, { ...task, description: "", activity: [] });
  await requireSoundRelations(context, task, former);
  if (startAt === undefined || dueAt === undefined || startAt.slice(0, 10) <= dueAt.slice(0, 10)) return;
  throw new AppError("badRequest", {
    title: "It would begin after it is due",
    detail: "Choose a start that is not after the due date.",
    pointer: "args.changes.startAt",
  });
}

/** Told to those who watch; other fields stand in what was done to it. */
const newsworthy = new Set(["dueAt", "priority", "title", "blockedBy"]);
/** What decides who is told when that it is due. */
const remindedBy = new Set(["dueAt", "assigneeIds", "isTemplate"]);
/** Values short enough to be shown in what was done. */
const shown = new Set(["title", "dueAt", "startAt", "priority", "estimateMinutes"]);

export const updateTask: Handler<"task.update"> = async (context, args) => {
  const task = await requireWritableTask(context, args.id);
  const settings = mergedSettings(taskSettingsSchema, task, args);
  if (settings === undefined) return conflictWith(context, "task", task.id, settingsMoved(task.title));
  let next = withSettings(taskSettingsSchema, task, settings);
  const before = new Set(task.assigneeIds);
  const given = (next.assigneeIds ?? []).filter((id) => !before.has(id));
  // Those who have it already may have left since.
  await requireAssignable(context, given);
  await requireSound(context, next, task);
  const fields = Object.keys(args.changes).filter(
    (field) => !isDeepStrictEqual(Reflect.get(task, field), Reflect.get(next, field)),
  );
  for (const field of fields) {
    const values = shown.has(field) ? { from: Reflect.get(task, field), to: Reflect.get(next, field) } : {};
    next = noted(context, next, field, JSON.parse(JSON.stringify(values)));
  }
  const taken = [...before].filter((id) => next.assigneeIds?.includes(id) !== true);
  if (parseScope(context.scope).kind === "space") next = watched(next, ...given);
  const rows = [taskRow(context, next), ...(await givenRows(context, next, given))];
  if (taken.length > 0) rows.push(...(await takenRows(context, next, taken)));
  // Due on another day, what was said of this one is over.
  if (fields.includes("dueAt"))
    rows.push(...(await settledRows(context, { kind: "taskDue", object: taskObject(context, next.id) })));
  if (fields.some((field) => newsworthy.has(field))) rows.push(...(await newsRows(context, next, given)));
  const changes = await context.tx.write(rows);
  if (fields.some((field) => remindedBy.has(field))) await markDue(context, next);
  return { changes };
};

export const moveTask: Handler<"task.move"> = async (context, { id, boardId, columnId, order }) => {
  const task = await requireWritableTask(context, id);
  if (boardId !== task.boardId) await requireOpenBoard(context, boardId);
  const columns = await columnsOf(context, boardId);
  const column = placeOf(columns, columnId);
  if (column === undefined) throw notFound("This board has no columns.");
  const from = (await columnsOf(context, task.boardId)).find((each) => each.id === task.columnId);
  const isElsewhere = column.id !== task.columnId;
  const values = { ...(from === undefined ? {} : { from: from.name }), to: column.name };
  const moved = isElsewhere ? noted(context, { ...task, order }, "moved", values) : { ...task, order };
  return { changes: await context.tx.write(await standingIn(context, moved, column)) };
};

export const archiveTask: Handler<"task.archive"> = async (context, { id }) => {
  const task = await requireWritableTask(context, id);
  if (task.archivedAt !== undefined) return { changes: await context.tx.write([taskRow(context, task)]) };
  const archived = noted(context, { ...task, archivedAt: timeOf(context) }, "archived");
  const settled = await doneRows(context, id);
  return { changes: await context.tx.write([taskRow(context, archived), ...settled]) };
};

export const unarchiveTask: Handler<"task.unarchive"> = async (context, { id }) => {
  const { archivedAt, ...task } = await requireWritableTask(context, id);
  if (archivedAt === undefined) return { changes: await context.tx.write([taskRow(context, task)]) };
  return { changes: await context.tx.write([taskRow(context, noted(context, task, "unarchived"))]) };
};

export const removeTask: Handler<"task.remove"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const task = await findTask(context, id);
  if (task === undefined) return { changes: [] };
  await requireWritableTask(context, id);
  if (task.createdBy !== context.personId && !(await runsPlace(context)))
    throw forbidden("Whoever made a task and the animators of the space remove it.");
  if (task.archivedAt === undefined) throw stillInUse(task.title);
  const rows: RowWrite[] = [];
  for (const each of [task, ...(await tasksOf(context)).filter(({ parentId }) => parentId === id)]) {
    rows.push(deletion(context, "task", each.id));
    for (const kind of taskKinds)
      rows.push(...(await withdrawnRows(context, { kind, object: taskObject(context, each.id) })));
  }
  return { changes: await context.tx.write(rows) };
};

const MOST_CHECKLIST = 200;

export const setChecklistItem: Handler<"taskChecklist.set"> = async (context, args) => {
  const task = await requireWritableTask(context, args.taskId);
  const items = task.checklist ?? [];
  const before = items.find(({ id }) => id === args.id);
  const { text = before?.text, order = before?.order, isDone = before?.isDone ?? false } = args;
  // Somebody else removed it meanwhile: a tick does not bring it back.
  if (text === undefined || order === undefined)
    return { changes: await context.tx.write([taskRow(context, task)]) };
  if (before === undefined && items.length >= MOST_CHECKLIST) {
    throw new AppError("tooLarge", {
      title: "The checklist is full",
      detail: `It may have ${MOST_CHECKLIST} items. Make some of them tasks of their own.`,
      pointer: "args.id",
    });
  }
  const item: ChecklistItem = { ...before, id: args.id, text, order, isDone };
  const others = items.filter(({ id }) => id !== args.id);
  const checklist = [...others, item].toSorted(byOrder);
  return { changes: await context.tx.write([taskRow(context, { ...task, checklist })]) };
};

export const removeChecklistItem: Handler<"taskChecklist.remove"> = async (context, args) => {
  const task = await requireWritableTask(context, args.taskId);
  const checklist = (task.checklist ?? []).filter(({ id }) => id !== args.id);
  return { changes: await context.tx.write([taskRow(context, { ...task, checklist })]) };
};

export const watchTask: Handler<"task.watch"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const task = await requireTask(context, id);
  return { changes: await context.tx.write([taskRow(context, watched(task, context.personId))]) };
};

export const unwatchTask: Handler<"task.unwatch"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const task = await requireTask(context, id);
  const watcherIds = (task.watcherIds ?? []).filter((personId) => personId !== context.personId);
  return { changes: await context.tx.write([taskRow(context, { ...task, watcherIds })]) };
};

/** Begins the thread about a task, once. */
export const discussTask: Handler<"task.discuss"> = async (context, { id, messageId }) => {
  const { tx, scope } = context;
  await requireUsedPlace(context);
  const task = await requireTask(context, id);
  if (task.discussion !== undefined) return { changes: await tx.write([taskRow(context, task)]) };
  const target = { kind: "task", scope, taskId: id } as const;
  const begun = { target, messageId, authorId: task.createdBy };
  const { discussion, rows } = await beginThread(context, "tasks", begun);
  return { changes: await tx.write([...rows, taskRow(context, { ...task, discussion })]) };
};
