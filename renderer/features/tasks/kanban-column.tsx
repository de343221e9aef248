import { ArrowLeft, ArrowRight, BookTemplate, Ellipsis, Mail, Pencil, Plus, Trash2 } from "lucide-react";
import { generateKeyBetween } from "fractional-indexing";
import { useRef, useState, type DragEvent, type KeyboardEvent } from "react";
import {
  DropIndicator,
  GridList,
  isTextDropItem,
  ListLayout,
  useDragAndDrop,
  Virtualizer,
  type DropItem,
} from "react-aria-components";
import type { BoardColumn } from "#contract/entities/task.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { MenuButton, submenu, type Command } from "#renderer/ui/menu.tsx";
import type { BoardContents, ByColumn } from "./kanban-view.tsx";
import type { Lane } from "./lanes.ts";
import { QuickAdd } from "./quick-add.tsx";
import { TaskCard } from "./task-card.tsx";
import { useTasksStore } from "./tasks-store.ts";
import { columnName } from "./task-words.ts";
import { useTaskDeeds, type Spot } from "./use-task-deeds.ts";
import { useMails } from "./use-mails.ts";
import { useFirstCards } from "./use-first-cards.ts";
import { useTaskMenu } from "./use-task-menu.ts";

interface KanbanColumnProps {
  contents: BoardContents;
  column: BoardColumn;
  present: ByColumn;
  /** What the filter leaves of it. */
  tasks: readonly TaskView[];
  /** Where the board is parted by rows. */
  lane?: Lane;
}

const TASK = "application/x-parvis-task";
const CARD_HEIGHT = 76;

