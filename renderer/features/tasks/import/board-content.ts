import type { Board, BoardColumn, ChecklistItem, Task } from "#contract/entities/task.ts";

/** What of a board is exported; `tasks` that are not to be in it are left out before. */
export interface BoardContent {
  readonly board: Pick<Board, "name" | "labels">;
  readonly columns: readonly BoardColumn[];
  readonly tasks: readonly Task[];
}

export interface PlacedTask {
  readonly task: Task;
  readonly column: BoardColumn | undefined;
}

function byOrder(one: { order: string; id: string }, other: { order: string; id: string }): number {
  if (one.order !== other.order) return one.order < other.order ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** Column by column as they stand on the board, then those whose column is not there; without templates. */
export function tasksInOrder({ columns, tasks }: BoardContent): PlacedTask[] {
  const shown = tasks.filter(({ isTemplate }) => isTemplate !== true).toSorted(byOrder);
  const grouped = Map.groupBy(shown, ({ columnId }) => columnId);
  const known = columns
    .toSorted(byOrder)
    .flatMap((column) => (grouped.get(column.id) ?? []).map((task) => ({ task, column })));
  const ids = new Set(columns.map(({ id }) => id));
  const lost = shown.filter(({ columnId }) => !ids.has(columnId));
  return [...known, ...lost.map((task) => ({ task, column: undefined }))];
}

export function labelNamesOf({ labels = [] }: BoardContent["board"], { labelIds = [] }: Task): string[] {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  return labelIds.flatMap((id) => names.get(id) ?? []);
}

/** A line an item: `[x] text`. */
export function checklistLines(items: readonly ChecklistItem[] = []): string[] {
  return items.toSorted(byOrder).map(({ text, isDone }) => `[${isDone ? "x" : " "}] ${text}`);
}
