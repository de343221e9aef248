import {
  Archive,
  BookTemplate,
  CalendarDays,
  ChartGantt,
  Columns3,
  Download,
  Ellipsis,
  List,
  Pencil,
  ListFilter,
  Plus,
  Rows3,
  Tags,
  Trash2,
  UserRound,
  UsersRound,
} from "lucide-react";
import { useMemo, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { taskPriorities } from "#contract/entities/task.ts";
import { personIdSchema } from "#contract/ids.ts";
import { isRemote } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { MenuButton, submenu, type Command } from "#renderer/ui/menu.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { BackToList } from "./back-to-list.tsx";
import { isFiltered } from "./filter-tasks.ts";
import type { BoardContents } from "./kanban-view.tsx";
import {
  boardViews,
  dueFilters,
  laneKinds,
  NO_FILTER,
  useBoardView,
  useTasksStore,
  viewsOf,
} from "./tasks-store.ts";
import { boardName } from "./task-words.ts";
import { useExports } from "./use-exports.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";

const icons = {
  board: Columns3,
  list: List,
  calendar: CalendarDays,
  timeline: ChartGantt,
  workload: UsersRound,
};

/** The name of the board, how it is shown, what is left of it. */
export function BoardHead({ contents, isEmbedded }: { contents: BoardContents; isEmbedded: boolean }) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const setView = useTasksStore((state) => state.setView);
  const { board, space, scope } = contents.info.summary;
  const view = useBoardView(scope);
  const place = space?.name ?? board.remote?.accountName;
  // Under the name of the space, where the board stands on its page.
  const Title = isEmbedded ? "h3" : "h2";
  return (
    <header className="tasks-head">
      <div className="tasks-head__row">
        {isEmbedded ? null : <BackToList />}
        <div className="tasks-head__names">
          <Title className="tasks__title">
            {board.emoji === undefined ? null : <span aria-hidden>{board.emoji} </span>}
            {boardName(t, board, me)}
          </Title>
          {place === undefined || isEmbedded ? null : <span className="tasks-head__space">{place}</span>}
        </div>
        <ToggleButtonGroup
          className="tasks-head__views"
          aria-label={t("tasks.shownAs")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={(keys) => {
            const next = boardViews.find((each) => keys.has(each));
            if (next !== undefined) setView(next);
          }}
        >
          {viewsOf(scope).map((each) => {
            const Icon = icons[each];
            return (
              <ToggleButton
                key={each}
                id={each}
                className="tasks-head__view"
                aria-label={t(`tasks.view.${each}`)}
              >
                <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
                <span className="tasks-head__view-name">{t(`tasks.view.${each}`)}</span>
              </ToggleButton>
            );
          })}
        </ToggleButtonGroup>
        <BoardMenu contents={contents} />
      </div>
      <FilterBar contents={contents} />
    </header>
  );
}

function BoardMenu({ contents }: { contents: BoardContents }) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const { openDialog, lanes, setLanes } = useTasksStore();
  const exports = useExports(contents);
  const { summary, columns, templates } = contents.info;
  const { scope, board, archived, canArrange, canRun } = summary;
  const view = useBoardView(scope);
  const isElsewhere = isRemote(scope);
  const last = columns.at(-1)?.order ?? null;
  const commands: Command[] = [];
  if (canArrange)
    commands.push(
      {
        id: "edit",
        label: t("tasks.editBoard"),
        icon: Pencil,
        run: () => openDialog({ kind: "board", summary }),
      },
      {
        id: "labels",
        label: t("tasks.labels.edit"),
        icon: Tags,
        run: () => openDialog({ kind: "labels", summary }),
      },
      {
        id: "column",
        label: t("tasks.newColumn"),
        icon: Plus,
        run: () => openDialog({ kind: "column", scope, board, column: null, last }),
      },
    );
  if (view === "board")
    commands.push(
      submenu(
        { id: "lanes", label: t("tasks.lanes.label"), icon: Rows3, isApart: canArrange },
        laneKinds
          .filter((kind) => kind !== "person" || !isElsewhere)
          .map((kind) => ({
            id: kind,
            label: t(kind === "label" ? "tasks.lanes.byLabel" : `tasks.lanes.${kind}`),
            icon: Rows3,
            isOn: lanes === kind,
            run: () => setLanes(kind),
          })),
      ),
    );
  if (!isElsewhere)
    commands.push({
      id: "archived",
      label: t("tasks.archivedTasks", { count: archived }),
      icon: Archive,
      isApart: canArrange,
      run: () => openDialog({ kind: "archive", summary }),
    });
  if (templates.length > 0)
    commands.push(
      submenu(
        { id: "templates", label: t("tasks.templates"), icon: BookTemplate },
        templates.map((template) => ({
          id: template.key,
          label: template.task.title,
          icon: BookTemplate,
          run: () => contents.open(template),
        })),
      ),
    );
  commands.push(
    submenu({ id: "export", label: t("tasks.export.title"), icon: Download }, [
      { id: "csv", label: t("tasks.export.csv"), icon: Download, run: exports.csv },
      { id: "ics", label: t("tasks.export.icalendar"), icon: Download, run: exports.icalendar },
    ]),
  );
  if (canRun && board.archivedAt === undefined)
    commands.push({
      id: "archive",
      label: t("tasks.archiveBoard"),
      icon: Archive,
      isApart: true,
      run: () => void deeds.run(deeds.commands.archiveBoard(scope, board)),
    });
  if (canRun && board.archivedAt !== undefined)
    commands.push({
      id: "remove",
      label: t("tasks.removeBoard"),
      icon: Trash2,
      isDanger: true,
      isApart: true,
      run: () => openDialog({ kind: "removeBoard", summary }),
    });
  const label = t("tasks.boardActions");
  return (
    <MenuButton label={label} commands={commands} button={<IconButton icon={Ellipsis} label={label} />} />
  );
}

