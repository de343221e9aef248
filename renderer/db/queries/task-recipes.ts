import { taskQueries as q } from "#contract/views/tasks.ts";
import { recipe, type Recipe } from "./recipe.ts";
import { createBoardQuery, createBoardsQuery, createTaskQuery } from "./task-boards.ts";
import { createArchivedTasksQuery, createMyTasksQuery, createTaskSearchQuery } from "./task-lists.ts";

export const taskRecipes: Record<keyof typeof q, Recipe> = {
  boards: recipe(q.boards.args, createBoardsQuery),
  board: recipe(q.board.args, createBoardQuery),
  task: recipe(q.task.args, createTaskQuery),
  myTasks: recipe(q.myTasks.args, createMyTasksQuery),
  archivedTasks: recipe(q.archivedTasks.args, createArchivedTasksQuery),
  taskSearch: recipe(q.taskSearch.args, createTaskSearchQuery),
};
