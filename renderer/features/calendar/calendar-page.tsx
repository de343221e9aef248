import { CalendarPlus, ChevronLeft, ChevronRight, Ellipsis, Upload, Users } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useCalendarController, type DatesSetInfo, type DateSelectInfo } from "@fullcalendar/react";
import type { SpaceId } from "#contract/ids.ts";
import type { PlacedTask } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useIsModuleShown } from "#renderer/kit/shown-modules.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import { BackToList } from "./back-to-list.tsx";
import { CalendarDialogs } from "./calendar-dialogs.tsx";
import { CalendarGrid, gridViews } from "./calendar-grid.tsx";
import type { OpenEvent } from "./calendar-route.ts";
import { calendarViews, HOLIDAYS, TASKS, useCalendarStore, type CalendarViewName } from "./calendar-store.ts";
import { zoneHere } from "./calendar-words.ts";
import { EventDetails } from "./event-details.tsx";
import { useEventDeeds } from "./use-event-deeds.ts";
import "./calendar.css";

interface CalendarPageProps {
  open: OpenEvent | null;
  onOpen: (open: OpenEvent | null) => void;
  /** The calendars of a space alone, under its own head. */
  spaceId?: SpaceId;
}

const HOUR_MS = 3_600_000;

/** Events of all calendars that are shown, over a month, a week, a day or as a list; the open one beside them. */
export function CalendarPage({ open, onOpen, spaceId }: CalendarPageProps) {
  const { t } = useTranslation();
  const controller = useCalendarController();
  const isReady = useSession((session) => session.isReady);
  const { view: chosen, day, hidden, setView, setDay, openDialog } = useCalendarStore();
  const [usual] = useState<CalendarViewName>(() =>
    matchMedia("(max-width: 45rem)").matches ? "agenda" : "month",
  );
  const view = chosen ?? usual;
  const [range, setRange] = useState<{ fromMs: number; toMs: number } | null>(null);
  const [title, setTitle] = useState("");
  const deeds = useEventDeeds();
  const { items: calendars } = useLiveQuery("calendars", spaceId === undefined ? {} : { spaceId });
  const place = spaceId === undefined ? {} : { spaceId };
  // Nothing is asked before the grid has said which days it shows.
  const asked = range ?? { fromMs: 0, toMs: 0 };
  const { items, info, problem } = useLiveQuery("eventRange", {
    ...asked,
    ...place,
    zone: zoneHere(),
    hidden: hidden.filter((id) => id !== HOLIDAYS && id !== TASKS),
  });
  const tasks = useDueTasks(spaceId === undefined && !hidden.includes(TASKS));
  const colours = useMemo(
    () => new Map(calendars.map(({ calendar }) => [calendar.id as string, calendar.colour])),
    [calendars],
  );
  const writable = calendars.filter(({ canWrite, calendar }) => canWrite && !hidden.includes(calendar.id));
  const canAdd = writable.length > 0;

  useEffect(() => {
    const name = gridViews[view];
    if (controller.view !== undefined && controller.view.type !== name) controller.changeView(name);
  }, [controller, view]);
  const startMs = open?.time?.startMs;
  // An event that was opened by its address is brought into sight.
  useEffect(() => {
    if (startMs !== undefined && range !== null && (startMs < range.fromMs || startMs >= range.toMs))
      controller.gotoDate(new Date(startMs));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- when another one is opened, not when one walks on
  }, [startMs]);

  const onDates = useCallback(
    (shown: DatesSetInfo) => {
      const next = { fromMs: shown.start.getTime(), toMs: shown.end.getTime() };
      setRange((before) => (before?.fromMs === next.fromMs && before.toMs === next.toMs ? before : next));
      setTitle(shown.view.title);
      setDay(isoDay(shown.view.currentStart));
    },
    [setDay],
  );
  const add = (startsMs: number, endMs: number, isAllDay: boolean) => {
    openDialog({
      kind: "newEvent",
      event: { startMs: startsMs, endMs, isAllDay, calendarId: writable[0]?.calendar.id ?? null },
    });
  };
  const addNext = () => {
    const isHere = range !== null && Date.now() >= range.fromMs && Date.now() < range.toMs;
    const from = isHere || range === null ? Date.now() : range.fromMs + 9 * HOUR_MS;
    const start = Math.ceil(from / HOUR_MS) * HOUR_MS;
    add(start, start + HOUR_MS, false);
  };
  /** On a space's page its name stands above. */
  const Title = spaceId === undefined ? "h2" : "h3";
  const openKey = open === null ? null : `${open.scope}~${open.objectId}~${open.time?.instance ?? ""}`;
  return (
    <div className="calendar">
      <div className="calendar__main">
        <header className="calendar-head">
          {spaceId === undefined ? <BackToList /> : null}
          <div className="calendar-head__steps">
            <Button onPress={() => controller.today()}>{t("calendar.today")}</Button>
            <IconButton icon={ChevronLeft} label={t("calendar.before")} onPress={() => controller.prev()} />
            <IconButton icon={ChevronRight} label={t("calendar.after")} onPress={() => controller.next()} />
          </div>
          <Title className="calendar-head__title" aria-live="polite">
            {title}
          </Title>
          <ToggleButtonGroup
            className="calendar-head__views"
            aria-label={t("calendar.shownAs")}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[view]}
            onSelectionChange={(keys) => {
              const next = calendarViews.find((each) => keys.has(each));
              if (next !== undefined) setView(next);
            }}
          >
            {calendarViews.map((each) => (
              <ToggleButton key={each} id={each} className="calendar-head__view">
                {t(`calendar.view.${each}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          {canAdd ? (
            <Button tone="primary" onPress={addNext} label={t("calendar.newEvent")}>
              <CalendarPlus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              <span className="calendar-head__word">{t("calendar.newEvent")}</span>
            </Button>
          ) : null}
          {spaceId === undefined ? (
            <MenuButton
              label={t("calendar.more")}
              button={<IconButton icon={Ellipsis} label={t("calendar.more")} />}
              commands={[
                // What is found becomes an event: where there is a calendar for it.
                ...(canAdd
                  ? [
                      {
                        id: "severalPeople",
                        label: t("calendar.findTime.severalTitle"),
                        icon: Users,
                        run: () => openDialog({ kind: "severalPeople" }),
                      },
                    ]
                  : []),
                {
                  id: "import",
                  label: t("calendar.import.title"),
                  icon: Upload,
                  run: () => openDialog({ kind: "import" }),
                },
              ]}
            />
          ) : null}
        </header>
        {problem === null ? null : <ProblemNote problem={problem} />}
        {info?.isCut === true ? <Note tone="plain">{t("calendar.isCut")}</Note> : null}
        <CalendarGrid
          controller={controller}
          view={view}
          day={day}
          instances={range === null || !isReady ? NOTHING : items}
          tasks={tasks}
          colours={colours}
          hasHolidays={!hidden.includes(HOLIDAYS)}
          openKey={openKey}
          canAdd={canAdd}
          onDates={onDates}
          onOpen={({ scope, objectId, instance, startsAt }) =>
            onOpen({ scope, objectId, time: { instance, startMs: Date.parse(startsAt) } })
          }
          onDraw={(drawn: DateSelectInfo) => add(drawn.start.getTime(), drawn.end.getTime(), drawn.allDay)}
          onMove={(instance, deed, putBack) => {
            // The row decides where it stands: until it does, and when one thinks better of it, it is where it was.
            putBack();
            void deeds.do(instance, deed);
          }}
        />
      </div>
      {open === null ? null : (
        <EventDetails key={openKey} open={open} instances={items} onClose={() => onOpen(null)} />
      )}
      <CalendarDialogs spaceId={spaceId} />
    </div>
  );
}

/** What the reader has to do by a day or a time; done where it is: on its board. */
function useDueTasks(isWanted: boolean): readonly PlacedTask[] {
  const hasTasks = useIsModuleShown("tasks");
  const { items } = useLiveQuery("myTasks", {});
  return useMemo(
    () =>
      isWanted && hasTasks
        ? items.filter(({ task, group }) => task.dueAt !== undefined && group !== "waiting")
        : NOTHING,
    [items, isWanted, hasTasks],
  );
}

const NOTHING: readonly [] = [];

/** `2026-11-23` on the wall calendar of the reader. */
function isoDay(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0")).join("-");
}
