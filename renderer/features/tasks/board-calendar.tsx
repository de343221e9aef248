import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, useState, type DragEvent } from "react";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import type { BoardContents } from "./kanban-view.tsx";
import { clockOfDue, dayOfDue, dueFrom, localDay } from "./task-words.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";
import "./board-calendar.css";

const TASK = "application/x-parvis-task-day";
const WEEKS = 6;
const SHOWN = 4;
const DAY_MS = 86_400_000;

/** The tasks of a board on the days on which they are due; dropped on another day, they are due then. */
export function BoardCalendar({ info, shown, open, openId }: BoardContents) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  const deeds = useTaskDeeds();
  const today = localDay(new Date(nowMs));
  const [month, setMonth] = useState(() => today.slice(0, 7));
  const [expanded, setExpanded] = useState<string | null>(null);
  const days = useMemo(() => daysOf(month), [month]);
  const byDay = useMemo(() => {
    const found = new Map<string, TaskView[]>();
    for (const view of shown) {
      if (view.task.dueAt === undefined) continue;
      const day = dayOfDue(view.task.dueAt);
      found.set(day, [...(found.get(day) ?? []), view]);
    }
    return found;
  }, [shown]);
  const noDate = shown.filter(({ task }) => task.dueAt === undefined && task.done === undefined).length;
  const go = (by: number) => {
    const [year = 0, number = 1] = month.split("-").map(Number);
    setMonth(localDay(new Date(year, number - 1 + by, 1)).slice(0, 7));
  };
  const drop = (day: string, event: DragEvent) => {
    const view = shown.find(({ key }) => key === event.dataTransfer.getData(TASK));
    if (view?.task.dueAt === undefined || !view.canWrite || dayOfDue(view.task.dueAt) === day) return;
    const dueAt = dueFrom(day, clockOfDue(view.task.dueAt));
    if (dueAt === null) return;
    event.preventDefault();
    void deeds.change(
      [view],
      { dueAt },
      t("tasks.calendar.moved", { title: view.task.title, day: dayTitle(day) }),
    );
  };
  const dayTitle = (day: string) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: "full", timeZone: "UTC" }).format(new Date(day));
  const weekdays = days
    .slice(0, 7)
    .map((day) =>
      new Intl.DateTimeFormat(i18n.language, { weekday: "short", timeZone: "UTC" }).format(new Date(day)),
    );
  const title = new Intl.DateTimeFormat(i18n.language, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${month}-01`));
  return (
    <div className="task-month">
      <div className="task-month__bar">
        <IconButton icon={ChevronLeft} label={t("tasks.calendar.before")} onPress={() => go(-1)} />
        <IconButton icon={ChevronRight} label={t("tasks.calendar.after")} onPress={() => go(1)} />
        <Button onPress={() => setMonth(today.slice(0, 7))}>{t("tasks.calendar.today")}</Button>
        <h3 className="task-month__title" aria-live="polite">
          {title}
        </h3>
        {noDate === 0 ? null : (
          <span className="task-month__note">{t("tasks.calendar.noDate", { count: noDate })}</span>
        )}
      </div>
      <div className="task-month__week" aria-hidden>
        {weekdays.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ol
        className="plain-list task-month__days"
        aria-label={t("tasks.tableOf", { name: info.summary.board.name })}
      >
        {days.map((day) => {
          const due = byDay.get(day) ?? [];
          const visible = expanded === day ? due : due.slice(0, SHOWN);
          return (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the same is done in the task itself
            <li
              key={day}
              className="task-month__day"
              data-other={day.slice(0, 7) !== month || undefined}
              data-today={day === today || undefined}
              data-empty={due.length === 0 || undefined}
              onDragOver={(event) => {
                if (event.dataTransfer.types.includes(TASK)) event.preventDefault();
              }}
              onDrop={(event) => drop(day, event)}
            >
              <span className="task-month__number">
                <span aria-hidden>{Number(day.slice(8))}</span>
                <span className="visually-hidden">{dayTitle(day)}</span>
              </span>
              {visible.map((view) => (
                <button
                  key={view.key}
                  type="button"
                  className="task-month__task"
                  draggable={view.canWrite}
                  data-done={view.task.done !== undefined || undefined}
                  data-late={view.isLate || undefined}
                  data-open={view.key === openId || undefined}
                  title={view.task.title}
                  onDragStart={(event) => event.dataTransfer.setData(TASK, view.key)}
                  onClick={() => open(view)}
                >
                  {clockOfDue(view.task.dueAt ?? "")} {view.task.title}
                </button>
              ))}
              {due.length > visible.length ? (
                <button type="button" className="task-month__more" onClick={() => setExpanded(day)}>
                  {t("tasks.calendar.more", { count: due.length - visible.length })}
                </button>
              ) : null}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Six weeks from the Monday on or before the first of the month. */
function daysOf(month: string): string[] {
  const first = Date.parse(`${month}-01`);
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS;
  return Array.from({ length: WEEKS * 7 }, (_each, index) =>
    new Date(start + index * DAY_MS).toISOString().slice(0, 10),
  );
}