export function KanbanColumn({ contents, column, present, tasks, lane }: KanbanColumnProps) {
  const { t } = useTranslation();
  const { info, all, open, openId } = contents;
  const { summary, columns } = info;
  const deeds = useTaskDeeds();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const [isAdding, setAdding] = useState(false);
  const [isMailOver, setMailOver] = useState(false);
  const drawn = useFirstCards(tasks);
  const takeMails = useMails(summary.scope);
  const mails = useRef<HTMLInputElement>(null);
  const spotIn = (into: BoardColumn, beforeId: string | null = null): Spot => ({
    column: into,
    present: present.get(into.id) ?? [],
    beforeId,
  });
  const menuOf = useTaskMenu({ columns, spotIn, open });
  const viewsOf = (ids: Iterable<string>) => {
    const wanted = new Set(ids);
    return all.filter(({ key, canWrite }) => wanted.has(key) && canWrite);
  };
  /** Put into another row, a task gets what its tasks have in common. */
  const put = async (views: readonly TaskView[], spot: Spot) => {
    await deeds.put(views, spot);
    for (const view of views) {
      const changes = lane?.changeOf(view.task) ?? null;
      if (changes !== null) await deeds.change([view], changes);
    }
  };
  const beforeOf = (key: string, position: string): string | null => {
    const mine = present.get(column.id) ?? [];
    if (position === "before") return key;
    return mine[mine.findIndex((view) => view.key === key) + 1]?.key ?? null;
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => ({
        [TASK]: String(key),
        "text/plain": tasks.find((view) => view.key === key)?.task.title ?? "",
      })),
    acceptedDragTypes: [TASK],
    getDropOperation: () => "move",
    onReorder: ({ keys, target }) =>
      void put(
        viewsOf([...keys].map(String)),
        spotIn(column, beforeOf(String(target.key), target.dropPosition)),
      ),
    onInsert: ({ items, target }) =>
      void idsOf(items).then((ids) =>
        put(viewsOf(ids), spotIn(column, beforeOf(String(target.key), target.dropPosition))),
      ),
    onRootDrop: ({ items }) => void idsOf(items).then((ids) => put(viewsOf(ids), spotIn(column))),
    renderDropIndicator: (target) => <DropIndicator target={target} className="kanban__drop" />,
  });
  const add = async (task: Parameters<typeof deeds.commands.create>[2]) => {
    const after = present.get(column.id)?.at(-1)?.task.order ?? null;
    const slot = { boardId: column.boardId, columnId: column.id, after, before: null };
    // What is written in a row is meant for it.
    const own = lane?.changeOf({}) ?? {};
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
    return await deeds.run(deeds.commands.create(summary.scope, slot, { ...task, ...given }));
  };
  /** One behind another: what was put there last is not in `present` yet. */
  const takeFiles = (files: readonly File[]) => {
    let after = present.get(column.id)?.at(-1)?.task.order ?? null;
    void takeMails(files, () => {
      const slot = { boardId: column.boardId, columnId: column.id, after, before: null };
      after = generateKeyBetween(after, null);
      return slot;
    });
  };
  /** Before the list, which takes cards alone and would refuse files. */
  const onFiles = (event: DragEvent) => {
    if (!summary.canWrite || summary.board.remote !== undefined) return;
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    setMailOver(event.type === "dragenter" || event.type === "dragover");
    if (event.type === "drop") takeFiles([...event.dataTransfer.files]);
    else event.dataTransfer.dropEffect = "copy";
  };
  /** Alt with an arrow takes the card along. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    const key = event.target.closest("[data-key]")?.getAttribute("data-key");
    const index = tasks.findIndex((view) => view.key === key);
    const view = tasks[index];
    const spot = view?.canWrite === true ? spotFor(event.key, index) : null;
    if (view === undefined || spot === null) return;
    event.preventDefault();
    event.stopPropagation();
    void deeds.put([view], spot).then(() => focusCard(view.key, spot.column.id));
  };
  const spotFor = (pressed: string, index: number): Spot | null => {
    const at = columns.findIndex(({ id }) => id === column.id);
    if (pressed === "ArrowUp") return index === 0 ? null : spotIn(column, tasks[index - 1]?.key ?? null);
    if (pressed === "ArrowDown")
      return index === tasks.length - 1 ? null : spotIn(column, tasks[index + 2]?.key ?? null);
    const other =
      pressed === "ArrowLeft" ? columns[at - 1] : pressed === "ArrowRight" ? columns[at + 1] : undefined;
    return other === undefined ? null : spotIn(other, present.get(other.id)?.[0]?.key ?? null);
  };
  const name = columnName(t, column, me);
  const count = lane === undefined ? (present.get(column.id)?.length ?? 0) : tasks.length;
  // A limit is of the whole column.
  const hasLimit = column.limit !== undefined && lane === undefined;
  const isOver = hasLimit && count > (column.limit ?? 0);
  const countLabel = hasLimit
    ? t("tasks.countOf", { count, limit: column.limit })
    : t("tasks.count", { count });
  return (
    <section
      className="kanban__column"
      aria-label={name}
      data-column={column.id}
      data-over={isOver || undefined}
      data-files={isMailOver || undefined}
      onDragEnterCapture={onFiles}
      onDragOverCapture={onFiles}
      onDragLeaveCapture={onFiles}
      onDropCapture={onFiles}
    >
      <input
        ref={mails}
        type="file"
        hidden
        multiple
        accept=".eml,message/rfc822"
        aria-label={t("tasks.mail.choose")}
        onChange={(event) => {
          takeFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <header className="kanban__head">
        <h3 className="kanban__name">{name}</h3>
        <span className="kanban__count" data-tone={isOver ? "loss" : undefined} title={countLabel}>
          <span aria-hidden>{hasLimit ? `${count}/${column.limit}` : count}</span>
          <span className="visually-hidden">
            {isOver ? t("tasks.tooMany", { count: countLabel }) : countLabel}
          </span>
        </span>
        {summary.canWrite ? (
          <IconButton
            icon={Plus}
            label={t("tasks.addIn", { column: name })}
            onPress={() => setAdding(true)}
          />
        ) : null}
        {summary.canArrange ? (
          <ColumnMenu
            contents={contents}
            column={column}
            count={count}
            onMails={() => mails.current?.click()}
          />
        ) : null}
      </header>
      {isAdding ? (
        <div className="kanban__add">
          <QuickAdd label={t("tasks.addPlaceholder")} hasFocus onAdd={add} onClose={() => setAdding(false)} />
        </div>
      ) : null}
      <div className="kanban__cards" onKeyDownCapture={onKeyDown}>
        <Virtualizer
          layout={ListLayout}
          layoutOptions={{ estimatedRowHeight: CARD_HEIGHT, gap: 8, padding: 8 }}
        >
          <GridList
            className="kanban__list"
            aria-label={t("tasks.tasksIn", { column: name })}
            items={drawn}
            {...(summary.canWrite ? { dragAndDropHooks } : {})}
            renderEmptyState={() => <p className="kanban__empty">{t("tasks.nothingHere")}</p>}
          >
            {(view) => (
              <TaskCard
                view={view}
                info={info}
                isOpen={view.key === openId}
                canDrag={summary.canWrite && view.canWrite}
                onOpen={() => open(view)}
                commands={() => menuOf([view])}
              />
            )}
          </GridList>
        </Virtualizer>
      </div>
    </section>
  );
}

async function idsOf(items: readonly DropItem[]): Promise<string[]> {
  return await Promise.all(items.filter(isTextDropItem).map((item) => item.getText(TASK)));
}

const MOST_FRAMES = 120;

/** Where the card went, once it is drawn there. */
function focusCard(key: string, columnId: string): void {
  const place = `[data-column="${CSS.escape(columnId)}"] .kanban__list [data-key="${CSS.escape(key)}"]`;
  const look = (left: number) => {
    const card = document.querySelector<HTMLElement>(place);
    if (card !== null) card.focus();
    else if (left > 0) requestAnimationFrame(() => look(left - 1));
  };
  // In its own column it is drawn already, where it stood.
  requestAnimationFrame(() => requestAnimationFrame(() => look(MOST_FRAMES)));
}

