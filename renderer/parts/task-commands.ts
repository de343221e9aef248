import { generateKeyBetween } from "fractional-indexing";
import type { MutationArgs } from "#contract/mutations.ts";
import type { Board, BoardColumn, ChecklistItem, ColumnMeaning, Task } from "#contract/entities/task.ts";
import {
  boardIdSchema,
  createId,
  messageIdSchema,
  ownBoardId,
  ownColumnId,
  taskIdSchema,
  type BoardId,
  type PersonId,
  type TaskId,
} from "#contract/ids.ts";
import { ok, type Result } from "#contract/result.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { RefusedWrite } from "#contract/views/message-view.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import { createWrite, type Mutated } from "./write.ts";

type Target = Pick<TaskView, "scope" | "task">;
type NewTask = Pick<
  MutationArgs<"task.create">,
  | "title"
  | "description"
  | "assigneeIds"
  | "startAt"
  | "dueAt"
  | "priority"
  | "labelIds"
  | "parentId"
  | "recurrence"
  | "checklist"
  | "source"
  | "attachments"
  | "estimateMinutes"
>;
type Changes<T> = { [F in keyof T]?: T[F] | null };
/** Fields that people change by the field; null takes a value away. */
export type TaskChanges = Changes<
  Pick<
    Task,
    | "title"
    | "description"
    | "assigneeIds"
    | "startAt"
    | "dueAt"
    | "priority"
    | "labelIds"
    | "parentId"
    | "blockedBy"
    | "estimateMinutes"
    | "attachments"
    | "recurrence"
    | "isTemplate"
  >
>;
type BoardChanges = Changes<Pick<Board, "name" | "description" | "emoji" | "labels">>;
type ColumnChanges = Changes<Pick<BoardColumn, "name" | "meaning" | "limit">>;

/** Where a task goes: behind `after` and before `before`, either null for an end. */
export interface Slot {
  boardId: BoardId;
  columnId: string;
  after: string | null;
  before: string | null;
}

/** What the person saw of the fields that they change. */
function base(seen: Readonly<Record<string, unknown>>, changes: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(changes).map((field) => [field, seen[field] ?? null]));
}