const ANY = "";

function FilterBar({ contents: { info, all, shown } }: { contents: BoardContents }) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const { filter, setFilter } = useTasksStore();
  const [isOpen, setOpen] = useState(false);
  const people = useMemo(() => {
    const given = new Set(all.flatMap(({ task }) => task.assigneeIds ?? []));
    given.delete(me);
    return [...given]
      .map((id) => ({ value: id as string, label: info.people[id]?.displayName ?? "" }))
      .toSorted((a, b) => a.label.localeCompare(b.label));
  }, [all, info.people, me]);
  const labels = info.summary.board.labels ?? [];
  // One's own are not given to anybody.
  const isElsewhere = isRemote(info.summary.scope);
  const isOn = isFiltered(filter);
  return (
    <div
      className="tasks-head__row tasks-filter"
      data-closed={(!isOpen && !isOn) || undefined}
      role="search"
      aria-label={t("tasks.filter.title")}
    >
      <SearchBox
        label={t("tasks.filter.text")}
        value={filter.text}
        onChange={(text) => setFilter({ text })}
        onKeyDown={(event) => {
          if (event.key === "Escape") setFilter({ text: "" });
        }}
      />
      {isElsewhere ? null : (
        <IconButton
          icon={UserRound}
          label={t("tasks.filter.mine")}
          isPressed={filter.personId === me}
          onPress={() => setFilter({ personId: filter.personId === me ? null : me })}
        />
      )}
      <span className="tasks-filter__more">
        <IconButton
          icon={ListFilter}
          label={t("tasks.filter.more")}
          isPressed={isOpen}
          onPress={() => setOpen(!isOpen)}
        />
      </span>
      {isElsewhere ? null : (
        <SelectField
          label={t("tasks.filter.person")}
          isLabelHidden
          value={filter.personId ?? ANY}
          options={[
            { value: ANY, label: t("tasks.filter.anybody") },
            { value: me, label: t("tasks.filter.me") },
            { value: "nobody", label: t("tasks.filter.nobody") },
            ...people,
          ]}
          onChange={(value) =>
            setFilter({
              personId: value === "nobody" ? value : (personIdSchema.safeParse(value).data ?? null),
            })
          }
        />
      )}
      <SelectField
        label={t("tasks.due")}
        isLabelHidden
        value={filter.due ?? ANY}
        options={[
          { value: ANY, label: t("tasks.filter.anyDue") },
          ...dueFilters.map((value) => ({ value, label: t(`tasks.filter.due.${value}`) })),
        ]}
        onChange={(value) => setFilter({ due: dueFilters.find((each) => each === value) ?? null })}
      />
      {labels.length === 0 ? null : (
        <SelectField
          label={t("tasks.labels.title")}
          isLabelHidden
          value={filter.labelId ?? ANY}
          options={[
            { value: ANY, label: t("tasks.filter.anyLabel") },
            ...labels.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => setFilter({ labelId: value === ANY ? null : value })}
        />
      )}
      <SelectField
        label={t("tasks.priority.label")}
        isLabelHidden
        value={filter.priority ?? ANY}
        options={[
          { value: ANY, label: t("tasks.filter.anyPriority") },
          ...taskPriorities.toReversed().map((value) => ({ value, label: t(`tasks.priority.${value}`) })),
        ]}
        onChange={(value) => setFilter({ priority: taskPriorities.find((each) => each === value) ?? null })}
      />
      {isOn ? (
        <>
          <span className="tasks-filter__count" role="status">
            {t("tasks.filter.left", { count: shown.length, all: all.length })}
          </span>
          <Button tone="quiet" onPress={() => setFilter(NO_FILTER)}>
            {t("tasks.filter.clear")}
          </Button>
        </>
      ) : null}
    </div>
  );
}
