import type { Row } from "#contract/collections.ts";
import { mutations, type MutationArgs, type MutationName } from "#contract/mutations.ts";
import {
  boardSchema,
  boardSettingsSchema,
  taskSchema,
  taskSettingsSchema,
  type Board,
  type BoardColumn,
  type ChecklistItem,
  type Task,
} from "#contract/entities/task.ts";
import { ownBoardId, ownColumnId, type BoardId, type PersonId, type TaskId } from "#contract/ids.ts";
import type { Pending, RefusedWrite } from "#contract/views/message-view.ts";
import { isFailed, pendingOf } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";

export interface LaidTask {
  task: Task;
  pending: Pending | null;
  refused: readonly RefusedWrite[];
}

export interface TaskRows {
  boards: readonly Row<"board">[];
  columns: readonly Row<"boardColumn">[];
  tasks: readonly Row<"task">[];
}

/** Boards and tasks of one place with the waiting writes laid over, one after another, as the server will carry them out. */
export class TaskOverlay {
  readonly boards = new Map<string, Board>();
  readonly columns = new Map<string, BoardColumn>();
  readonly tasks = new Map<string, LaidTask>();
  /** The latest write about a board or its columns. */
  readonly boardPending = new Map<string, Pending>();
  readonly #me: PersonId;
  readonly #ordered = new Map<string, BoardColumn[]>();

  constructor(rows: TaskRows, entries: readonly OutboxEntry[], me: PersonId) {
    this.#me = me;
    for (const board of rows.boards) this.boards.set(board.id, board);
    for (const column of rows.columns) this.columns.set(column.id, column);
    for (const task of rows.tasks) this.tasks.set(task.id, { task, pending: null, refused: [] });
    for (const entry of entries) this.#lay(entry);
  }

  columnsOf(boardId: string): readonly BoardColumn[] {
    const known = this.#ordered.get(boardId);
    if (known !== undefined) return known;
    const columns = [...this.columns.values()].filter((column) => column.boardId === boardId);
    columns.sort(byOrder);
    this.#ordered.set(boardId, columns);
    return columns;
  }

  /** Where it stands; a column that is gone counts as the first. */
  columnOf(task: Pick<Task, "boardId" | "columnId">): BoardColumn | undefined {
    const column = this.columns.get(task.columnId);
    return column?.boardId === task.boardId ? column : this.columnsOf(task.boardId)[0];
  }

  #lay(entry: OutboxEntry): void {
    const { mutation } = entry;
    const name = nameOf(mutation.name);
    if (name === undefined) return;
    if (isFailed(entry)) {
      this.#refuse(entry);
      return;
    }
    const lay = laws[name];
    lay(this.#context(entry), mutation.args);
    this.#ordered.clear();
  }

  #refuse(entry: OutboxEntry): void {
    const { mutation, status, problem, current } = entry;
    const id = mutation.args["taskId"] ?? mutation.args["id"];
    const laid = typeof id === "string" ? this.tasks.get(id) : undefined;
    const made = mutation.name === "task.create" ? madeTask(mutation.args, entry, this.#me) : undefined;
    const base = laid ?? (made === undefined ? undefined : { task: made, pending: null, refused: [] });
    if (base === undefined || (status !== "conflict" && status !== "rejected")) return;
    const refused: RefusedWrite = {
      mutationId: mutation.id,
      name: mutation.name,
      args: mutation.args,
      status,
      problem,
      madeAt: mutation.madeAt,
      current: current?.data ?? null,
    };
    this.tasks.set(base.task.id, { ...base, refused: [...base.refused, refused] });
  }

  #context(entry: OutboxEntry): LayContext {
    return {
      overlay: this,
      me: this.#me,
      entry,
      change: (id, change) => {
        const laid = this.tasks.get(id);
        if (laid !== undefined)
          this.tasks.set(id, { ...laid, task: change(laid.task), pending: pendingOf(entry) });
      },
    };
  }
}

export function byOrder(a: { order: string; id: string }, b: { order: string; id: string }): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

interface LayContext {
  overlay: TaskOverlay;
  me: PersonId;
  entry: OutboxEntry;
  change: (id: TaskId, change: (task: Task) => Task) => void;
}

