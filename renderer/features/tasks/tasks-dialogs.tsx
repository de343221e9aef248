import { isRemote } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { ArchiveDialog } from "./archive-dialog.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import { BoardDialog } from "./board-dialog.tsx";
import { ColumnDialog, RemoveColumnDialog } from "./column-dialogs.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { LabelsDialog } from "./labels-dialog.tsx";
import { PlanDayDialog } from "./plan-day/plan-day-dialog.tsx";
import { useTasksStore } from "./tasks-store.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** The one dialog that is open, if any. */
export function TasksDialogs() {
  const { t } = useTranslation();
  const dialog = useTasksStore((state) => state.dialog);
  const openDialog = useTasksStore((state) => state.openDialog);
  const { commands, run } = useTaskDeeds();
  const onClose = () => openDialog(null);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "planDay":
      return <PlanDayDialog onClose={onClose} />;
    case "newBoard":
      return <BoardDialog scope={dialog.scope} summary={null} onClose={onClose} />;
    case "board":
      return <BoardDialog scope={dialog.summary.scope} summary={dialog.summary} onClose={onClose} />;
    case "removeBoard": {
      const { scope, board } = dialog.summary;
      return (
        <ConfirmDialog
          title={t("tasks.removeBoardTitle", { name: board.name })}
          action={t("tasks.removeForGood")}
          onClose={onClose}
          onConfirm={() => {
            void run(commands.removeBoard(scope, board));
            useView.getState().go("tasks", "mine");
          }}
        >
          <p>{t("tasks.removeBoardText")}</p>
        </ConfirmDialog>
      );
    }
    case "column":
      return <ColumnDialog {...dialog} onClose={onClose} />;
    case "removeColumn":
      return <RemoveColumnDialog {...dialog} onClose={onClose} />;
    case "labels":
      return <LabelsDialog summary={dialog.summary} onClose={onClose} />;
    case "assign":
      return <AssignDialog tasks={dialog.tasks} onClose={onClose} />;
    case "archive":
      return <ArchiveDialog summary={dialog.summary} onClose={onClose} />;
    case "removeTask":
      return (
        <ConfirmDialog
          title={t("tasks.removeTitle", { title: dialog.task.task.title })}
          action={t("tasks.removeForGood")}
          onClose={onClose}
          onConfirm={() => void run(commands.remove(dialog.task))}
        >
          <p>{t(isRemote(dialog.task.scope) ? "tasks.removeRemoteText" : "tasks.removeText")}</p>
        </ConfirmDialog>
      );
    case "import":
      return <ImportDialog scope={dialog.scope} onClose={onClose} />;
  }
}
