import {
  boardColumnSchema,
  boardSchema,
  taskSchema,
  type Board,
  type BoardColumn,
  type Task,
} from "#contract/entities/task.ts";
import { spaceIdSchema, type BoardId, type PersonId, type TaskId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope } from "#contract/scope.ts";
import { forbidden, notFound, standing, type MutationContext } from "../mutations/context.ts";
import { findMembership, membersOf } from "./spaces.ts";
import { requireUsedPlace, runsPlace } from "./places.ts";

const MOST_BOARDS = 200;
const MOST_COLUMNS = 30;
/** Of one place: more than that nobody looks through, and everybody's machine keeps it. */
const MOST_TASKS = 20_000;

export async function findBoard(
  { tx, scope }: Pick<MutationContext, "tx" | "scope">,
  id: BoardId,
): Promise<Board | undefined> {
  const row = standing(await tx.get(scope, "board", id));
  return row === undefined ? undefined : boardSchema.parse(row.data);
}

/** @throws AppError notFound */
export async function requireBoard(context: MutationContext, id: BoardId): Promise<Board> {
  const board = await findBoard(context, id);
  if (board === undefined) throw notFound("There is no such board here.");
  return board;
}

/** A board that is written to. @throws AppError notFound, forbidden */
export async function requireOpenBoard(context: MutationContext, id: BoardId): Promise<Board> {
  await requireUsedPlace(context);
  const board = await requireBoard(context, id);
  if (board.archivedAt !== undefined)
    throw forbidden(`The board ${board.name} is archived. Take it out first.`);
  return board;
}

export async function boardsOf({ tx, scope }: MutationContext): Promise<Board[]> {
  return (await tx.list(scope, "board")).map((row) => boardSchema.parse(row.data));
}

/** In their order. */
export async function columnsOf({ tx, scope }: MutationContext, boardId: BoardId): Promise<BoardColumn[]> {
  const rows = await tx.list(scope, "boardColumn");
  const columns = rows.map((row) => boardColumnSchema.parse(row.data));
  return columns.filter((column) => column.boardId === boardId).toSorted(byOrder);
}

/** @throws AppError notFound */
export async function requireColumn(
  { tx, scope }: MutationContext,
  boardId: BoardId,
  id: string,
): Promise<BoardColumn> {
  const row = standing(await tx.get(scope, "boardColumn", id));
  const column = row === undefined ? undefined : boardColumnSchema.parse(row.data);
  if (column?.boardId !== boardId) throw notFound("There is no such column on this board.");
  return column;
}

export function byOrder(a: { order: string; id: string }, b: { order: string; id: string }): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

export async function findTask({ tx, scope }: MutationContext, id: TaskId): Promise<Task | undefined> {
  const row = standing(await tx.get(scope, "task", id));
  return row === undefined ? undefined : taskSchema.parse(row.data);
}

/** @throws AppError notFound */
export async function requireTask(context: MutationContext, id: TaskId): Promise<Task> {
  const task = await findTask(context, id);
  if (task === undefined) throw notFound("There is no such task here.");
  return task;
}

/** One that the caller may change, on a board in use. @throws AppError notFound, forbidden */
export async function requireWritableTask(context: MutationContext, id: TaskId): Promise<Task> {
  const task = await requireTask(context, id);
  await requireOpenBoard(context, task.boardId);
  await requireOwnTaskOfGuest(context, task);
  return task;
}

export async function tasksOf({ tx, scope }: MutationContext): Promise<Task[]> {
  return (await tx.list(scope, "task")).map((row) => taskSchema.parse(row.data));
}

/** Guests change what they made and what was given to them. @throws AppError forbidden */
async function requireOwnTaskOfGuest(context: MutationContext, task: Task): Promise<void> {
  const { kind, id } = parseScope(context.scope);
  const isTheirs =
    task.createdBy === context.personId || task.assigneeIds?.includes(context.personId) === true;
  if (kind !== "space" || isTheirs) return;
  const membership = await findMembership(context.tx, spaceIdSchema.parse(id), context.personId);
  if (membership?.role === "guest") throw forbidden("Guests change the tasks that they made or were given.");
}

/** Whoever made the board, and those who run the place. @throws AppError forbidden */
export async function requireRunBoard(context: MutationContext, board: Board): Promise<void> {
  if (board.createdBy === context.personId || (await runsPlace(context))) return;
  throw forbidden("Only whoever made the board and the animators of the space may do this.");
}

/** Tasks are given to people of the place. @throws AppError badRequest */
export async function requireAssignable(
  context: MutationContext,
  personIds: readonly PersonId[] | undefined,
): Promise<void> {
  if (personIds === undefined || personIds.length === 0) return;
  const { kind, id } = parseScope(context.scope);
  const members =
    kind === "space"
      ? new Set((await membersOf(context.tx, spaceIdSchema.parse(id))).map(({ personId }) => personId))
      : new Set([context.personId]);
  if (personIds.every((personId) => members.has(personId))) return;
  throw new AppError("badRequest", {
    title: "Not everybody whom it is given to is here",
    detail: "Tasks of a space are given to its members, those of one person to themselves.",
    pointer: "args.assigneeIds",
  });
}

/**
 * What it is a part of and what it waits for: there, and never in a circle. What it had before may be gone since.
 * @throws AppError badRequest
 */
export async function requireSoundRelations(
  context: MutationContext,
  task: Task,
  former?: Task,
): Promise<void> {
  const { parentId, blockedBy = [] } = task;
  if (parentId !== undefined && parentId !== former?.parentId) {
    const parent = await findTask(context, parentId);
    if (parent === undefined || parent.parentId !== undefined || parentId === task.id)
      throw unsound("parentId", "A task is a part of another one that is no part itself.");
    const hasParts = (await tasksOf(context)).some((each) => each.parentId === task.id);
    if (hasParts) throw unsound("parentId", "A task that has parts cannot be a part.");
  }
  const reached = new Set<TaskId>();
  const rest = [...blockedBy];
  for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
    if (id === task.id) throw unsound("blockedBy", "The tasks would wait for one another for ever.");
    if (reached.has(id)) continue;
    reached.add(id);
    const other = await findTask(context, id);
    if (other !== undefined) rest.push(...(other.blockedBy ?? []));
    else if (blockedBy.includes(id) && former?.blockedBy?.includes(id) !== true)
      throw unsound("blockedBy", "One of the tasks it would wait for is gone.");
  }
}

function unsound(field: string, detail: string): AppError {
  return new AppError("badRequest", {
    title: "These tasks cannot stand to each other so",
    detail,
    pointer: `args.${field}`,
  });
}

/** @throws AppError conflict */
export function requireRoom(count: number, kind: "boards" | "columns" | "tasks"): void {
  const most = { boards: MOST_BOARDS, columns: MOST_COLUMNS, tasks: MOST_TASKS }[kind];
  if (count < most) return;
  throw new AppError("conflict", {
    title: "There is no more room here",
    detail: `There may be ${most} ${kind}. Remove some that are archived.`,
  });
}
