import { CalendarCheck, Circle } from "lucide-react";
import { useId, useMemo } from "react";
import type { BoardColumn } from "#contract/entities/task.ts";
import { ownBoardId, type TaskId } from "#contract/ids.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { myTaskGroups } from "#contract/views/tasks.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { NOBODY, useReportProblem } from "#renderer/parts/use-commands.ts";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { BackToList } from "./back-to-list.tsx";
import { QuickAdd } from "./quick-add.tsx";
import { Assignees, TaskFacts } from "./task-facts.tsx";
import { TaskDetails } from "./task-details.tsx";
import { TasksDialogs } from "./tasks-dialogs.tsx";
import { useTasksStore } from "./tasks-store.ts";
import { boardPath, minePath } from "./tasks-route.ts";
import { boardName } from "./task-words.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";
import "./my-tasks.css";
import "./tasks.css";

type MyTask = QueryItem<"myTasks">;

interface MyTasksPageProps {
  open: { scope: Scope; taskId: TaskId } | null;
}

/** What I have to do, over all boards, and what I wait for. */
export function MyTasksPage({ open }: MyTasksPageProps) {
  const { t } = useTranslation();
  const isGuest = useSession((session) => session.me?.isGuest === true);
  const isReady = useSession((session) => session.isReady);
  const { items, info, status } = useLiveQuery("myTasks", {});
  const deeds = useTaskDeeds();
  const openDialog = useTasksStore((state) => state.openDialog);
  const groups = useMemo(() => Map.groupBy(items, ({ group }) => group), [items]);
  const lastOwn = items
    .filter(({ scope }) => parseScope(scope).kind === "person")
    .map(({ task }) => task.order)
    .toSorted()
    .at(-1);
  const isKnown = status === "ready" && isReady;
  return (
    <div className="tasks">
      <div className="tasks__main">
        <header className="tasks-head">
          <div className="tasks-head__row">
            <BackToList />
            <h2 className="tasks__title">{t("tasks.mine")}</h2>
            {isGuest || items.length === 0 ? null : (
              <div className="my-tasks-head__deeds">
                <Button onPress={() => openDialog({ kind: "planDay" })}>
                  <CalendarCheck size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
                  {t("tasks.plan.open")}
                </Button>
              </div>
            )}
          </div>
        </header>
        <div className="my-tasks">
          {isGuest ? null : (
            <QuickAdd
              label={t("tasks.addOwn")}
              onAdd={(task) => deeds.run(deeds.commands.createOwn(task, lastOwn ?? null))}
            />
          )}
          {!isKnown && items.length === 0 ? <SkeletonRows count={6} /> : null}
          {isKnown && items.length === 0 ? <EmptyState>{t("tasks.nothingToDo")}</EmptyState> : null}
          {myTaskGroups.map((group) => (
            <Group
              key={group}
              title={t(`tasks.group.${group}`)}
              isLate={group === "late"}
              tasks={groups.get(group) ?? []}
              people={info?.people ?? {}}
              openId={open?.taskId ?? null}
              onOpen={show}
            />
          ))}
        </div>
      </div>
      {open === null ? null : (
        <TaskDetails key={open.taskId} scope={open.scope} taskId={open.taskId} onClose={() => show(null)} />
      )}
      <TasksDialogs />
    </div>
  );
}

function show(view: MyTask | null): void {
  useView.getState().go("tasks", ...minePath(view === null ? null : { scope: view.scope, taskId: view.key }));
}

interface GroupProps {
  title: string;
  isLate: boolean;
  tasks: readonly MyTask[];
  people: Parameters<typeof Assignees>[0]["people"];
  openId: string | null;
  onOpen: (task: MyTask) => void;
}

function Group({ title, isLate, tasks, people, openId, onOpen }: GroupProps) {
  const id = useId();
  if (tasks.length === 0) return null;
  return (
    <section className="my-tasks__group" aria-labelledby={id}>
      <h3 id={id} className="my-tasks__title" data-late={isLate || undefined}>
        {title} <span className="my-tasks__count">{tasks.length}</span>
      </h3>
      <ul className="plain-list">
        {tasks.map((view) => (
          <Line
            key={view.key}
            view={view}
            people={people}
            isOpen={view.key === openId}
            onOpen={() => onOpen(view)}
          />
        ))}
      </ul>
    </section>
  );
}

interface LineProps {
  view: MyTask;
  people: GroupProps["people"];
  isOpen: boolean;
  onOpen: () => void;
}

function Line({ view, people, isOpen, onOpen }: LineProps) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const finish = useFinish();
  const { task, place, scope } = view;
  const isOwn = place.boardId === ownBoardId(me);
  const board = {
    id: place.boardId,
    name: place.boardName,
    createdBy: task.createdBy,
    createdAt: task.createdAt,
  };
  const where = isOwn
    ? ""
    : [place.space?.name ?? place.accountName ?? "", boardName(t, board, me)]
        .filter((name) => name !== "")
        .join(" · ");
  return (
    <li className="my-task" data-open={isOpen || undefined}>
      {view.canWrite ? (
        <IconButton
          icon={Circle}
          label={t("tasks.finish", { title: task.title })}
          onPress={() => void finish(view)}
        />
      ) : null}
      <button type="button" className="my-task__words" onClick={onOpen}>
        <span className="my-task__name">{task.title}</span>
        <span className="my-task__line">
          <TaskFacts view={view} />
          {view.group === "waiting" ? <Assignees task={task} people={people} /> : null}
        </span>
      </button>
      {where === "" ? null : (
        <a className="my-task__place" href={`#/tasks/${boardPath(scope, place.boardId).join("/")}`}>
          {where}
        </a>
      )}
    </li>
  );
}

/** The columns of its board are asked for when one of its tasks is finished. */
function useFinish() {
  const { t } = useTranslation();
  const client = useWorker();
  const deeds = useTaskDeeds();
  const report = useReportProblem();
  const say = useToasts((state) => state.show);
  return async (view: MyTask): Promise<void> => {
    const { scope, task } = view;
    const board = await client.once("board", { scope, boardId: task.boardId });
    const columns: readonly BoardColumn[] = board.info?.columns ?? [];
    const column = columns.find(({ meaning }) => meaning === "done");
    if (column === undefined) {
      say({ tone: "plain", text: t("tasks.noDoneColumn") });
      return;
    }
    const done = await deeds.commands.place(view, {
      boardId: task.boardId,
      columnId: column.id,
      order: task.order,
    });
    if (!done.ok) {
      report(done.error);
      return;
    }
    const run = () => void deeds.run(deeds.commands.place(view, task));
    const text = t("tasks.finished", { title: task.title });
    say({ tone: "plain", text, action: { label: t("action.undo"), run } });
  };
}
