import { z } from "zod";
import {
  boardColumnSettingsSchema,
  boardSettingsSchema,
  checklistItemSchema,
  orderKeySchema,
  taskSchema,
  taskSettingsSchema,
} from "../entities/task.ts";
import { boardIdSchema, freshIdSchema, messageIdSchema, taskIdSchema } from "../ids.ts";

const board = z.looseObject({ id: boardIdSchema });
const column = z.looseObject({ id: freshIdSchema, boardId: boardIdSchema });
const task = z.looseObject({ id: taskIdSchema });

/** Values by field: null stands for none. */
const fields = z.record(z.string().max(64), z.unknown());
const changed = { base: fields, changes: fields };

const newColumn = z.looseObject({
  id: freshIdSchema,
  ...boardColumnSettingsSchema.shape,
  order: orderKeySchema,
});

/**
 * Boards and tasks. Scope: the board's (a space's, or a person's own).
 *
 * - Updates go by the field, as `space.update`: a field that changed since `base` conflicts, the others apply
 * - Moves never conflict: the last one that arrives decides where a task or column stands, and nothing else of it
 * - What goes into a column that is gone goes to the first of the board
 * - The checklist is written by the item: ticks of two people on two items both stand
 * - Archive, unarchive, remove, watch and unwatch twice are once
 */
export const taskMutations = {
  /** With its first columns: a board is never without. */
  "board.create": z.looseObject({
    id: boardIdSchema,
    ...boardSettingsSchema.shape,
    columns: z.array(newColumn).min(1).max(30),
  }),
  "board.update": z.looseObject({ id: boardIdSchema, ...changed }),
  "board.archive": board,
  "board.unarchive": board,
  /** For good, with columns and tasks: of a board that is archived. */
  "board.remove": board,
  "boardColumn.create": z.looseObject({ boardId: boardIdSchema, ...newColumn.shape }),
  "boardColumn.update": z.looseObject({ ...column.shape, ...changed }),
  "boardColumn.move": z.looseObject({ ...column.shape, order: orderKeySchema }),
  /** Its tasks go to `intoId`, behind those that stand there. The last column cannot be removed. */
  "boardColumn.remove": z.looseObject({ ...column.shape, intoId: freshIdSchema }),
  /** On `ownBoardId` of the caller the board is made when it is not there yet, with the columns of `ownColumnId`. */
  "task.create": z.looseObject({
    id: taskIdSchema,
    boardId: boardIdSchema,
    columnId: freshIdSchema,
    order: orderKeySchema,
    ...taskSettingsSchema.shape,
    checklist: taskSchema.shape.checklist,
    source: taskSchema.shape.source,
  }),
  "task.update": z.looseObject({ id: taskIdSchema, ...changed }),
  "task.move": z.looseObject({
    id: taskIdSchema,
    boardId: boardIdSchema,
    columnId: freshIdSchema,
    order: orderKeySchema,
  }),
  "task.archive": task,
  "task.unarchive": task,
  /** For good, with its parts: of a task that is archived. */
  "task.remove": task,
  /** Adds the item, or writes what is given of one that is there. */
  "taskChecklist.set": z.looseObject({
    taskId: taskIdSchema,
    id: freshIdSchema,
    text: checklistItemSchema.shape.text.optional(),
    isDone: z.boolean().optional(),
    order: orderKeySchema.optional(),
  }),
  "taskChecklist.remove": z.looseObject({ taskId: taskIdSchema, id: freshIdSchema }),
  "task.watch": task,
  "task.unwatch": task,
  /** As `libraryItem.discuss`. */
  "task.discuss": z.looseObject({ id: taskIdSchema, messageId: messageIdSchema }),
} as const;
