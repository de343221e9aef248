import { useMemo, type KeyboardEvent } from "react";
import type { BoardId, TaskId } from "#contract/ids.ts";
import { ownBoardId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { AwayState, NotKeptLine } from "#renderer/parts/not-kept-note.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { useTaskCommands } from "#renderer/parts/use-task-commands.ts";
import { Note, EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { BoardCalendar } from "./board-calendar.tsx";
import { BoardHead } from "./board-head.tsx";
import { BoardTimeline } from "./board-timeline.tsx";
import { BoardWorkload } from "./board-workload.tsx";
import { BoardTable } from "./board-table.tsx";
import { filterTasks, isFiltered } from "./filter-tasks.ts";
import { KanbanView, type BoardContents } from "./kanban-view.tsx";
import { QuickAdd } from "./quick-add.tsx";
import { TaskDetails } from "./task-details.tsx";
import { boardPath } from "./tasks-route.ts";
import { useBoardView, useTasksStore } from "./tasks-store.ts";
import { TasksDialogs } from "./tasks-dialogs.tsx";
import { useTaskDeeds } from "./use-task-deeds.ts";
import "./tasks.css";

interface BoardPageProps {
  scope: Scope;
  boardId: BoardId;
  taskId: TaskId | null;
  /** Where it stands under another head: on a space's page. */
  isEmbedded?: boolean;
  onOpen?: (taskId: TaskId | null) => void;
}

/** A board: its tasks as cards, as a list or by day, and the one that is open beside them. */
export function BoardPage({ scope, boardId, taskId, isEmbedded = false, onOpen }: BoardPageProps) {
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const isSynced = useSession((session) => session.isReady);
  const { items, info, status, problem } = useLiveQuery("board", { scope, boardId });
  const filter = useTasksStore((state) => state.filter);
  const view = useBoardView(scope);
  const nowMs = useNow();
  const deeds = useTaskDeeds();
  const shown = useMemo(() => filterTasks(items, filter, nowMs), [items, filter, nowMs]);
  const show = (id: TaskId | null) => {
    if (onOpen !== undefined) onOpen(id);
    else useView.getState().go("tasks", ...boardPath(scope, boardId, id ?? undefined));
  };
  if (problem !== null) return <ProblemNote problem={problem} />;
  const summary = info?.summary ?? null;
  if (info === null || summary === null) {
    if (boardId === ownBoardId(me)) return <FirstOwnTask />;
    return status === "ready" && isSynced ? <BoardGone /> : <SkeletonRows count={5} />;
  }
  if (!summary.isHere) return <AwayState />;
  const contents: BoardContents = {
    info: { ...info, summary },
    all: items,
    shown,
    openId: taskId,
    open: (task: TaskView) => show(task.task.id),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.shiftKey) return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    void deeds.undo();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Ctrl+Z takes back from anywhere within
    <div className="tasks" onKeyDown={onKeyDown}>
      <div className="tasks__main">
        <BoardHead contents={contents} isEmbedded={isEmbedded} />
        {summary.isKept ? null : <NotKeptLine />}
        {summary.board.archivedAt === undefined ? null : <ArchivedNote contents={contents} />}
        {isFiltered(filter) && shown.length === 0 && items.length > 0 ? <NothingFound /> : null}
        {view === "board" ? <KanbanView {...contents} /> : null}
        {view === "list" ? <BoardTable {...contents} /> : null}
        {view === "calendar" ? <BoardCalendar {...contents} /> : null}
        {view === "timeline" ? <BoardTimeline {...contents} /> : null}
        {view === "workload" ? <BoardWorkload {...contents} /> : null}
      </div>
      {taskId === null ? null : (
        <TaskDetails key={taskId} scope={scope} taskId={taskId} onClose={() => show(null)} />
      )}
      <TasksDialogs />
    </div>
  );
}

function NothingFound() {
  const { t } = useTranslation();
  const setFilter = useTasksStore((state) => state.setFilter);
  return (
    <EmptyState
      action={
        <Button
          onPress={() => setFilter({ text: "", personId: null, labelId: null, priority: null, due: null })}
        >
          {t("tasks.filter.clear")}
        </Button>
      }
    >
      {t("tasks.filter.nothing")}
    </EmptyState>
  );
}

function ArchivedNote({ contents }: { contents: BoardContents }) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const { scope, board, canRun } = contents.info.summary;
  return (
    <Note tone="plain">
      <p>{t("tasks.boardIsArchived")}</p>
      {canRun ? (
        <div className="note__actions">
          <Button onPress={() => void deeds.run(deeds.commands.unarchiveBoard(scope, board))}>
            {t("tasks.unarchiveBoard")}
          </Button>
        </div>
      ) : null}
    </Note>
  );
}

function BoardGone() {
  const { t } = useTranslation();
  return <EmptyState>{t("tasks.boardGone")}</EmptyState>;
}

/** One's own board begins with its first task. */
function FirstOwnTask() {
  const { t } = useTranslation();
  const commands = useTaskCommands();
  const deeds = useTaskDeeds();
  return (
    <div className="tasks__first">
      <h2 className="tasks__title">{t("tasks.ownBoard")}</h2>
      <p className="tasks__hint">{t("tasks.ownHint")}</p>
      <QuickAdd
        label={t("tasks.addPlaceholder")}
        hasFocus
        onAdd={(task) => deeds.run(commands.createOwn(task, null))}
      />
    </div>
  );
}
