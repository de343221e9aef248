import { ArrowDown, ArrowUp, Circle, CircleCheckBig, Ellipsis } from "lucide-react";
import { useMemo, useState } from "react";
import { Virtualizer } from "virtua";
import { isRemote } from "#contract/scope.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { CommandMenu, LazyMenuButton, type Command } from "#renderer/ui/menu.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import type { BoardContents } from "./kanban-view.tsx";
import { LaterMenu } from "./later-menu.tsx";
import { QuickAdd } from "./quick-add.tsx";
import { Assignees, DueMark, LabelChips, PriorityMark, TaskFacts } from "./task-facts.tsx";
import { columnName, priorityRank } from "./task-words.ts";
import { useDone } from "./use-done.ts";
import { useTaskDeeds, type Spot } from "./use-task-deeds.ts";
import { useTaskMenu } from "./use-task-menu.ts";
import "./board-table.css";

const sortKeys = ["place", "title", "column", "due", "priority"] as const;
type SortKey = (typeof sortKeys)[number];

/** The same tasks as lines, sorted as wanted; several are chosen and changed together. */
export function BoardTable(contents: BoardContents) {
  const { t } = useTranslation();
  const { info, all, shown, open, openId } = contents;
  const { summary, columns } = info;
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const deeds = useTaskDeeds();
  const [sort, setSort] = useState<{ by: SortKey; isDescending: boolean }>({
    by: "place",
    isDescending: false,
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const sorted = useMemo(() => sortTasks(shown, sort.by, sort.isDescending), [shown, sort]);
  const selected = all.filter(({ key }) => chosen.has(key));
  const spotIn = (column: Spot["column"]): Spot => ({
    column,
    present: all.filter(({ task }) => task.columnId === column.id),
    beforeId: null,
  });
  const menuOf = useTaskMenu({ columns, spotIn, open });
  const bulkOf = useTaskMenu({ columns, spotIn, open: null });
  const toggle = (key: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const isAll = shown.length > 0 && shown.every(({ key }) => chosen.has(key));
  const first = columns[0];
  const headOf = (by: SortKey) => {
    const isOn = sort.by === by;
    const Icon = sort.isDescending ? ArrowDown : ArrowUp;
    return (
      <div
        role="columnheader"
        className={`task-table__${by}`}
        aria-sort={isOn ? (sort.isDescending ? "descending" : "ascending") : "none"}
      >
        <button
          type="button"
          className="task-table__sort"
          onClick={() => setSort({ by, isDescending: isOn && !sort.isDescending })}
        >
          {t(`tasks.table.${by}`)}
          {isOn ? <Icon size={14} strokeWidth={1.75} aria-hidden /> : null}
        </button>
      </div>
    );
  };
  return (
    <div className="task-table">
      {summary.canWrite && first !== undefined ? (
        <div className="task-table__add">
          <QuickAdd
            label={t("tasks.addPlaceholder")}
            onAdd={(task) => {
              const after = spotIn(first).present.at(-1)?.task.order ?? null;
              const slot = { boardId: first.boardId, columnId: first.id, after, before: null };
              return deeds.run(deeds.commands.create(summary.scope, slot, task));
            }}
          />
        </div>
      ) : null}
      {selected.length === 0 ? null : (
        <div className="task-table__bulk" role="toolbar" aria-label={t("tasks.bulk")}>
          <span role="status">{t("tasks.chosen", { count: selected.length })}</span>
          <LazyMenuButton button={<Button>{t("tasks.bulkActions")}</Button>}>
            <CommandMenu commands={bulkOf(selected)} label={t("tasks.bulkActions")} />
          </LazyMenuButton>
          <Button tone="quiet" onPress={() => setChosen(new Set())}>
            {t("tasks.chooseNone")}
          </Button>
        </div>
      )}
      <div
        className="task-table__frame"
        role="table"
        data-own={isRemote(summary.scope) || undefined}
        aria-label={t("tasks.tableOf", { name: summary.board.name })}
        aria-rowcount={sorted.length + 1}
      >
        <div role="row" className="task-table__row task-table__head">
          <div role="columnheader" className="task-table__check">
            <input
              type="checkbox"
              aria-label={t("tasks.chooseAll")}
              checked={isAll}
              disabled={shown.length === 0}
              onChange={() => setChosen(isAll ? new Set() : new Set(shown.map(({ key }) => key)))}
            />
          </div>
          {headOf("title")}
          {headOf("column")}
          {headOf("due")}
          {headOf("priority")}
          <div role="columnheader" className="task-table__people">
            {t("tasks.assignees")}
          </div>
          <div role="columnheader" className="task-table__menu">
            <span className="visually-hidden">{t("tasks.actions")}</span>
          </div>
        </div>
        {sorted.length === 0 ? <EmptyState>{t("tasks.nothingHere")}</EmptyState> : null}
        <Virtualizer>
          {sorted.map((view, index) => (
            <TableRow
              key={view.key}
              view={view}
              index={index + 2}
              contents={contents}
              column={columns.find(({ id }) => id === view.task.columnId) ?? first}
              columnLabel={(column) => columnName(t, column, me)}
              isChosen={chosen.has(view.key)}
              isOpen={view.key === openId}
              onToggle={() => toggle(view.key)}
              commands={() => menuOf([view])}
            />
          ))}
        </Virtualizer>
      </div>
    </div>
  );
}

interface TableRowProps {
  view: TaskView;
  index: number;
  contents: BoardContents;
  column: Spot["column"] | undefined;
  columnLabel: (column: Spot["column"]) => string;
  isChosen: boolean;
  isOpen: boolean;
  onToggle: () => void;
  commands: () => Command[];
}

function TableRow(props: TableRowProps) {
  const { view, index, contents, column, columnLabel, isChosen, isOpen, onToggle, commands } = props;
  const { t } = useTranslation();
  const { info, open } = contents;
  const { task } = view;
  const done = useDone(info.columns);
  const label = t("tasks.actionsOn", { title: task.title });
  return (
    <div
      role="row"
      aria-rowindex={index}
      className="task-table__row"
      data-open={isOpen || undefined}
      data-done={task.done !== undefined || undefined}
    >
      <div role="cell" className="task-table__check">
        <input
          type="checkbox"
          aria-label={t("tasks.choose", { title: task.title })}
          checked={isChosen}
          onChange={onToggle}
        />
      </div>
      <div role="cell" className="task-table__title">
        {view.canWrite ? (
          <IconButton
            icon={task.done === undefined ? Circle : CircleCheckBig}
            label={t(task.done === undefined ? "tasks.finish" : "tasks.reopen", { title: task.title })}
            onPress={() => void done.toggle(view)}
          />
        ) : null}
        <span className="task-table__words">
          <button type="button" className="task-table__name" onClick={() => open(view)}>
            {task.title}
          </button>
          <LabelChips task={task} labels={info.summary.board.labels ?? []} />
          <span className="task-table__facts">
            <TaskFacts view={view} isBrief />
          </span>
        </span>
      </div>
      <div role="cell" className="task-table__column">
        {column === undefined ? "" : columnLabel(column)}
      </div>
      <div role="cell" className="task-table__due">
        <DueMark view={view} />
      </div>
      <div role="cell" className="task-table__priority">
        <PriorityMark priority={task.priority} />
      </div>
      <div role="cell" className="task-table__people">
        <Assignees task={task} people={info.people} />
      </div>
      <div role="cell" className="task-table__menu">
        <LazyMenuButton button={<IconButton icon={Ellipsis} label={label} />}>
          <LaterMenu commands={commands} label={label} />
        </LazyMenuButton>
      </div>
    </div>
  );
}

function sortTasks(tasks: readonly TaskView[], by: SortKey, isDescending: boolean): readonly TaskView[] {
  if (by === "place") return tasks;
  const keyOf = ({ task, sort }: TaskView): string => {
    if (by === "title") return task.title.toLocaleLowerCase();
    if (by === "due") return task.dueAt ?? "9999";
    if (by === "priority") return String(priorityRank[task.priority ?? "normal"]);
    return sort;
  };
  const compare = (a: TaskView, b: TaskView) =>
    by === "title"
      ? keyOf(a).localeCompare(keyOf(b))
      : keyOf(a) < keyOf(b)
        ? -1
        : keyOf(a) > keyOf(b)
          ? 1
          : 0;
  const sorted = tasks.toSorted((a, b) => compare(a, b) || (a.sort < b.sort ? -1 : 1));
  return isDescending ? sorted.toReversed() : sorted;
}
