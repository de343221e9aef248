import { useEffect } from "react";
import type { TaskId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { BoardListView } from "./board-list-view.tsx";
import { BoardPage } from "./board-page.tsx";
import { MyTasksPage } from "./my-tasks-page.tsx";
import { boardPath, parseTasksPath } from "./tasks-route.ts";
import { NO_FILTER, useTasksStore } from "./tasks-store.ts";

/** The list pane of the module. */
export function TasksList() {
  return <BoardListView />;
}

/** The content pane: a board, or what the reader has to do on all of them. */
export function TasksContent() {
  const path = useView((state) => state.path);
  const me = useSession((session) => session.me?.id ?? null);
  if (me === null) return null;
  const place = parseTasksPath(path, me);
  if (place.kind === "mine") return <MyTasksPage open={place.open} />;
  const { scope, boardId, taskId } = place;
  if (boardId === null) return taskId === null ? null : <BoardOfTask scope={scope} taskId={taskId} />;
  return <Board key={boardId} scope={scope} boardId={boardId} taskId={taskId} />;
}

function Board(props: Parameters<typeof BoardPage>[0]) {
  const setFilter = useTasksStore((state) => state.setFilter);
  // Another board has other people and labels.
  useEffect(() => setFilter(NO_FILTER), [setFilter]);
  return <BoardPage {...props} />;
}

/** A link names the task: where it stands by now is looked up. */
function BoardOfTask({ scope, taskId }: { scope: Scope; taskId: TaskId }) {
  const { t } = useTranslation();
  const isReady = useSession((session) => session.isReady);
  const { info, status } = useLiveQuery("task", { scope, taskId });
  const boardId = info?.task?.place.boardId ?? null;
  useEffect(() => {
    if (boardId !== null) useView.getState().go("tasks", ...boardPath(scope, boardId, taskId));
  }, [scope, boardId, taskId]);
  if (boardId !== null || status !== "ready" || !isReady) return <SkeletonRows count={5} />;
  return <EmptyState>{t("tasks.taskGone")}</EmptyState>;
}
