import { taskMutations as m } from "#contract/commands/tasks.ts";
import { bind, type BoundHandler } from "./bind.ts";
import {
  archiveBoard,
  createBoard,
  createColumn,
  moveColumn,
  removeBoard,
  removeColumn,
  unarchiveBoard,
  updateBoard,
  updateColumn,
} from "./board.ts";
import {
  archiveTask,
  createTask,
  discussTask,
  moveTask,
  removeChecklistItem,
  removeTask,
  setChecklistItem,
  unarchiveTask,
  unwatchTask,
  updateTask,
  watchTask,
} from "./task.ts";

export const taskHandlers: Record<keyof typeof m, BoundHandler> = {
  "board.create": bind(m["board.create"], createBoard),
  "board.update": bind(m["board.update"], updateBoard),
  "board.archive": bind(m["board.archive"], archiveBoard),
  "board.unarchive": bind(m["board.unarchive"], unarchiveBoard),
  "board.remove": bind(m["board.remove"], removeBoard),
  "boardColumn.create": bind(m["boardColumn.create"], createColumn),
  "boardColumn.update": bind(m["boardColumn.update"], updateColumn),
  "boardColumn.move": bind(m["boardColumn.move"], moveColumn),
  "boardColumn.remove": bind(m["boardColumn.remove"], removeColumn),
  "task.create": bind(m["task.create"], createTask),
  "task.update": bind(m["task.update"], updateTask),
  "task.move": bind(m["task.move"], moveTask),
  "task.archive": bind(m["task.archive"], archiveTask),
  "task.unarchive": bind(m["task.unarchive"], unarchiveTask),
  "task.remove": bind(m["task.remove"], removeTask),
  "taskChecklist.set": bind(m["taskChecklist.set"], setChecklistItem),
  "taskChecklist.remove": bind(m["taskChecklist.remove"], removeChecklistItem),
  "task.watch": bind(m["task.watch"], watchTask),
  "task.unwatch": bind(m["task.unwatch"], unwatchTask),
  "task.discuss": bind(m["task.discuss"], discussTask),
};
