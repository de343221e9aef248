import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import type { BoardContents } from "./kanban-view.tsx";
import { Assignees } from "./task-facts.tsx";
import { dayOfDue, dueWords, localDay } from "./task-words.ts";
import { addDays, daysBetween, mondayOf } from "./weeks.ts";
import "./board-timeline.css";

const WEEKS = 6;
const STEP = 14;

/** Tasks with dates as bars over six weeks, from their start to when they are due. */
export function BoardTimeline({ info, shown, open, openId }: BoardContents) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  const today = localDay(new Date(nowMs));
  const [from, setFrom] = useState(() => addDays(mondayOf(today), -7));
  const to = addDays(from, WEEKS * 7);
  const dated = shown
    .flatMap((view) => spanOf(view) ?? [])
    .filter((span) => span.end >= from && span.start < to)
    .toSorted((a, b) => (a.start === b.start ? (a.end < b.end ? -1 : 1) : a.start < b.start ? -1 : 1));
  const weeks = Array.from({ length: WEEKS }, (_each, index) => addDays(from, index * 7));
  const format = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "short", timeZone: "UTC" });
  const noDate = shown.filter(({ task }) => task.dueAt === undefined && task.done === undefined).length;
  return (
    <div className="timeline-view">
      <div className="task-month__bar">
        <IconButton
          icon={ChevronLeft}
          label={t("tasks.timeline.before")}
          onPress={() => setFrom(addDays(from, -STEP))}
        />
        <IconButton
          icon={ChevronRight}
          label={t("tasks.timeline.after")}
          onPress={() => setFrom(addDays(from, STEP))}
        />
        <Button onPress={() => setFrom(addDays(mondayOf(today), -7))}>{t("tasks.calendar.today")}</Button>
        {noDate === 0 ? null : (
          <span className="task-month__note">{t("tasks.calendar.noDate", { count: noDate })}</span>
        )}
      </div>
      <div className="timeline-view__frame">
        <div className="timeline-view__weeks" aria-hidden>
          <span />
          {weeks.map((week) => (
            <span key={week}>{format.format(new Date(week))}</span>
          ))}
        </div>
        {dated.length === 0 ? <EmptyState>{t("tasks.timeline.nothing")}</EmptyState> : null}
        <ul
          className="plain-list timeline-view__rows"
          aria-label={t("tasks.tableOf", { name: info.summary.board.name })}
        >
          {dated.map(({ view, start, end }) => (
            <li key={view.key} className="timeline-view__row">
              <button
                type="button"
                className="timeline-view__name"
                data-open={view.key === openId || undefined}
                onClick={() => open(view)}
              >
                <span>{view.task.title}</span>
                <span className="visually-hidden">
                  {t("tasks.timeline.span", {
                    start: dueWords(start, i18n.language, nowMs),
                    end: dueWords(end, i18n.language, nowMs),
                  })}
                </span>
                <Assignees task={view.task} people={info.people} />
              </button>
              <Bar view={view} start={daysBetween(from, start)} end={daysBetween(from, end) + 1} />
            </li>
          ))}
        </ul>
        <TodayLine day={daysBetween(from, today)} />
      </div>
    </div>
  );
}

function spanOf(view: TaskView): { view: TaskView; start: string; end: string } | null {
  const { startAt, dueAt } = view.task;
  if (dueAt === undefined && startAt === undefined) return null;
  const end = dayOfDue(dueAt ?? startAt ?? "");
  const start = dayOfDue(startAt ?? dueAt ?? "");
  return { view, start: start > end ? end : start, end };
}

const DAYS = WEEKS * 7;

function Bar({ view, start, end }: { view: TaskView; start: number; end: number }) {
  const bar = useRef<HTMLSpanElement>(null);
  const [from, to] = [Math.max(0, start), Math.min(DAYS, end)];
  useEffect(() => {
    bar.current?.style.setProperty("--from", String(from / DAYS));
    bar.current?.style.setProperty("--length", String((to - from) / DAYS));
  }, [from, to]);
  return (
    <span className="timeline-view__track" aria-hidden>
      <span
        ref={bar}
        className="timeline-view__bar"
        data-done={view.task.done !== undefined || undefined}
        data-late={view.isLate || undefined}
      />
    </span>
  );
}

function TodayLine({ day }: { day: number }) {
  const line = useRef<HTMLSpanElement>(null);
  useEffect(() => line.current?.style.setProperty("--from", String((day + 0.5) / DAYS)), [day]);
  if (day < 0 || day >= DAYS) return null;
  return (
    <span className="timeline-view__now" aria-hidden>
      <span ref={line} />
    </span>
  );
}
