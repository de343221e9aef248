import FullCalendar, {
  type CalendarController,
  type DatesSetInfo,
  type DateSelectInfo,
  type EventApi,
  type EventDisplayInfo,
  type EventInput,
} from "@fullcalendar/react";
import dayGridPlugin from "@fullcalendar/react/daygrid";
import interactionPlugin from "@fullcalendar/react/interaction";
import listPlugin from "@fullcalendar/react/list";
import frLocale from "@fullcalendar/react/locales/fr";
import classicTheme from "@fullcalendar/react/themes/classic";
import timeGridPlugin from "@fullcalendar/react/timegrid";
import { ArrowUp, CircleHelp, Repeat, TriangleAlert, Video } from "lucide-react";
import { useMemo, useRef, type KeyboardEvent } from "react";
import type { Calendar } from "#contract/entities/calendar.ts";
import { holidaysOf } from "#contract/icalendar/holidays.ts";
import type { EventInstance } from "#contract/views/calendars.ts";
import type { PlacedTask } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { openObject } from "#renderer/parts/open-object.ts";
import { ICON_STROKE } from "#renderer/ui/button.tsx";
import type { CalendarViewName } from "./calendar-store.ts";
import { nudged } from "./nudge.ts";
import { movedTo, type EventDeed, type NewTimes } from "./use-event-deeds.ts";
import "@fullcalendar/react/skeleton.css";
import "@fullcalendar/react/themes/classic/theme.css";
import "./calendar-grid.css";

export const gridViews: Record<CalendarViewName, string> = {
  month: "dayGridMonth",
  week: "timeGridWeek",
  workWeek: "workWeek",
  day: "timeGridDay",
  agenda: "agenda",
};

const plugins = [dayGridPlugin, timeGridPlugin, listPlugin, interactionPlugin, classicTheme];
const views = {
  workWeek: { type: "timeGridWeek", hiddenDays: [0, 6] },
  agenda: { type: "list", duration: { days: 30 } },
};

interface CalendarGridProps {
  controller: CalendarController;
  view: CalendarViewName;
  day: string | null;
  instances: readonly EventInstance[];
  /** With a day or time by which they are due. */
  tasks: readonly PlacedTask[];
  colours: ReadonlyMap<string, Calendar["colour"]>;
  hasHolidays: boolean;
  /** Key of the one that is open beside. */
  openKey: string | null;
  canAdd: boolean;
  onDates: (info: DatesSetInfo) => void;
  onOpen: (instance: EventInstance) => void;
  onDraw: (drawn: DateSelectInfo) => void;
  onMove: (instance: EventInstance, deed: EventDeed, putBack: () => void) => void;
}