type TaskMutation = Extract<MutationName, `board.${string}` | `boardColumn.${string}` | `task${string}`>;
type Law = (context: LayContext, args: unknown) => void;

function law<N extends TaskMutation>(
  name: N,
  lay: (context: LayContext, args: MutationArgs<N>) => void,
): Law {
  return (context, args) => {
    const parsed = mutations[name].safeParse(args);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this name was asked
    if (parsed.success) lay(context, parsed.data as MutationArgs<N>);
  };
}

const laws: Record<TaskMutation, Law> = {
  "board.create": law("board.create", (context, { columns, ...settings }) => {
    const { me, entry, overlay } = context;
    const board = { ...settings, createdBy: me, createdAt: entry.mutation.madeAt };
    putBoard(context, boardSchema.parse(board));
    for (const column of columns) overlay.columns.set(column.id, { ...column, boardId: settings.id });
  }),
  "board.update": law("board.update", (context, { id, changes }) => {
    changeBoard(context, id, (board) => withChanges(board, changes, Object.keys(boardSettingsSchema.shape)));
  }),
  "board.archive": law("board.archive", (context, { id }) => {
    const archivedAt = context.entry.mutation.madeAt;
    changeBoard(context, id, (board) => ({ archivedAt, ...board }));
  }),
  "board.unarchive": law("board.unarchive", (context, { id }) => {
    changeBoard(context, id, ({ archivedAt: _archivedAt, ...board }) => board);
  }),
  "board.remove": law("board.remove", ({ overlay }, { id }) => {
    overlay.boards.delete(id);
    for (const [taskId, { task }] of overlay.tasks) if (task.boardId === id) overlay.tasks.delete(taskId);
  }),
  "boardColumn.create": law("boardColumn.create", (context, column) => {
    context.overlay.columns.set(column.id, column);
    markBoard(context, column.boardId);
  }),
  "boardColumn.update": law("boardColumn.update", (context, { id, boardId, changes }) => {
    const column = context.overlay.columns.get(id);
    if (column === undefined) return;
    const changed = withChanges(column, changes, ["name", "meaning", "limit"]);
    context.overlay.columns.set(id, changed);
    markBoard(context, boardId);
    for (const { task } of context.overlay.tasks.values())
      if (task.columnId === id) context.change(task.id, (each) => standing(context, each, changed));
  }),
  "boardColumn.move": law("boardColumn.move", (context, { id, boardId, order }) => {
    const column = context.overlay.columns.get(id);
    if (column !== undefined) context.overlay.columns.set(id, { ...column, order });
    markBoard(context, boardId);
  }),
  "boardColumn.remove": law("boardColumn.remove", (context, { id, boardId, intoId }) => {
    const into = context.overlay.columns.get(intoId);
    if (into === undefined) return;
    context.overlay.columns.delete(id);
    markBoard(context, boardId);
    for (const { task } of context.overlay.tasks.values())
      if (task.columnId === id) context.change(task.id, (each) => standing(context, each, into));
  }),
  "task.create": law("task.create", (context, args) => {
    const { overlay, entry, me } = context;
    const task = madeTask(args, entry, me);
    if (task === undefined) return;
    makeOwnBoard(context, task.boardId);
    const column = overlay.columnOf(task);
    const placed = column === undefined ? task : standing(context, task, column);
    overlay.tasks.set(task.id, { task: placed, pending: pendingOf(entry), refused: [] });
  }),
  "task.update": law("task.update", (context, { id, changes }) => {
    context.change(id, (task) => withChanges(task, changes, Object.keys(taskSettingsSchema.shape)));
  }),
  "task.move": law("task.move", (context, { id, boardId, columnId, order }) => {
    const column = context.overlay.columnOf({ boardId, columnId });
    if (column === undefined) return;
    context.change(id, (task) => standing(context, { ...task, boardId, order }, column));
  }),
  "task.archive": law("task.archive", (context, { id }) => {
    const archivedAt = context.entry.mutation.madeAt;
    context.change(id, (task) => ({ ...task, archivedAt: task.archivedAt ?? archivedAt }));
  }),
  "task.unarchive": law("task.unarchive", (context, { id }) => {
    context.change(id, ({ archivedAt: _archivedAt, ...task }) => task);
  }),
  "task.remove": law("task.remove", ({ overlay }, { id }) => {
    overlay.tasks.delete(id);
    for (const [partId, { task }] of overlay.tasks) if (task.parentId === id) overlay.tasks.delete(partId);
  }),
  "taskChecklist.set": law("taskChecklist.set", (context, args) => {
    context.change(args.taskId, (task) => {
      const items = task.checklist ?? [];
      const before = items.find(({ id }) => id === args.id);
      const { text = before?.text, order = before?.order, isDone = before?.isDone ?? false } = args;
      if (text === undefined || order === undefined) return task;
      const item: ChecklistItem = { ...before, id: args.id, text, order, isDone };
      const others = items.filter(({ id }) => id !== args.id);
      return { ...task, checklist: [...others, item].toSorted(byOrder) };
    });
  }),
  "taskChecklist.remove": law("taskChecklist.remove", (context, { taskId, id }) => {
    context.change(taskId, (task) => ({
      ...task,
      checklist: (task.checklist ?? []).filter((item) => item.id !== id),
    }));
  }),
  "task.watch": law("task.watch", (context, { id }) => {
    const { me } = context;
    context.change(id, (task) => ({ ...task, watcherIds: [...new Set([...(task.watcherIds ?? []), me])] }));
  }),
  "task.unwatch": law("task.unwatch", (context, { id }) => {
    const { me } = context;
    context.change(id, (task) => ({
      ...task,
      watcherIds: (task.watcherIds ?? []).filter((personId) => personId !== me),
    }));
  }),
  // The thread is there once the server has begun it.
  "task.discuss": () => undefined,
};

