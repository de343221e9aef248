import { create } from "zustand";
import { z } from "zod";
import type { Board, BoardColumn, Task } from "#contract/entities/task.ts";
import type { PersonId } from "#contract/ids.ts";
import { isRemote, type Scope } from "#contract/scope.ts";
import type { BoardSummary, TaskView } from "#contract/views/tasks.ts";

export const boardViews = ["board", "list", "calendar", "timeline", "workload"] as const;
export type BoardView = (typeof boardViews)[number];

export const laneKinds = ["none", "person", "label", "priority"] as const;
export type LaneBy = (typeof laneKinds)[number];

export const dueFilters = ["late", "today", "week", "none"] as const;

/** What is left of the tasks of a board; all given conditions hold. */
export interface TaskFilter {
  text: string;
  personId: PersonId | "nobody" | null;
  labelId: string | null;
  priority: NonNullable<Task["priority"]> | null;
  due: (typeof dueFilters)[number] | null;
}

export const NO_FILTER: TaskFilter = { text: "", personId: null, labelId: null, priority: null, due: null };

export type TasksDialog =
  | { kind: "newBoard"; scope: Scope | null }
  | { kind: "board"; summary: BoardSummary }
  | { kind: "removeBoard"; summary: BoardSummary }
  | { kind: "column"; scope: Scope; board: Board; column: BoardColumn | null; last: string | null }
  | { kind: "removeColumn"; scope: Scope; column: BoardColumn; others: readonly BoardColumn[]; count: number }
  | { kind: "labels"; summary: BoardSummary }
  | { kind: "assign"; tasks: readonly TaskView[] }
  | { kind: "archive"; summary: BoardSummary }
  | { kind: "removeTask"; task: TaskView }
  | { kind: "import"; scope: Scope | null }
  | { kind: "planDay" };

const preferencesSchema = z.object({
  view: z.enum(boardViews).catch("board"),
  lanes: z.enum(laneKinds).catch("none"),
});
type Preferences = z.infer<typeof preferencesSchema>;

interface TasksState extends Preferences {
  /** Of the board that is open. */
  filter: TaskFilter;
  dialog: TasksDialog | null;
  setView: (view: BoardView) => void;
  setLanes: (lanes: LaneBy) => void;
  setFilter: (changes: Partial<TaskFilter>) => void;
  openDialog: (dialog: TasksDialog | null) => void;
}

const KEY = "parvis.tasks";

function readPreferences(): Preferences {
  const written = globalThis.localStorage?.getItem(KEY) ?? "{}";
  try {
    return preferencesSchema.parse(JSON.parse(written));
  } catch {
    return preferencesSchema.parse({});
  }
}

/** What stands on the screen of the module; boards and tasks themselves are rows. */
export const useTasksStore = create<TasksState>((set, get) => {
  const prefer = (changes: Partial<Preferences>) => {
    set(changes);
    const { view, lanes } = get();
    localStorage.setItem(KEY, JSON.stringify({ view, lanes }));
  };
  return {
    ...readPreferences(),
    filter: NO_FILTER,
    dialog: null,
    setView: (view) => prefer({ view }),
    setLanes: (lanes) => prefer({ lanes }),
    setFilter: (changes) => set(({ filter }) => ({ filter: { ...filter, ...changes } })),
    openDialog: (dialog) => set({ dialog }),
  };
});

/** How a board of that place can be shown: one's own work elsewhere is nobody's load. */
export function viewsOf(scope: Scope): readonly BoardView[] {
  return isRemote(scope) ? boardViews.filter((view) => view !== "workload") : boardViews;
}

/** As it was shown last, where that can be. */
export function useBoardView(scope: Scope): BoardView {
  const view = useTasksStore((state) => state.view);
  return viewsOf(scope).includes(view) ? view : "board";
}