/** Days, weeks and months with events on them, which can be drawn, moved and drawn out. */
export function CalendarGrid(props: CalendarGridProps) {
  const { controller, view, day, instances, tasks, colours, hasHolidays, openKey, canAdd } = props;
  const { t, i18n } = useTranslation();
  const byKey = useMemo(() => new Map(instances.map((instance) => [instance.key, instance])), [instances]);
  const events = useMemo(() => {
    const shown = instances.map((instance) =>
      inputOf(instance, { colours, openKey, untitled: t("calendar.untitled") }),
    );
    shown.push(...tasks.flatMap((task) => taskInput(task) ?? []));
    return hasHolidays
      ? [...shown, ...holidayInputs(instances, (name) => t(`calendar.holiday.${name}`))]
      : shown;
  }, [instances, tasks, colours, openKey, hasHolidays, t]);
  const moved = (event: EventApi, putBack: () => void) => {
    const instance = byKey.get(event.id);
    if (instance === undefined || event.start === null) return;
    const { start, end, allDay, startStr, endStr } = event;
    const lastMs = end?.getTime() ?? start.getTime() + (allDay ? DAY_MS : HOUR_MS);
    const endDay = endStr === "" ? dayAfter(startStr.slice(0, 10)) : endStr.slice(0, 10);
    const times = allDay
      ? { startDay: startStr.slice(0, 10), endDay }
      : { startMs: start.getTime(), endMs: lastMs };
    props.onMove(instance, movedTo(times), putBack);
  };
  /** What was moved by the keyboard keeps the focus where it is drawn anew. */
  const followed = useRef<string | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!event.altKey || !(event.target instanceof HTMLElement)) return;
    const key = event.target.closest<HTMLElement>("[data-event]")?.dataset["event"];
    const instance = key === undefined ? undefined : byKey.get(key);
    const times = instance?.canWrite === true ? nudged(instance, event.key, view === "month") : undefined;
    if (instance === undefined || times === undefined) return;
    event.preventDefault();
    followed.current = placeOf(instance.objectId, times);
    props.onMove(instance, movedTo(times), () => undefined);
  };
  const onDidMount = ({ el, event }: EventDisplayInfo & { el: HTMLElement }) => {
    el.dataset["event"] = event.id;
    const instance = byKey.get(event.id);
    if (instance === undefined || !instance.canWrite) return;
    el.setAttribute("aria-keyshortcuts", KEYS);
    if (followed.current !== placeOf(instance.objectId, timesOf(instance))) return;
    followed.current = null;
    el.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the events within
    <div className="calendar-keys" onKeyDown={onKeyDown}>
      <FullCalendar
        controller={controller}
        className="calendar-grid"
        plugins={plugins}
        views={views}
        initialView={gridViews[view]}
        {...(day === null ? {} : { initialDate: day })}
        locale={i18n.language === "fr" ? frLocale : "en-gb"}
        firstDay={1}
        headerToolbar={false}
        height="100%"
        weekNumbers={view !== "agenda"}
        nowIndicator
        dayMaxEvents
        selectable={canAdd}
        selectMirror
        editable
        scrollTime="07:30:00"
        slotDuration="00:30:00"
        slotMinHeight={24}
        snapDuration="00:15:00"
        eventTimeFormat={{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }}
        slotHeaderFormat={{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }}
        noEventsText={t("calendar.nothing")}
        allDayText={t("calendar.allDay")}
        eventInteractive
        eventDisplay="block"
        events={events}
        // oxlint-disable-next-line react/no-unstable-nested-components -- what the grid calls to draw, no component
        eventContent={(info) => <EventLabel info={info} instance={byKey.get(info.event.id)} />}
        eventDidMount={onDidMount}
        datesSet={props.onDates}
        eventClick={({ event, jsEvent }) => {
          jsEvent.preventDefault();
          const instance = byKey.get(event.id);
          if (instance !== undefined) props.onOpen(instance);
          const due = tasks.find((task) => taskKey(task) === event.id);
          if (due !== undefined)
            openObject({ kind: "row", scope: due.scope, collection: "task", id: due.task.id });
        }}
        select={props.onDraw}
        eventDrop={({ event, revert }) => moved(event, revert)}
        eventResize={({ event, revert }) => moved(event, revert)}
      />
    </div>
  );
}

const KEYS = "Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown";

function timesOf({ startsAt, endsAt, days }: EventInstance): NewTimes {
  return days === null
    ? { startMs: Date.parse(startsAt), endMs: Date.parse(endsAt) }
    : { startDay: days.start, endDay: days.end };
}