function nameOf(name: string): TaskMutation | undefined {
  return isTaskMutation(name) ? name : undefined;
}

function isTaskMutation(name: string): name is TaskMutation {
  return Object.hasOwn(laws, name);
}

function madeTask(args: unknown, { mutation }: OutboxEntry, me: PersonId): Task | undefined {
  const parsed = mutations["task.create"].safeParse(args);
  if (!parsed.success) return undefined;
  return taskSchema.safeParse({ ...parsed.data, createdBy: me, createdAt: mutation.madeAt }).data;
}

/** As the server makes it with the first task. Its names are the server's from then on. */
function makeOwnBoard({ overlay, me, entry }: LayContext, boardId: BoardId): void {
  if (overlay.boards.has(boardId) || boardId !== ownBoardId(me)) return;
  const { madeAt } = entry.mutation;
  overlay.boards.set(boardId, { id: boardId, name: "Mes tâches", createdBy: me, createdAt: madeAt });
  const names = { todo: "À faire", doing: "En cours", done: "Terminé" } as const;
  for (const [index, meaning] of (["todo", "doing", "done"] as const).entries()) {
    const id = ownColumnId(me, meaning);
    overlay.columns.set(id, { id, boardId, name: names[meaning], meaning, order: `a${index}` });
  }
}

/** Finished where the column means done, begun anew elsewhere. */
function standing({ me, entry }: LayContext, task: Task, column: BoardColumn): Task {
  const { done, ...open } = { ...task, boardId: column.boardId, columnId: column.id };
  if (column.meaning !== "done") return open;
  return { ...open, done: done ?? { at: entry.mutation.madeAt, personId: me } };
}

/** Null stands for none. */
function withChanges<R extends object>(
  row: R,
  changes: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): R {
  const changed: R = { ...row };
  for (const field of fields) {
    if (!Object.hasOwn(changes, field)) continue;
    const value = changes[field];
    if (value === null || value === undefined) Reflect.deleteProperty(changed, field);
    else Reflect.set(changed, field, value);
  }
  return changed;
}

function changeBoard(context: LayContext, id: BoardId, change: (board: Board) => Board): void {
  const board = context.overlay.boards.get(id);
  if (board !== undefined) putBoard(context, change(board));
}

function putBoard(context: LayContext, board: Board): void {
  context.overlay.boards.set(board.id, board);
  markBoard(context, board.id);
}

function markBoard({ overlay, entry }: LayContext, id: BoardId): void {
  overlay.boardPending.set(id, pendingOf(entry));
}
