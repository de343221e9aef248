import type { BoardColumn } from "#contract/entities/task.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** Finishing a task is moving it to where done is; beginning it anew, to where it begins. */
export function useDone(columns: readonly BoardColumn[]) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const show = useToasts((state) => state.show);
  return {
    /** False on a board on which nothing is ever done. */
    canFinish: columns.some(({ meaning }) => meaning === "done"),
    async toggle(view: TaskView): Promise<void> {
      const isDone = view.task.done !== undefined;
      const column = columns.find(({ meaning }) => (isDone ? meaning !== "done" : meaning === "done"));
      if (column === undefined) {
        show({ tone: "plain", text: t("tasks.noDoneColumn") });
        return;
      }
      const place = { boardId: column.boardId, columnId: column.id, order: view.task.order };
      if (!(await deeds.run(deeds.commands.place(view, place)))) return;
      const text = t(isDone ? "tasks.reopened" : "tasks.finished", { title: view.task.title });
      const run = () => void deeds.run(deeds.commands.place(view, view.task));
      show({ tone: "plain", text, action: { label: t("action.undo"), run } });
    },
  };
}