/** Everything that a person can do with boards and tasks; each is at once on disk, and shown. */
export function createTaskCommands(client: Pick<WorkerClient, "call">, me: PersonId) {
  const write = createWrite(client);
  return {
    async createBoard(
      scope: Scope,
      settings: Pick<Board, "name" | "description" | "emoji" | "labels">,
      columns: readonly { name: string; meaning: ColumnMeaning; limit?: number }[],
    ): Promise<Result<BoardId>> {
      const id = boardIdSchema.parse(createId());
      let order: string | null = null;
      const placed = columns.map((column) => {
        order = generateKeyBetween(order, null);
        return { id: createId(), ...column, order };
      });
      const made = await write("board.create", scope, { id, ...settings, columns: placed });
      return made.ok ? ok(id) : made;
    },
    changeBoard: (scope: Scope, board: Board, changes: BoardChanges) =>
      write("board.update", scope, { id: board.id, base: base(board, changes), changes }),
    archiveBoard: (scope: Scope, { id }: Board) => write("board.archive", scope, { id }),
    unarchiveBoard: (scope: Scope, { id }: Board) => write("board.unarchive", scope, { id }),
    removeBoard: (scope: Scope, { id }: Board) => write("board.remove", scope, { id }),
    addColumn: (scope: Scope, boardId: BoardId, column: Pick<BoardColumn, "name" | "meaning" | "order">) =>
      write("boardColumn.create", scope, { boardId, id: createId(), ...column }),
    changeColumn: (scope: Scope, column: BoardColumn, changes: ColumnChanges) => {
      const { id, boardId } = column;
      return write("boardColumn.update", scope, { id, boardId, base: base(column, changes), changes });
    },
    moveColumn: (scope: Scope, { id, boardId }: BoardColumn, order: string) =>
      write("boardColumn.move", scope, { id, boardId, order }),
    removeColumn: (scope: Scope, { id, boardId }: BoardColumn, intoId: string) =>
      write("boardColumn.remove", scope, { id, boardId, intoId }),

    async create(scope: Scope, slot: Slot, task: NewTask): Promise<Result<TaskId>> {
      const id = taskIdSchema.parse(createId());
      const { boardId, columnId } = slot;
      const args = { ...task, id, boardId, columnId, order: keyOf(slot) };
      const made = await write("task.create", scope, args);
      return made.ok ? ok(id) : made;
    },
    /** On the person's own board, which begins with its first task. */
    async createOwn(task: NewTask, after: string | null): Promise<Result<TaskId>> {
      const slot = { boardId: ownBoardId(me), columnId: ownColumnId(me, "todo"), after, before: null };
      return await this.create(personScope(me), slot, task);
    },
    /** A task like it, begun anew; a template makes a task. */
    async copy({ scope, task }: Target, slot: Slot): Promise<Result<TaskId>> {
      const { title, description, assigneeIds, priority, labelIds, estimateMinutes, attachments, checklist } =
        task;
      const copy: NewTask = {
        title,
        description,
        assigneeIds,
        priority,
        labelIds,
        estimateMinutes,
        attachments,
        checklist: checklist?.map(({ text, order }) => ({ id: createId(), text, order, isDone: false })),
      };
      return await this.create(scope, slot, copy);
    },
    change: ({ scope, task }: Target, changes: TaskChanges): Promise<Mutated> =>
      write("task.update", scope, { id: task.id, base: base(task, changes), changes }),
    move: ({ scope, task }: Target, slot: Slot) => {
      const { boardId, columnId } = slot;
      return write("task.move", scope, { id: task.id, boardId, columnId, order: keyOf(slot) });
    },
    /** Back to where it stood: to undo a move. */
    place: (
      { scope, task }: Target,
      { boardId, columnId, order }: Pick<Task, "boardId" | "columnId" | "order">,
    ) => write("task.move", scope, { id: task.id, boardId, columnId, order }),
    archive: ({ scope, task }: Target) => write("task.archive", scope, { id: task.id }),
    unarchive: ({ scope, task }: Target) => write("task.unarchive", scope, { id: task.id }),
    remove: ({ scope, task }: Target) => write("task.remove", scope, { id: task.id }),
    addItem: ({ scope, task }: Target, text: string) => {
      const order = generateKeyBetween(task.checklist?.at(-1)?.order ?? null, null);
      return write("taskChecklist.set", scope, { taskId: task.id, id: createId(), text, order });
    },
    changeItem: ({ scope, task }: Target, { id }: ChecklistItem, changes: Partial<ChecklistItem>) =>
      write("taskChecklist.set", scope, { taskId: task.id, ...changes, id }),
    removeItem: ({ scope, task }: Target, { id }: ChecklistItem) =>
      write("taskChecklist.remove", scope, { taskId: task.id, id }),
    watch: ({ scope, task }: Target, isWatched: boolean) =>
      write(isWatched ? "task.watch" : "task.unwatch", scope, { id: task.id }),
    discuss: ({ scope, task }: Target) =>
      write("task.discuss", scope, { id: task.id, messageId: messageIdSchema.parse(createId()) }),
    /** Into the inbox at that time; null: no longer. */
    remind({ scope, task }: Target, remindAt: IsoTime | null): Promise<Mutated> {
      const object = { kind: "row" as const, scope, collection: "task", id: task.id };
      return write("item.save", personScope(me), { object, excerpt: task.title.slice(0, 300), remindAt });
    },
    /** A write that was refused is given up. */
    giveUp: ({ mutationId }: RefusedWrite) => client.call("outbox.discard", { mutationId }),
    tryAgain: ({ mutationId }: RefusedWrite) => client.call("outbox.retry", { mutationId }),
    /** What the person wanted stands, whatever somebody else has made of the same fields. */
    insist: ({ mutationId, args, current }: RefusedWrite) => {
      const { changes } = args;
      const fields = typeof changes === "object" && changes !== null ? changes : {};
      return client.call("outbox.retry", { mutationId, changes: { base: base(current ?? {}, fields) } });
    },
  };
}

export type TaskCommands = ReturnType<typeof createTaskCommands>;

/** Two machines that put something into the same gap may give the same key: then it is put behind, as the view has it. */
function keyOf({ after, before }: Slot): string {
  return after !== null && before !== null && after >= before
    ? generateKeyBetween(after, null)
    : generateKeyBetween(after, before);
}