function placeOf(objectId: string, times: NewTimes): string {
  return `${objectId} ${JSON.stringify(times)}`;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

function inputOf(
  instance: EventInstance,
  {
    colours,
    openKey,
    untitled,
  }: { colours: CalendarGridProps["colours"]; openKey: string | null; untitled: string },
): EventInput {
  const { key, title, startsAt, endsAt, days, status, canWrite, isFree, answer } = instance;
  const colour = colours.get(instance.calendarId) ?? "grey";
  const marks = [
    status === "cancelled" ? "calendar-event--cancelled" : "",
    status === "tentative" || isFree ? "calendar-event--light" : "",
    key === openKey ? "calendar-event--open" : "",
    answer === "needs-action" ? "calendar-event--asked" : "",
    answer === "declined" ? "calendar-event--declined" : "",
    answer === "tentative" ? "calendar-event--light" : "",
  ].filter((mark) => mark !== "");
  return {
    id: key,
    title: title === "" ? untitled : title,
    start: days?.start ?? startsAt,
    end: days?.end ?? endsAt,
    allDay: days !== null,
    editable: canWrite,
    color: answer === "declined" ? "var(--ground)" : "color-mix(in srgb, var(--label) 22%, var(--ground))",
    contrastColor: "var(--ink)",
    className: ["calendar-event", `calendar-event--${colour}`, ...marks].join(" "),
  };
}

function taskKey({ scope, task }: PlacedTask): string {
  return `task ${scope} ${task.id}`;
}

const HALF_HOUR_MS = 1_800_000;

/** On its day, or just before its time. */
function taskInput(placed: PlacedTask): EventInput | undefined {
  const { dueAt, title } = placed.task;
  if (dueAt === undefined) return undefined;
  const isDay = dueAt.length === 10;
  const times = isDay
    ? { start: dueAt, allDay: true }
    : { start: new Date(Date.parse(dueAt) - HALF_HOUR_MS).toISOString(), end: dueAt };
  return {
    id: taskKey(placed),
    title: `☐ ${title}`,
    ...times,
    editable: false,
    color: "var(--ground-raised)",
    contrastColor: "var(--ink)",
    className: "calendar-event calendar-event--grey calendar-event--task",
  };
}

/** Of the years around those shown: few, and the grid shows those of its days. */
function holidayInputs(
  instances: readonly EventInstance[],
  wordOf: (name: ReturnType<typeof holidaysOf>[number]["name"]) => string,
): EventInput[] {
  const now = new Date().getFullYear();
  const years = new Set([
    now - 1,
    now,
    now + 1,
    ...instances.map(({ startsAt }) => Number(startsAt.slice(0, 4))),
  ]);
  return [...years].flatMap((year) =>
    holidaysOf(year).map(({ day, name }) => ({
      id: `holiday ${day}`,
      title: wordOf(name),
      start: day,
      allDay: true,
      editable: false,
      interactive: false,
      color: "var(--count)",
      contrastColor: "var(--ink)",
      className: "calendar-event calendar-event--holiday",
    })),
  );
}

function EventLabel({ info, instance }: { info: EventDisplayInfo; instance: EventInstance | undefined }) {
  // A line of a month has room for the title alone; of columns, what it is comes before when it is.
  const isLine = info.view.type.startsWith("dayGrid") || info.event.allDay;
  const time =
    info.timeText === "" ? null : (
      <span className="calendar-label__time">{info.timeText.split(" – ")[0]}</span>
    );
  return (
    <span className={isLine ? "calendar-label calendar-label--line" : "calendar-label"}>
      {isLine ? time : null}
      <span className="calendar-label__title">{info.event.title}</span>
      <EventMarks instance={instance} isLine={isLine} />
      {isLine || info.timeText === "" ? null : (
        <span className="calendar-label__more calendar-label__time">{info.timeText}</span>
      )}
      {isLine || instance === undefined || instance.place === null ? null : (
        <span className="calendar-label__more">{instance.place}</span>
      )}
    </span>
  );
}

interface EventMarksProps {
  instance: EventInstance | undefined;
  isLine: boolean;
}

/** In a line only what one has to see to. */
function EventMarks({ instance, isLine }: EventMarksProps) {
  const { t } = useTranslation();
  if (instance === undefined) return null;
  return (
    <>
      {instance.isRecurring && !isLine ? (
        <Repeat size={12} strokeWidth={ICON_STROKE} aria-label={t("calendar.repeats")} />
      ) : null}
      {instance.conference === null || isLine ? null : (
        <Video size={12} strokeWidth={ICON_STROKE} aria-label={t("calendar.hasConference")} />
      )}
      {instance.answer === "needs-action" ? (
        <CircleHelp size={12} strokeWidth={ICON_STROKE} aria-label={t("calendar.meeting.unanswered")} />
      ) : null}
      {instance.isPending ? (
        <ArrowUp size={12} strokeWidth={ICON_STROKE} aria-label={t("calendar.waits")} />
      ) : null}
      {instance.refused > 0 ? (
        <TriangleAlert size={12} strokeWidth={ICON_STROKE} aria-label={t("calendar.refused")} />
      ) : null}
    </>
  );
}
