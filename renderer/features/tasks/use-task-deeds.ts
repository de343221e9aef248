import { create } from "zustand";
import { generateNKeysBetween } from "fractional-indexing";
import type { BoardColumn, Task } from "#contract/entities/task.ts";
import type { Result } from "#contract/result.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import type { TaskChanges, TaskCommands } from "#renderer/parts/task-commands.ts";
import { useTaskCommands } from "#renderer/parts/use-task-commands.ts";

type Tasks = readonly TaskView[];

/** Where tasks are put: into a column, before another one (null: behind all). */
export interface Spot {
  column: BoardColumn;
  /** All tasks of the column, in order. */
  present: Tasks;
  beforeId: string | null;
}

interface Undo {
  label: string;
  run: () => Promise<void>;
}

const MOST_UNDOS = 30;

const useUndos = create<{ undos: readonly Undo[] }>(() => ({ undos: [] }));

function remember(label: string, run: () => Promise<void>): Undo {
  const undo = { label, run };
  useUndos.setState(({ undos }) => ({ undos: [...undos.slice(1 - MOST_UNDOS), undo] }));
  return undo;
}

/** What a person does with tasks, each with its way back. */
export function useTaskDeeds() {
  const { t } = useTranslation();
  const commands = useTaskCommands();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);
  const announce = useToasts((state) => state.announce);

  const each = async (tasks: Tasks, deed: (task: TaskView) => Promise<Result<unknown>>): Promise<boolean> => {
    for (const task of tasks) {
      const result = await deed(task);
      if (result.ok) continue;
      report(result.error);
      return false;
    }
    return true;
  };
  const say = (text: string, run: () => Promise<void>) => {
    const undo = remember(text, run);
    const act = () => {
      useUndos.setState(({ undos }) => ({ undos: undos.filter((other) => other !== undo) }));
      void run();
    };
    show({ text, tone: "plain", action: { label: t("action.undo"), run: act } });
  };
  return {
    commands,
    /** Whether all of it was kept; what was not has been said. */
    each,
    /** The same of one write that is of no task. */
    run: async (result: Promise<Result<unknown>>): Promise<boolean> => {
      const kept = await result;
      if (!kept.ok) report(kept.error);
      return kept.ok;
    },
    put: async (tasks: Tasks, spot: Spot): Promise<void> => {
      if (!(await putAt(commands, each, tasks, spot))) return;
      const [first] = tasks;
      const text = t("tasks.moved", {
        count: tasks.length,
        title: first?.task.title,
        column: spot.column.name,
      });
      announce(text);
      remember(text, async () => {
        await each(tasks, (one) => commands.place(one, one.task));
      });
    },
    /** With a way back to what each had before. */
    change: async (tasks: Tasks, changes: TaskChanges, text?: string): Promise<void> => {
      if (!(await each(tasks, (one) => commands.change(one, changes)))) return;
      const back = async () => {
        await each(tasks, (one) => {
          const seen: Readonly<Record<string, unknown>> = one.task;
          const before = Object.fromEntries(
            Object.keys(changes).map((field) => [field, seen[field] ?? null]),
          );
          return commands.change({ ...one, task: changed(one.task, changes) }, before);
        });
      };
      if (text === undefined) remember(t("tasks.changed", { count: tasks.length }), back);
      else say(text, back);
    },
    archive: async (tasks: Tasks): Promise<void> => {
      if (!(await each(tasks, commands.archive))) return;
      say(t("tasks.archived", { count: tasks.length, title: tasks[0]?.task.title }), async () => {
        await each(tasks, commands.unarchive);
      });
    },
    undo: async (): Promise<void> => {
      const undo = useUndos.getState().undos.at(-1);
      if (undo === undefined) return;
      useUndos.setState(({ undos }) => ({ undos: undos.slice(0, -1) }));
      await undo.run();
      show({ text: t("tasks.undone", { what: undo.label }), tone: "plain" });
    },
  };
}

export type TaskDeeds = ReturnType<typeof useTaskDeeds>;

/** Keys between the neighbours that stay; what is moved does not count as one. */
async function putAt(
  commands: TaskCommands,
  each: TaskDeeds["each"],
  tasks: Tasks,
  { column, present, beforeId }: Spot,
): Promise<boolean> {
  const moved = new Set(tasks.map(({ task }) => task.id));
  const staying = present.filter(({ task }) => !moved.has(task.id));
  const at = beforeId === null ? -1 : staying.findIndex(({ task }) => task.id === beforeId);
  const index = at === -1 ? staying.length : at;
  const after = staying[index - 1]?.task.order ?? null;
  const before = staying[index]?.task.order ?? null;
  const keys = generateNKeysBetween(
    after,
    after !== null && before !== null && after >= before ? null : before,
    tasks.length,
  );
  const where = { boardId: column.boardId, columnId: column.id };
  return await each(tasks, (one) => {
    const order = keys[tasks.indexOf(one)] ?? one.task.order;
    return commands.place(one, { ...where, order });
  });
}

function changed(task: Task, changes: TaskChanges): Task {
  const next: Task = { ...task };
  for (const [field, value] of Object.entries(changes)) {
    if (value === null || value === undefined) Reflect.deleteProperty(next, field);
    else Reflect.set(next, field, value);
  }
  return next;
}
