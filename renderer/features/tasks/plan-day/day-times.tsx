import { CalendarDays, SquareCheck } from "lucide-react";
import { toIsoTime } from "#contract/time.ts";
import type { EventInstance } from "#contract/views/calendars.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import type { Block } from "./day-plan.ts";
import type { WorkDay } from "./use-plan-day.ts";

interface DayTimesProps {
  day: WorkDay;
  events: readonly EventInstance[];
  blocks: readonly Block[];
  titleOf: (key: string) => string;
}

/** The day as it will be: what stands in the calendar, and the tasks between. */
export function DayTimes({ day, events, blocks, titleOf }: DayTimesProps) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const lines = [
    ...events.map(({ key, instance, title, startsAt, endsAt }) => ({
      key: `${key} ${instance}`,
      isTask: false,
      title: title === "" ? t("calendar.untitled") : title,
      fromMs: Date.parse(startsAt),
      toMs: Date.parse(endsAt),
    })),
    ...blocks.map(({ key, fromMs, toMs }) => ({ key, isTask: true, title: titleOf(key), fromMs, toMs })),
  ].toSorted((one, other) => one.fromMs - other.fromMs);
  const clock = (atMs: number) => dates.time(toIsoTime(atMs));
  const hours = day.worked.map(({ fromMs, toMs }) => `${clock(fromMs)} – ${clock(toMs)}`).join(", ");
  return (
    <section className="day-times" aria-label={t("tasks.plan.times")}>
      <p className="field__hint">{t("tasks.plan.hours", { hours })}</p>
      {lines.length === 0 ? <p className="field__hint">{t("tasks.plan.empty")}</p> : null}
      <ol className="plain-list">
        {lines.map(({ key, isTask, title, fromMs, toMs }) => {
          const Icon = isTask ? SquareCheck : CalendarDays;
          return (
            <li key={key} className="day-times__line" data-task={isTask || undefined}>
              <span className="day-times__clock">
                {clock(fromMs)} – {clock(toMs)}
              </span>
              <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              <span className="day-times__title">{title}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
