import type { BoardSummary } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useTasksStore } from "./tasks-store.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** What was put away of a board: taken out again, or removed for good. */
export function ArchiveDialog({ summary, onClose }: { summary: BoardSummary; onClose: () => void }) {
  const { t } = useTranslation();
  const { commands, run } = useTaskDeeds();
  const openDialog = useTasksStore((state) => state.openDialog);
  const { scope, board } = summary;
  const { items, status } = useLiveQuery("archivedTasks", { scope, boardId: board.id });
  return (
    <Dialog title={t("tasks.archiveOf", { name: board.name })} onClose={onClose} isWide>
      <DialogBody>
        {items.length === 0 && status !== "ready" ? <SkeletonRows count={4} /> : null}
        {items.length === 0 && status === "ready" ? (
          <EmptyState>{t("tasks.nothingArchived")}</EmptyState>
        ) : null}
        <ul className="plain-list archive-list">
          {items.map((view) => (
            <li key={view.key} className="archive-list__row">
              <span className="archive-list__words">
                <span>{view.task.title}</span>
                {view.task.archivedAt === undefined ? null : (
                  <span className="task-details__line">
                    <TimeWord iso={view.task.archivedAt} form="full" />
                  </span>
                )}
              </span>
              {view.canWrite ? (
                <>
                  <Button onPress={() => void run(commands.unarchive(view))}>{t("tasks.unarchive")}</Button>
                  <Button tone="danger" onPress={() => openDialog({ kind: "removeTask", task: view })}>
                    {t("tasks.removeForGood")}
                  </Button>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      </DialogBody>
    </Dialog>
  );
}
