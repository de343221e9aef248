import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import { atWall, type CalendarTime } from "#contract/icalendar/calendar-time.ts";
import type { EventChanges } from "#contract/icalendar/event.ts";
import { MOST_OBJECT_BYTES } from "#contract/icalendar/object-resource.ts";
import type { Scope as SeriesScope } from "#contract/icalendar/series-edit.ts";
import { ianaZone, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import { createId } from "#contract/ids.ts";
import type { Result } from "#contract/result.ts";
import type { EventInstance } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { byteLength } from "#renderer/kit/text-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { createCalendarCommands } from "#renderer/parts/calendar-commands.ts";
import { editedTexts, openTime, removedTexts, type OpenTime } from "#renderer/parts/event-edits.ts";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useMemo } from "react";
import { useCalendarStore } from "./calendar-store.ts";
import { zoneHere } from "./calendar-words.ts";

/** What is done to one time of an event: changes, or its removal. */
export type EventDeed =
  /** `isSilent`: it follows from something that was said already. */
  { kind: "change"; changes: (open: OpenTime) => EventChanges; isSilent?: boolean } | { kind: "remove" };

/** When something was put with the pointer: moments, or days (the end exclusive). */
export type NewTimes = { startMs: number; endMs: number } | { startDay: string; endDay: string };

export interface OpenedEvent {
  object: CalendarObjectRow;
  time: OpenTime;
}

/** What a person does with events, each with its way back. */
export function useEventDeeds() {
  const { t } = useTranslation();
  const client = useWorker();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);
  const openDialog = useCalendarStore((state) => state.openDialog);
  const commands = useMemo(() => createCalendarCommands(client), [client]);

  const run = async (result: Promise<Result<unknown>>): Promise<boolean> => {
    const kept = await result;
    if (!kept.ok) report(kept.error);
    return kept.ok;
  };
  const say = (text: string, back: () => Promise<Result<unknown>>) => {
    show({ text, tone: "plain", action: { label: t("action.undo"), run: () => void run(back()) } });
  };
  /** What is too big would be refused much later: it is said while one still has it before one's eyes. */
  const hasRoom = (texts: readonly (string | null | undefined)[]): boolean => {
    const isTooBig = texts.some((text) => byteLength(text ?? "") > MOST_OBJECT_BYTES);
    if (isTooBig) show({ text: t("calendar.tooBig"), tone: "danger" });
    return !isTooBig;
  };
  const open = async (instance: EventInstance): Promise<OpenedEvent | undefined> => {
    const { scope, objectId } = instance;
    const { info } = await client.once("event", { scope, objectId });
    const object = info?.object ?? null;
    const shown = { instance: instance.instance, startMs: Date.parse(instance.startsAt) };
    const time = object === null ? undefined : openTime(object.data, shown, zoneHere());
    if (object !== null && time !== undefined) return { object, time };
    show({ text: t("calendar.gone"), tone: "plain" });
    return undefined;
  };
  const carryOut = async (instance: EventInstance, deed: EventDeed, scope: SeriesScope): Promise<boolean> => {
    const opened = await open(instance);
    if (opened === undefined) return false;
    const { object, time } = opened;
    const clock = { nowMs: Date.now(), newUid: createId() };
    const texts =
      deed.kind === "remove"
        ? removedTexts(time, object, scope, clock)
        : editedTexts(time, object, deed.changes(time), scope, clock);
    if (texts.data === object.data) return true;
    if (!hasRoom([texts.data, texts.added?.data])) return false;
    if (!(await run(commands.apply(instance.scope, object, texts)))) return false;
    if (deed.kind === "change" && deed.isSilent === true) return true;
    const text = deed.kind === "remove" ? "calendar.removed" : "calendar.changed";
    say(t(text, { title: time.event.title === "" ? t("calendar.untitled") : time.event.title }), () =>
      commands.takeBack(instance.scope, object, texts),
    );
    return true;
  };
  return {
    commands,
    /** Whether it was kept; what was not has been said. */
    run,
    say,
    hasRoom,
    /** The event with the time that is shown, or undefined after it was said that it is gone. */
    open,
    carryOut,
    /** Asks first which times of a series are meant. */
    do: async (instance: EventInstance, deed: EventDeed): Promise<void> => {
      if (instance.isRecurring) openDialog({ kind: "scope", instance, deed });
      else await carryOut(instance, deed, "all");
    },
  };
}

/** The event where it was put, in the zone in which it is written. */
export function movedTo(times: NewTimes): EventDeed {
  return {
    kind: "change",
    changes: ({ event, series }) => {
      if ("startDay" in times)
        return { start: { kind: "day", day: times.startDay }, end: { kind: "day", day: times.endDay } };
      const at = (like: CalendarTime, ms: number): CalendarTime => {
        if (like.kind === "day") {
          const zone = zoneHere();
          return atWall(
            { kind: "zoned", local: "2000-01-01T00:00:00", zone },
            wallMsAt(series.place.zone, ms),
          );
        }
        const zone =
          like.kind === "zoned"
            ? (series.place.zones(like.zone) ?? ianaZone(like.zone) ?? utcZone)
            : series.place.zone;
        return atWall(like, wallMsAt(zone, ms));
      };
      return { start: at(event.start, times.startMs), end: at(event.end, times.endMs) };
    },
  };
}
