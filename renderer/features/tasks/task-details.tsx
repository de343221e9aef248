import { Bell, BellOff, Circle, CircleCheckBig, Ellipsis, X } from "lucide-react";
import { useState } from "react";
import type { TaskId } from "#contract/ids.ts";
import { isRemote, type Scope } from "#contract/scope.ts";
import type { QueryInfo } from "#contract/worker.ts";
import type { PlacedTask, TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { ObjectThread } from "#renderer/parts/object-thread.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { EmptyState, Note, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { TaskActivityList } from "./task-activity.tsx";
import { TaskChecklist } from "./task-checklist.tsx";
import { TaskDescription } from "./task-description.tsx";
import { TaskFields } from "./task-fields.tsx";
import { TaskLinks } from "./task-links.tsx";
import { TaskRefused } from "./task-refused.tsx";
import { columnName } from "./task-words.ts";
import { useDone } from "./use-done.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";
import { useTaskMenu } from "./use-task-menu.ts";
import "./task-details.css";

export type TaskInfo = QueryInfo<"task"> & { task: PlacedTask };

interface TaskDetailsProps {
  scope: Scope;
  taskId: TaskId;
  onClose: () => void;
}

/** One task with all that is known of it, beside the board; over it where the window is narrow. */
export function TaskDetails({ scope, taskId, onClose }: TaskDetailsProps) {
  const { t } = useTranslation();
  const { items: parts, info, status, problem } = useLiveQuery("task", { scope, taskId });
  const task = info?.task ?? null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from anywhere within
    <aside
      className="task-details"
      aria-label={t("tasks.details")}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      {problem === null ? null : <ProblemNote problem={problem} />}
      {info === null ? <SkeletonRows count={5} /> : null}
      {info !== null && task !== null ? (
        <OpenTask info={{ ...info, task }} parts={parts} onClose={onClose} />
      ) : null}
      {info !== null && task === null && status === "ready" ? (
        <>
          <div className="task-details__bar">
            <IconButton icon={X} label={t("tasks.closeDetails")} onPress={onClose} />
          </div>
          <EmptyState>{t("tasks.taskGone")}</EmptyState>
        </>
      ) : null}
    </aside>
  );
}

interface OpenTaskProps {
  info: TaskInfo;
  parts: readonly TaskView[];
  onClose: () => void;
}

function OpenTask({ info, parts, onClose }: OpenTaskProps) {
  const { t } = useTranslation();
  const { task: view, columns, board } = info;
  const { task, scope } = view;
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const deeds = useTaskDeeds();
  const done = useDone(columns);
  const menuOf = useTaskMenu({
    columns,
    spotIn: (column) => ({ column, present: [], beforeId: null }),
    open: null,
  });
  const isOpen = view.canWrite && board?.canWrite === true && task.archivedAt === undefined;
  const label = t("tasks.actionsOn", { title: task.title });
  const isDone = task.done !== undefined;
  // Of what lies elsewhere nothing is offered that its list cannot hold.
  const isElsewhere = isRemote(scope);
  return (
    <div className="task-details__body">
      <div className="task-details__bar">
        {isOpen && done.canFinish ? (
          <Button onPress={() => void done.toggle(view)}>
            {isDone ? (
              <CircleCheckBig size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            ) : (
              <Circle size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            )}
            {t(isDone ? "tasks.isDone" : "tasks.markDone")}
          </Button>
        ) : null}
        <span className="task-details__gap" />
        {view.place.space === null ? null : (
          <IconButton
            icon={info.isWatched ? BellOff : Bell}
            label={t(info.isWatched ? "tasks.unwatch" : "tasks.watch")}
            isPressed={info.isWatched}
            onPress={() => void deeds.run(deeds.commands.watch(view, !info.isWatched))}
          />
        )}
        <MenuButton
          label={label}
          commands={menuOf([view])}
          button={<IconButton icon={Ellipsis} label={label} />}
        />
        <IconButton icon={X} label={t("tasks.closeDetails")} onPress={onClose} />
      </div>
      {info.parent === null ? null : (
        <p className="task-details__line">{t("tasks.partOf", { title: info.parent.task.title })}</p>
      )}
      <TaskTitle key={task.title} view={view} isOpen={isOpen} />
      {task.archivedAt === undefined ? null : (
        <Note tone="plain">
          <p>{t("tasks.isArchived")}</p>
          {view.canWrite ? (
            <div className="note__actions">
              <Button onPress={() => void deeds.run(deeds.commands.unarchive(view))}>
                {t("tasks.unarchive")}
              </Button>
            </div>
          ) : null}
        </Note>
      )}
      {task.isTemplate === true ? (
        <Note tone="plain">
          <p>{t("tasks.isTemplate")}</p>
        </Note>
      ) : null}
      <TaskRefused view={view} />
      <div className="task-details__where">
        <SelectField
          label={t("tasks.fields.column")}
          value={columns.some(({ id }) => id === task.columnId) ? task.columnId : (columns[0]?.id ?? "")}
          isDisabled={!isOpen}
          options={columns.map((column) => ({ value: column.id, label: columnName(t, column, me) }))}
          onChange={(columnId) =>
            void deeds.run(deeds.commands.place(view, { boardId: task.boardId, columnId, order: task.order }))
          }
        />
      </div>
      <TaskFields info={info} isOpen={isOpen} />
      <TaskDescription key={task.description ?? ""} view={view} isOpen={isOpen} />
      {isElsewhere ? null : (
        <>
          <TaskChecklist view={view} isOpen={isOpen} />
          <TaskLinks info={info} parts={parts} isOpen={isOpen} />
        </>
      )}
      {view.place.space === null ? null : (
        <ObjectThread
          scope={scope}
          discussion={info.discussion}
          canWrite={board?.canWrite === true}
          begin={
            board?.canWrite === true && view.pending === null
              ? () => void deeds.run(deeds.commands.discuss(view))
              : null
          }
        />
      )}
      <TaskActivityList info={info} />
      {isElsewhere ? null : (
        <p className="task-details__line">
          {t("tasks.madeBy", { name: info.people[task.createdBy]?.displayName ?? "" })}{" "}
          <TimeWord iso={task.createdAt} form="full" />
        </p>
      )}
    </div>
  );
}

function TaskTitle({ view, isOpen }: { view: TaskView; isOpen: boolean }) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const [typed, setTyped] = useState(view.task.title);
  if (!isOpen) return <h2 className="task-details__title">{view.task.title}</h2>;
  const keep = () => {
    const title = typed.trim();
    if (title === "") setTyped(view.task.title);
    else if (title !== view.task.title) void deeds.change([view], { title });
  };
  return (
    <h2 className="task-details__title">
      <textarea
        className="task-details__name"
        aria-label={t("tasks.fields.title")}
        rows={1}
        maxLength={500}
        value={typed}
        onChange={(event) => setTyped(event.target.value.replaceAll("\n", " "))}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            event.currentTarget.blur();
          }
          if (event.key !== "Escape") return;
          event.preventDefault();
          setTyped(view.task.title);
        }}
      />
    </h2>
  );
}
