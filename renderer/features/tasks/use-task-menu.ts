import {
  Archive,
  Bell,
  BookTemplate,
  CalendarClock,
  ChevronsUp,
  Columns3,
  CopyPlus,
  Link,
  Maximize2,
  Trash2,
  UserPlus,
  UserRoundCheck,
} from "lucide-react";
import { taskPriorities, type BoardColumn } from "#contract/entities/task.ts";
import { formatLink } from "#contract/links.ts";
import { isRemote } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { atHour, daysToMonday, inMinutes, MORNING } from "#renderer/kit/wall-clock.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { submenu, type Command } from "#renderer/ui/menu.tsx";
import { useTasksStore } from "./tasks-store.ts";
import { localDay } from "./task-words.ts";
import { useTaskDeeds, type Spot } from "./use-task-deeds.ts";

interface MenuOptions {
  columns: readonly BoardColumn[];
  /** Where it would go in a column: behind all. */
  spotIn: (column: BoardColumn) => Spot;
  /** Null where it is open already. */
  open: ((view: TaskView) => void) | null;
}

/** Everything that can be done with tasks without opening them: of one, or of all that are chosen. */
export function useTaskMenu({
  columns,
  spotIn,
  open,
}: MenuOptions): (tasks: readonly TaskView[]) => Command[] {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const me = useSession((session) => session.me?.id ?? null);
  const show = useToasts((state) => state.show);
  const openDialog = useTasksStore((state) => state.openDialog);
  return (tasks) => {
    const [first] = tasks;
    if (first === undefined) return [];
    const isOne = tasks.length === 1;
    const canWrite = tasks.every((view) => view.canWrite);
    const isElsewhere = tasks.some(({ scope }) => isRemote(scope));
    const nowMs = Date.now();
    const days = { today: 0, tomorrow: 1, nextWeek: daysToMonday(nowMs) };
    const writes: Command[] = [
      submenu(
        { id: "column", label: t("tasks.moveTo"), icon: Columns3, isApart: isOne && open !== null },
        columns.map((column) => ({
          id: column.id,
          label: column.name,
          icon: Columns3,
          isOn: tasks.every(({ task }) => task.columnId === column.id),
          run: () => void deeds.put(tasks, spotIn(column)),
        })),
      ),
      submenu({ id: "due", label: t("tasks.due"), icon: CalendarClock }, [
        ...(["today", "tomorrow", "nextWeek"] as const).map((when) => ({
          id: when,
          label: t(`tasks.when.${when}`),
          icon: CalendarClock,
          run: () =>
            void deeds.change(tasks, { dueAt: localDay(new Date(atHour(nowMs, days[when], MORNING))) }),
        })),
        {
          id: "none",
          label: t("tasks.when.none"),
          icon: CalendarClock,
          isApart: true,
          run: () => void deeds.change(tasks, { dueAt: null, recurrence: null }),
        },
      ]),
      submenu(
        { id: "priority", label: t("tasks.priority.label"), icon: ChevronsUp },
        taskPriorities.toReversed().map((priority) => ({
          id: priority,
          label: t(`tasks.priority.${priority}`),
          icon: ChevronsUp,
          isOn: tasks.every(({ task }) => (task.priority ?? "normal") === priority),
          run: () => void deeds.change(tasks, { priority: priority === "normal" ? null : priority }),
        })),
      ),
    ];
    // A list that lies elsewhere is its reader's own.
    if (!isElsewhere)
      writes.push({
        id: "assign",
        label: t("tasks.assign"),
        icon: UserPlus,
        run: () => openDialog({ kind: "assign", tasks }),
      });
    if (!isElsewhere && me !== null && tasks.some(({ task }) => task.assigneeIds?.includes(me) !== true)) {
      writes.push({
        id: "take",
        label: t("tasks.take"),
        icon: UserRoundCheck,
        run: () =>
          void deeds.each(tasks, (one) =>
            deeds.commands.change(one, { assigneeIds: [...new Set([...(one.task.assigneeIds ?? []), me])] }),
          ),
      });
    }
    const commands: Command[] = [];
    if (isOne && open !== null)
      commands.push({ id: "open", label: t("tasks.open"), icon: Maximize2, run: () => open(first) });
    if (canWrite) commands.push(...writes);
    // Neither the inbox nor anybody else finds what is there.
    if (isOne && !isElsewhere) commands.push(reminders(first), copyLink(first));
    if (canWrite && isOne) commands.push(duplicate(first));
    if (canWrite && isOne && !isElsewhere) commands.push(template(first));
    if (canWrite && !isElsewhere)
      commands.push({
        id: "archive",
        label: t("tasks.archive"),
        icon: Archive,
        isApart: true,
        run: () => void deeds.archive(tasks),
      });
    if (canWrite && isOne && (isElsewhere || first.task.archivedAt !== undefined))
      commands.push({
        id: "remove",
        label: t("tasks.remove"),
        icon: Trash2,
        isDanger: true,
        isApart: isElsewhere,
        run: () => openDialog({ kind: "removeTask", task: first }),
      });
    return commands;
  };

  function reminders(view: TaskView): Command {
    const nowMs = Date.now();
    const times = {
      inAnHour: inMinutes(nowMs, 60),
      tomorrow: toIsoTime(atHour(nowMs, 1, MORNING)),
      nextWeek: toIsoTime(atHour(nowMs, daysToMonday(nowMs), MORNING)),
    };
    const items = (["inAnHour", "tomorrow", "nextWeek"] as const).map((when) => ({
      id: when,
      label: t(`tasks.remind.${when}`),
      icon: Bell,
      run: () =>
        void deeds.run(deeds.commands.remind(view, times[when])).then((isKept) => {
          if (isKept) show({ tone: "plain", text: t("tasks.remind.kept") });
        }),
    }));
    return submenu({ id: "remind", label: t("tasks.remind.label"), icon: Bell, isApart: true }, items);
  }

  function duplicate(view: TaskView): Command {
    const { boardId, columnId, order, title } = view.task;
    const slot = { boardId, columnId, after: order, before: null };
    return {
      id: "duplicate",
      label: t("tasks.duplicate"),
      icon: CopyPlus,
      run: () =>
        void deeds.run(deeds.commands.copy(view, slot)).then((isKept) => {
          if (isKept) show({ tone: "plain", text: t("tasks.duplicated", { title }) });
        }),
    };
  }

  function template(view: TaskView): Command {
    const { isTemplate = false, title } = view.task;
    const text = isTemplate ? undefined : t("tasks.madeTemplate", { title });
    return {
      id: "template",
      label: t(isTemplate ? "tasks.noTemplate" : "tasks.toTemplate"),
      icon: BookTemplate,
      run: () => void deeds.change([view], { isTemplate: isTemplate ? null : true }, text),
    };
  }

  function copyLink({ scope, task }: TaskView): Command {
    return {
      id: "link",
      label: t("tasks.copyLink"),
      icon: Link,
      run: () => {
        const link = formatLink({ kind: "task", scope, taskId: task.id });
        void navigator.clipboard
          .writeText(link)
          .then(() => show({ tone: "plain", text: t("tasks.linkCopied") }));
      },
    };
  }
}
