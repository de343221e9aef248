import { Ellipsis, GripVertical } from "lucide-react";
import { useState, type MouseEvent } from "react";
import { Button as AriaButton, GridListItem } from "react-aria-components";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { ContextMenu, LazyMenuButton, type Command } from "#renderer/ui/menu.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import type { BoardInfo } from "./kanban-view.tsx";
import { LaterMenu } from "./later-menu.tsx";
import { Assignees, LabelChips, TaskFacts } from "./task-facts.tsx";

interface TaskCardProps {
  view: TaskView;
  info: BoardInfo;
  isOpen: boolean;
  canDrag: boolean;
  onOpen: () => void;
  commands: () => Command[];
}

export function TaskCard({ view, info, isOpen, canDrag, onOpen, commands }: TaskCardProps) {
  const { t } = useTranslation();
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const { task, meaning } = view;
  const label = t("tasks.actionsOn", { title: task.title });
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const isKeyboard = event.clientX === 0 && event.clientY === 0;
    setMenuAt(isKeyboard ? { x: box.left + 32, y: box.bottom } : { x: event.clientX, y: event.clientY });
  };
  return (
    <GridListItem
      id={view.key}
      textValue={task.title}
      className="task-card"
      data-done={meaning === "done" || undefined}
      data-open={isOpen || undefined}
      onAction={onOpen}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the same menu has a button */}
      <div className="task-card__body" onContextMenu={onContextMenu}>
        <LabelChips task={task} labels={info.summary.board.labels ?? []} />
        <span className="task-card__title">{task.title}</span>
        <span className="task-card__foot">
          <TaskFacts view={view} />
          <Assignees task={task} people={info.people} />
        </span>
        <span className="task-card__tools">
          {canDrag ? (
            <AriaButton
              slot="drag"
              className="task-card__grip"
              aria-label={t("tasks.dragOne", { title: task.title })}
            >
              <GripVertical size={14} strokeWidth={1.75} aria-hidden />
            </AriaButton>
          ) : null}
          <LazyMenuButton button={<IconButton icon={Ellipsis} label={label} />}>
            <LaterMenu commands={commands} label={label} />
          </LazyMenuButton>
        </span>
      </div>
      {menuAt === null ? null : (
        <ContextMenu at={menuAt} commands={commands()} label={label} onClose={() => setMenuAt(null)} />
      )}
    </GridListItem>
  );
}