function ColumnMenu({
  contents,
  column,
  count,
  onMails,
}: {
  contents: BoardContents;
  column: BoardColumn;
  count: number;
  onMails: () => void;
}) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const openDialog = useTasksStore((state) => state.openDialog);
  const { columns, summary, templates } = contents.info;
  const { scope, board } = summary;
  const last = contents.all.findLast(({ task }) => task.columnId === column.id)?.task.order ?? null;
  const slot = { boardId: board.id, columnId: column.id, after: last, before: null };
  const at = columns.findIndex(({ id }) => id === column.id);
  const move = (from: number, to: number) => {
    const order = generateKeyBetween(columns[from]?.order ?? null, columns[to]?.order ?? null);
    void deeds.run(deeds.commands.moveColumn(scope, column, order));
  };
  const others = columns.filter(({ id }) => id !== column.id);
  const commands: Command[] = [
    {
      id: "edit",
      label: t("tasks.editColumn"),
      icon: Pencil,
      run: () => openDialog({ kind: "column", scope, board, column, last: null }),
    },
  ];
  if (at > 0)
    commands.push({
      id: "left",
      label: t("tasks.columnLeft"),
      icon: ArrowLeft,
      run: () => move(at - 2, at - 1),
    });
  if (at < columns.length - 1)
    commands.push({
      id: "right",
      label: t("tasks.columnRight"),
      icon: ArrowRight,
      run: () => move(at + 1, at + 2),
    });
  commands.unshift({ id: "mail", label: t("tasks.mail.choose"), icon: Mail, run: onMails });
  if (templates.length > 0)
    commands.unshift(
      submenu(
        { id: "template", label: t("tasks.fromTemplate"), icon: BookTemplate },
        templates.map((template) => ({
          id: template.key,
          label: template.task.title,
          icon: BookTemplate,
          run: () => void deeds.run(deeds.commands.copy(template, slot)),
        })),
      ),
    );
  if (others.length > 0)
    commands.push({
      id: "remove",
      label: t("tasks.removeColumn"),
      icon: Trash2,
      isDanger: true,
      isApart: true,
      run: () => openDialog({ kind: "removeColumn", scope, column, others, count }),
    });
  const label = t("tasks.columnActions", { column: column.name });
  return (
    <MenuButton label={label} commands={commands} button={<IconButton icon={Ellipsis} label={label} />} />
  );
}
