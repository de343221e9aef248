import { calendarObjectSchema, calendarSchema } from "#contract/entities/calendar.ts";
import type { CalendarTime } from "#contract/icalendar/calendar-time.ts";
import { textOf } from "#contract/icalendar/component.ts";
import { createEvent } from "#contract/icalendar/event.ts";
import { newCalendar } from "#contract/icalendar/keep-bytes.ts";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import { missingZones } from "#contract/icalendar/write-zone.ts";
import { calendarObjectKey, naturalId, ownCalendarId, spaceCalendarId } from "#contract/ids.ts";
import { personScope, spaceScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite } from "#server/store/store.ts";
import { demoCalendars, type CalendarScript } from "./events-data.ts";
import { demoPersonId } from "./people.ts";
import { putRow } from "./put-row.ts";
import { demoSpaceId } from "./workplace.ts";

const DAY_MS = 86_400_000;
const ZONE = "Europe/Paris";
const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Calendars of spaces and of the demonstration's own person, around the day on which it is made. */
export function createEvents(nowMs: number): RowWrite[] {
  return demoCalendars.flatMap((calendar) => rowsOf(calendar, nowMs));
}

function rowsOf({ space, name, colour, by, script }: CalendarScript, nowMs: number): RowWrite[] {
  const me = demoPersonId(by);
  const spaceId = space === null ? null : demoSpaceId(space);
  const scope = spaceId === null ? personScope(me) : spaceScope(spaceId);
  const id = spaceId === null ? ownCalendarId(me) : spaceCalendarId(spaceId);
  const kind = space === null ? "own" : "space";
  const made = { createdBy: me, createdAt: toIsoTime(nowMs - 60 * DAY_MS) };
  const rows = [putRow(scope, "calendar", calendarSchema.parse({ id, name, colour, kind, ...made }))];
  for (const line of script.trim().split("\n")) {
    const uid = naturalId("demo", "event", space ?? "own", line);
    const data = textOfLine(line, uid, nowMs);
    const reading = readObjectResource(data);
    if (!reading.ok) throw new Error(`no event: ${line}: ${reading.message}`);
    const { summary, startsMs, endsMs, hasRecurrence } = reading.facts;
    const object = {
      id: calendarObjectKey(scope, uid),
      calendarId: id,
      data,
      uid,
      kind: "VEVENT",
      summary,
      ...(startsMs === undefined ? {} : { startsAt: toIsoTime(startsMs) }),
      ...(endsMs === undefined ? {} : { endsAt: toIsoTime(endsMs) }),
      hasRecurrence,
      attendeeIds: [],
      revision: 1,
      ...made,
      modifiedAt: made.createdAt,
    };
    rows.push(putRow(scope, "calendarObject", calendarObjectSchema.parse(object)));
  }
  return rows;
}

const head =
  /^(?<first>[+-]\d+|[a-z]{3})(?:\.\.(?<last>[+-]\d+))? (?:(?<from>\d\d:\d\d)-(?<to>\d\d:\d\d) )?(?<title>.+)$/u;

function textOfLine(line: string, uid: string, nowMs: number): string {
  const [what = "", ...marks] = line.split(" | ");
  const { first = "", last, from, to, title } = head.exec(what)?.groups ?? {};
  if (title === undefined) throw new Error(`no event: ${line}`);
  const mark = (sign: string) => marks.find((each) => each.startsWith(sign))?.slice(sign.length);
  const startDay = dayOf(dayMs(first, nowMs));
  const at = (day: string, clock: string | undefined, after: number): CalendarTime =>
    clock === undefined
      ? { kind: "day", day: dayOf(Date.parse(`${day}T12:00:00Z`) + after * DAY_MS) }
      : { kind: "zoned", local: `${day}T${clock}:00`, zone: ZONE };
  const endDay = last === undefined ? startDay : dayOf(dayMs(last, nowMs));
  const event = createEvent(
    { uid, nowMs: nowMs - 60 * DAY_MS },
    {
      title,
      start: at(startDay, from, 0),
      end: at(endDay, to, 1),
      location: mark("@ "),
      description: mark("> "),
      conference: mark("join "),
      rule: mark("every "),
      isFree: marks.includes("free"),
    },
  );
  return textOf([newCalendar([...missingZones([event], [], nowMs), event])]);
}

/** Weekdays are those of the week before, so that a series is under way. */
function dayMs(word: string, nowMs: number): number {
  const weekday = weekdays.indexOf(word);
  if (weekday < 0) return nowMs + Number(word) * DAY_MS;
  const today = (new Date(`${dayOf(nowMs)}T12:00:00Z`).getUTCDay() + 6) % 7;
  return nowMs + (weekday - today - 7) * DAY_MS;
}

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: ZONE }).format(ms);
}
