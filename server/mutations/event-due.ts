import { notificationSchema } from "#contract/entities/notification.ts";
import { calendarObjectSchema, type CalendarObjectRow } from "#contract/entities/calendar.ts";
import { conferenceOf } from "#contract/icalendar/event.ts";
import { textValueOf } from "#contract/icalendar/calendar-value.ts";
import type { Instance } from "#contract/icalendar/expand.ts";
import { nextAlarm, type DueAlarm } from "#contract/icalendar/next-alarm.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { readSeries, type Series } from "#contract/icalendar/series.ts";
import { ianaZone, utcZone, wallMsAt, type Zone } from "#contract/icalendar/zones.ts";
import { localOf } from "#contract/icalendar/calendar-time.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import type { DueHandler } from "../due/due-context.ts";
import type { RowKey, StoreTransaction } from "../store/store.ts";
import { standing, type MutationContext } from "./context.ts";
import { inboxRows } from "./inbox-rows.ts";
import { hoursOf } from "./task-due.ts";

/**
 * Reminders of events (VALARM). Of one's own calendar they are told to its owner, of a space's to whoever made the event. One
 * mark an object stands for the next of them; what is past when an event is written is not told.
 */
export async function markAlarm(
  { tx, scope, nowMs }: MutationContext,
  object: CalendarObjectRow,
): Promise<void> {
  const zone = await zoneOf(tx, hearerOf(scope, object));
  await tx.setDue(keyOf(scope, object), nextOf(object, zone, nowMs)?.atMs ?? null);
}

function keyOf(scope: Scope, { id }: CalendarObjectRow): RowKey {
  return { scope, collection: "calendarObject", id };
}

/** The time of a reminder has come. */
export const tellAlarm: DueHandler = async ({ tx, nowMs, key, row, dueAtMs }) => {
  const read = standing(row);
  if (read === undefined) return;
  const object = calendarObjectSchema.parse(read.data);
  const { scope } = key;
  const personId = hearerOf(scope, object);
  const zone = await zoneOf(tx, personId);
  // Of several that were slept through, the last one is told.
  let due = nextOf(object, zone, dueAtMs - 1);
  let told: DueAlarm | undefined;
  while (due !== undefined && due.atMs <= nowMs) {
    told = due;
    due = nextOf(object, zone, due.atMs);
  }
  if (told !== undefined && (await tx.canRead(personId, scope))) {
    const about = { kind: "row", scope, collection: "calendarObject", id: object.id } as const;
    const excerpt = wordsOf(told.instance, zone);
    const conference = joinAddress(told.instance);
    const item = { kind: "reminder", object: about, scope, excerpt, conference } as const;
    await tx.write(await inboxRows({ tx, nowMs }, [personId], item));
  }
  await tx.setDue(key, due?.atMs ?? null);
};

function hearerOf(scope: Scope, { createdBy }: CalendarObjectRow): PersonId {
  const { kind, id } = parseScope(scope);
  return kind === "person" ? personIdSchema.parse(id) : createdBy;
}

/** Whole days and floating times are of where the person works. */
async function zoneOf(tx: StoreTransaction, personId: PersonId): Promise<Zone> {
  const { timeZone } = await hoursOf(tx, personId);
  return ianaZone(timeZone) ?? utcZone;
}

function nextOf(object: CalendarObjectRow, zone: Zone, afterMs: number): DueAlarm | undefined {
  const series = seriesOf(object, zone);
  return series === undefined ? undefined : nextAlarm(series, afterMs);
}

function seriesOf({ data }: CalendarObjectRow, zone: Zone): Series | undefined {
  const parsed = parseCalendarText(data);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  return parsed.ok && object !== undefined
    ? readSeries(object, { zone, zones: parsed.calendar.zones })
    : undefined;
}

/** What does not fit leads into the event, where it stands in full. */
function joinAddress({ component }: Instance): string | undefined {
  const address = conferenceOf(component);
  return notificationSchema.shape.conference.safeParse(address).data;
}

/** `Point d’équipe · 14:00`, on the clock of the person. */
function wordsOf({ component, startMs, isAllDay }: Instance, zone: Zone): string {
  const title = textValueOf(component, "SUMMARY")?.trim() ?? "";
  const clock = isAllDay ? "" : localOf(wallMsAt(zone, startMs)).slice(11, 16);
  return [title, clock].filter((part) => part !== "").join(" · ");
}
