import { Columns3, Plus } from "lucide-react";
import { useState } from "react";
import type { BoardId, TaskId } from "#contract/ids.ts";
import { spaceScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { SpaceTabProps } from "#renderer/kit/space-tabs-context.tsx";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { BoardPage } from "./board-page.tsx";
import { useBoardPlaces } from "./place-field.tsx";
import { TasksDialogs } from "./tasks-dialogs.tsx";
import { useTasksStore } from "./tasks-store.ts";
import "./tasks.css";

/** The boards of a space on its own page. */
export function TasksTab({ spaceId }: SpaceTabProps) {
  const { t } = useTranslation();
  const scope = spaceScope(spaceId);
  const isReady = useSession((session) => session.isReady);
  const { items, status } = useLiveQuery("boards", { spaceId });
  const openDialog = useTasksStore((state) => state.openDialog);
  const places = useBoardPlaces();
  const [chosen, setChosen] = useState<BoardId | null>(null);
  const [taskId, setTaskId] = useState<TaskId | null>(null);
  const boards = items.filter(({ board }) => board.archivedAt === undefined);
  const current = boards.find(({ board }) => board.id === chosen) ?? boards[0];
  const canMake = places.some((place) => place.scope === scope);
  const create = canMake ? (
    <Button
      tone={boards.length === 0 ? "primary" : "quiet"}
      onPress={() => openDialog({ kind: "newBoard", scope })}
    >
      <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {t("tasks.newBoard")}
    </Button>
  ) : null;
  if (current === undefined) {
    if (status !== "ready" || !isReady) return <SkeletonRows count={4} />;
    return (
      <>
        <EmptyState action={create}>{t("tasks.noBoardsHere")}</EmptyState>
        <TasksDialogs />
      </>
    );
  }
  return (
    <div className="tasks-tab">
      <nav className="tasks-tab__boards" aria-label={t("tasks.boards")}>
        {boards.map(({ board }) => (
          <button
            key={board.id}
            type="button"
            className="tasks-tab__board"
            aria-current={board.id === current.board.id ? "page" : undefined}
            onClick={() => {
              setChosen(board.id);
              setTaskId(null);
            }}
          >
            {board.emoji === undefined ? (
              <Columns3 size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            ) : (
              <span aria-hidden>{board.emoji}</span>
            )}
            {board.name}
          </button>
        ))}
        {create}
      </nav>
      <BoardPage
        key={current.board.id}
        scope={scope}
        boardId={current.board.id}
        taskId={taskId}
        isEmbedded
        onOpen={setTaskId}
      />
    </div>
  );
}
