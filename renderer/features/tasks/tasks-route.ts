import { boardIdSchema, taskIdSchema, type BoardId, type PersonId, type TaskId } from "#contract/ids.ts";
import { parseScope, personScope, scopeSchema, type Scope } from "#contract/scope.ts";

/** Where one is in the module. The address says `own` and `space/ID`, not scopes: those name people. */
export type TasksPlace =
  | { kind: "mine"; open: { scope: Scope; taskId: TaskId } | null }
  /** `boardId` null: the one that the task is on. */
  | { kind: "board"; scope: Scope; boardId: BoardId | null; taskId: TaskId | null };

/** Stands for a board that is found by its task. */
const BY_TASK = "task";

/** `own/BOARD/TASK`, `space/ID/BOARD/TASK`, `remote/ID/BOARD/TASK`, `mine` and, with a task open beside it, `mine/own/TASK`, `mine/space/ID/TASK`… */
export function parseTasksPath(path: readonly string[], me: PersonId): TasksPlace {
  const [first, ...rest] = path;
  if (first === "mine") return { kind: "mine", open: openIn(rest, me) };
  const scope = scopeOf(first, rest[0], me);
  const [board, task] = first === "own" ? rest : rest.slice(1);
  const boardId = boardIdSchema.safeParse(board).data ?? null;
  const taskId = taskIdSchema.safeParse(task).data ?? null;
  if (scope === null || (boardId === null && taskId === null)) return { kind: "mine", open: null };
  return { kind: "board", scope, boardId, taskId };
}

function openIn([kind, ...rest]: readonly string[], me: PersonId): { scope: Scope; taskId: TaskId } | null {
  const scope = scopeOf(kind, rest[0], me);
  const taskId = taskIdSchema.safeParse(kind === "own" ? rest[0] : rest[1]).data;
  return scope === null || taskId === undefined ? null : { scope, taskId };
}

function scopeOf(kind: string | undefined, id: string | undefined, me: PersonId): Scope | null {
  if (kind === "own") return personScope(me);
  if (kind !== "space" && kind !== "remote") return null;
  return scopeSchema.safeParse(`${kind}:${id ?? ""}`).data ?? null;
}

export function boardPath(scope: Scope, boardId: string | null, taskId?: string): string[] {
  return [...placePath(scope), boardId ?? BY_TASK, ...(taskId === undefined ? [] : [taskId])];
}

export function minePath(open: { scope: Scope; taskId: string } | null): string[] {
  return open === null ? ["mine"] : ["mine", ...placePath(open.scope), open.taskId];
}

function placePath(scope: Scope): string[] {
  const { kind, id } = parseScope(scope);
  return kind === "space" || kind === "remote" ? [kind, id] : ["own"];
}
