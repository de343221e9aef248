import { generateNKeysBetween } from "fractional-indexing";
import {
  boardColumnSettingsSchema,
  boardSettingsSchema,
  type Board,
  type BoardColumn,
} from "#contract/entities/task.ts";
import { AppError } from "#contract/problem.ts";
import type { CollectionName } from "#contract/collections.ts";
import { requireUsedPlace } from "../rules/places.ts";
import {
  boardsOf,
  byOrder,
  columnsOf,
  findBoard,
  requireBoard,
  requireColumn,
  requireOpenBoard,
  requireRoom,
  requireRunBoard,
  tasksOf,
} from "../rules/tasks.ts";
import type { RowWrite } from "../store/store.ts";
import {
  notFound,
  requireFreshId,
  standing,
  timeOf,
  type Handler,
  type HandlerResult,
  type MutationContext,
} from "./context.ts";
import { withdrawnRows } from "./inbox-rows.ts";
import { knownFields, mergedSettings, settingsMoved, withSettings } from "./settings-change.ts";
import { standingIn, taskKinds, taskObject } from "./task-rows.ts";

export const createBoard: Handler<"board.create"> = async (context, args) => {
  await requireUsedPlace(context);
  requireFreshId(args.id);
  if ((await findBoard(context, args.id)) !== undefined) throw takenId();
  requireRoom((await boardsOf(context)).length, "boards");
  const board: Board = {
    ...knownFields(boardSettingsSchema, args),
    name: args.name,
    id: args.id,
    createdBy: context.personId,
    createdAt: timeOf(context),
  };
  const rows = [boardRow(context, board)];
  for (const column of args.columns) {
    await requireFreeColumnId(context, column.id);
    rows.push(columnRow(context, { ...column, boardId: args.id }));
  }
  return { changes: await context.tx.write(rows) };
};

export const updateBoard: Handler<"board.update"> = async (context, args) => {
  const board = await requireOpenBoard(context, args.id);
  const settings = mergedSettings(boardSettingsSchema, board, args);
  if (settings === undefined) return conflictWith(context, "board", board.id, settingsMoved(board.name));
  return {
    changes: await context.tx.write([boardRow(context, withSettings(boardSettingsSchema, board, settings))]),
  };
};

export const archiveBoard: Handler<"board.archive"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const board = await requireBoard(context, id);
  await requireRunBoard(context, board);
  const archived = { ...board, archivedAt: board.archivedAt ?? timeOf(context) };
  return { changes: await context.tx.write([boardRow(context, archived)]) };
};

export const unarchiveBoard: Handler<"board.unarchive"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const board = await requireBoard(context, id);
  await requireRunBoard(context, board);
  const { archivedAt: _archivedAt, ...open } = board;
  return { changes: await context.tx.write([boardRow(context, open)]) };
};

export const removeBoard: Handler<"board.remove"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const board = await findBoard(context, id);
  if (board === undefined) return { changes: [] };
  await requireRunBoard(context, board);
  if (board.archivedAt === undefined) throw stillInUse(board.name);
  const rows: RowWrite[] = [deletion(context, "board", id)];
  for (const column of await columnsOf(context, id)) rows.push(deletion(context, "boardColumn", column.id));
  for (const task of await tasksOf(context)) {
    if (task.boardId !== id) continue;
    rows.push(deletion(context, "task", task.id));
    for (const kind of taskKinds)
      rows.push(...(await withdrawnRows(context, { kind, object: taskObject(context, task.id) })));
  }
  return { changes: await context.tx.write(rows) };
};

export const createColumn: Handler<"boardColumn.create"> = async (context, { boardId, ...column }) => {
  await requireOpenBoard(context, boardId);
  await requireFreeColumnId(context, column.id);
  const columns = await columnsOf(context, boardId);
  requireRoom(columns.length, "columns");
  return { changes: await context.tx.write([columnRow(context, { ...column, boardId })]) };
};

export const updateColumn: Handler<"boardColumn.update"> = async (context, args) => {
  const { id, boardId } = args;
  await requireOpenBoard(context, boardId);
  const column = await requireColumn(context, boardId, id);
  const settings = mergedSettings(boardColumnSettingsSchema, column, args);
  if (settings === undefined) return conflictWith(context, "boardColumn", id, settingsMoved(column.name));
  const changed = withSettings(boardColumnSettingsSchema, column, settings);
  const rows = [columnRow(context, changed)];
  // Tasks are done where done is.
  if (changed.meaning !== column.meaning)
    for (const task of await tasksOf(context))
      if (task.columnId === id) rows.push(...(await standingIn(context, task, changed)));
  return { changes: await context.tx.write(rows) };
};

export const moveColumn: Handler<"boardColumn.move"> = async (context, { id, boardId, order }) => {
  await requireOpenBoard(context, boardId);
  const column = await requireColumn(context, boardId, id);
  return { changes: await context.tx.write([columnRow(context, { ...column, order })]) };
};

export const removeColumn: Handler<"boardColumn.remove"> = async (context, { id, boardId, intoId }) => {
  await requireOpenBoard(context, boardId);
  const columns = await columnsOf(context, boardId);
  if (!columns.some((column) => column.id === id)) return { changes: [] };
  const into = columns.find((column) => column.id === intoId && column.id !== id);
  if (into === undefined) throw notFound("There is no such column for its tasks to go to.");
  const tasks = (await tasksOf(context)).toSorted(byOrder);
  const moved = tasks.filter((task) => task.columnId === id);
  const last = tasks.findLast((task) => task.columnId === intoId)?.order ?? null;
  const keys = generateNKeysBetween(last, null, moved.length);
  const rows: RowWrite[] = [deletion(context, "boardColumn", id)];
  for (const [index, task] of moved.entries())
    rows.push(...(await standingIn(context, { ...task, order: keys[index] ?? task.order }, into)));
  return { changes: await context.tx.write(rows) };
};

/** @throws AppError badRequest, conflict */
async function requireFreeColumnId({ tx, scope }: MutationContext, id: string) {
  requireFreshId(id);
  if (standing(await tx.get(scope, "boardColumn", id)) !== undefined) throw takenId();
}

export function boardRow({ scope }: MutationContext, data: Board): RowWrite {
  return { scope, collection: "board", id: data.id, op: "put", data };
}

export function columnRow({ scope }: MutationContext, data: BoardColumn): RowWrite {
  return { scope, collection: "boardColumn", id: data.id, op: "put", data };
}

export function deletion({ scope }: MutationContext, collection: CollectionName, id: string): RowWrite {
  return { scope, collection, id, op: "delete", data: { id } };
}

export async function conflictWith(
  { tx, scope }: MutationContext,
  collection: CollectionName,
  id: string,
  error: AppError,
): Promise<HandlerResult> {
  const current = await tx.get(scope, collection, id);
  if (current === undefined) throw notFound("It is no longer here.");
  return { current, error: error.problem };
}

export function stillInUse(name: string): AppError {
  return new AppError("conflict", {
    title: "It is in use",
    detail: `Archive ${name} first: what is removed is gone for good.`,
  });
}

export function takenId(): AppError {
  return new AppError("conflict", {
    title: "This id is taken",
    detail: "Something else of this place has the same id.",
    pointer: "args.id",
  });
}
