import type { FreeBusy, PersonTime } from "#contract/free-busy.ts";
import { DAY_MS, dayOf } from "#contract/icalendar/calendar-time.ts";
import {
  findTime,
  merged,
  workedTimes,
  type Interval,
  type Participant,
  type Slot,
} from "#contract/icalendar/free-busy.ts";
import { isHoliday, type HolidayRegion } from "#contract/icalendar/holidays.ts";
import { dayNumberAt, weekdayOf } from "#contract/icalendar/rule-calendar.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt, type Zone } from "#contract/icalendar/zones.ts";
import type { PersonId } from "#contract/ids.ts";
import type { WorkingHours } from "#contract/working-hours.ts";

/** Somebody whose time is looked for. */
export interface Invited {
  readonly id: PersonId;
  readonly name: string;
  /** Good to have, not needed. */
  readonly isOptional?: boolean;
}

/** Whoever looks for a time is there themselves, before the others. */
export function withMe(
  me: { readonly id: PersonId; readonly displayName: string } | null,
  others: readonly Invited[],
): Invited[] {
  const rest = others.filter(({ id }) => id !== me?.id);
  return me === null ? rest : [{ id: me.id, name: me.displayName }, ...rest];
}

/** What is known of somebody's time. */
export interface KnownTime {
  readonly invited: Invited;
  readonly busy: readonly Interval[];
  readonly tentative: readonly Interval[];
  readonly hours: WorkingHours;
  /** They told none: those are the usual ones. */
  readonly hasUsualHours: boolean;
  /** More is taken than the workplace could work out. */
  readonly isCut: boolean;
}

const HOUR_MS = 3_600_000;
export const STEP_MS = 15 * 60_000;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** In the order of the people; those of whom nothing is known are left out. */
export function knownTimes(people: readonly Invited[], answer: FreeBusy, zone: string): KnownTime[] {
  const byId = new Map(answer.people.map((each) => [each.personId, each]));
  return people.flatMap((invited) => {
    const told = byId.get(invited.id);
    return told === undefined ? [] : [knownTime(invited, told, zone)];
  });
}

function knownTime(invited: Invited, { busy, workingHours, isCut }: PersonTime, zone: string): KnownTime {
  const ofKind = (kind: "busy" | "tentative") =>
    busy
      .filter(({ status }) => status === kind)
      .map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) }));
  const usual = { timeZone: zone, days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" };
  return {
    invited,
    busy: ofKind("busy"),
    tentative: ofKind("tentative"),
    hours: workingHours ?? usual,
    hasUsualHours: workingHours === undefined,
    isCut: isCut === true,
  };
}

/** Where the public holidays of France are those of the people who work there. */
const regions = new Map<string, HolidayRegion>([
  ["Europe/Paris", "metropole"],
  ["America/Guadeloupe", "guadeloupe"],
  ["America/Martinique", "martinique"],
  ["America/Cayenne", "guyane"],
  ["Indian/Reunion", "reunion"],
  ["Indian/Mayotte", "mayotte"],
  ["America/St_Barthelemy", "saintBarthelemy"],
  ["America/Marigot", "saintMartin"],
  ["America/Miquelon", "saintPierreEtMiquelon"],
  ["Pacific/Noumea", "nouvelleCaledonie"],
  ["Pacific/Wallis", "wallisEtFutuna"],
]);

function holidaysWhere({ hours }: KnownTime): ((day: string) => boolean) | undefined {
  const region = regions.get(hours.timeZone);
  return region === undefined ? undefined : (day) => isHoliday(day, region);
}

export interface Wish extends Interval {
  readonly lengthMs: number;
  /** Otherwise any day, from early in the morning until late in the evening. */
  readonly isWorkingOnly: boolean;
  /** Of the reader: so that not all suggestions are of one of their days. */
  readonly zone: Zone;
}

function participantOf(known: KnownTime, isWorkingOnly: boolean): Participant {
  const { invited, busy, tentative, hours } = known;
  const holidays = isWorkingOnly ? holidaysWhere(known) : undefined;
  return {
    busy: [...busy, ...tentative],
    hours: isWorkingOnly ? hours : { ...hours, days: EVERY_DAY, from: "07:00", to: "21:00" },
    ...(invited.isOptional === undefined ? {} : { isOptional: invited.isOptional }),
    ...(holidays === undefined ? {} : { isHoliday: holidays }),
  };
}

const MOST_LOOKED_AT = 300;
const MOST_SUGGESTED = 6;
const MOST_EACH_DAY = 3;

/** Best first; at least one who is needed has time. `missing` are places in `known`. */
export function suggestionsOf(known: readonly KnownTime[], wish: Wish): Slot[] {
  const needed = known.filter(({ invited }) => invited.isOptional !== true).length;
  const slots = findTime(
    known.map((each) => participantOf(each, wish.isWorkingOnly)),
    { ...wish, most: MOST_LOOKED_AT, mostMissing: Math.max(0, needed - 1) },
  );
  const perDay = new Map<number, number>();
  const spread = slots.filter(({ fromMs }) => {
    const day = dayNumberAt(wallMsAt(wish.zone, fromMs));
    const count = (perDay.get(day) ?? 0) + 1;
    perDay.set(day, count);
    return count <= MOST_EACH_DAY;
  });
  return spread.slice(0, MOST_SUGGESTED);
}

export type TimeState = "free" | "busy" | "tentative" | "holiday" | "outside";

/** How a time suits somebody; what is outside their hours does not matter unless it is asked. */
export function stateAt(known: KnownTime, slot: Interval, isWorkingOnly: boolean): TimeState {
  if (known.busy.some((each) => overlaps(each, slot))) return "busy";
  if (known.tentative.some((each) => overlaps(each, slot))) return "tentative";
  const isWithin = (isHolidayThere: ((day: string) => boolean) | undefined) =>
    merged(workedTimes({ hours: known.hours, isHoliday: isHolidayThere }, slot)).some(
      ({ fromMs, toMs }) => fromMs <= slot.fromMs && toMs >= slot.toMs,
    );
  if (!isWorkingOnly || isWithin(holidaysWhere(known))) return "free";
  return isWithin(undefined) ? "holiday" : "outside";
}

function overlaps(one: Interval, other: Interval): boolean {
  return one.fromMs < other.toMs && one.toMs > other.fromMs;
}

/** A day of the reader, as far as it is shown. */
export interface DayWindow extends Interval {
  /** On the reader's clock. */
  readonly hours: readonly { readonly hour: number; readonly atMs: number }[];
}

const [FIRST_HOUR, LAST_HOUR] = [8, 18];

/** The day of a slot, from when the first begins to work until the last one ends, with the slot. */
export function dayWindow(known: readonly KnownTime[], slot: Interval, zone: Zone): DayWindow {
  const midnight = dayNumberAt(wallMsAt(zone, slot.fromMs)) * DAY_MS;
  const atHour = (hour: number) => utcMsOf(zone, midnight + hour * HOUR_MS);
  const day = { fromMs: atHour(0), toMs: atHour(24) };
  const worked = known.flatMap(({ hours }) => workedTimes({ hours, isHoliday: undefined }, day));
  const spans = clipped([slot, ...worked], day);
  const hourOf = (ms: number) => (wallMsAt(zone, ms) - midnight) / HOUR_MS;
  const first = Math.floor(Math.min(FIRST_HOUR, ...spans.map(({ fromMs }) => hourOf(fromMs))));
  const last = Math.ceil(Math.max(LAST_HOUR, ...spans.map(({ toMs }) => hourOf(toMs))));
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  return {
    fromMs: atHour(first),
    toMs: atHour(last),
    hours: hours.map((hour) => ({ hour, atMs: atHour(hour) })),
  };
}

/** What lies within a window. */
export function clipped(intervals: readonly Interval[], window: Interval): Interval[] {
  return intervals
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.max(fromMs, window.fromMs),
      toMs: Math.min(toMs, window.toMs),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

export interface Shape extends Interval {
  readonly kind: Exclude<TimeState, "free">;
}

/** What of a window is not free for somebody, in the order in which it is drawn. */
export function shapesOf(known: KnownTime, window: Interval): Shape[] {
  const drawn = (kind: Shape["kind"], intervals: readonly Interval[]) =>
    clipped(intervals, window).map(({ fromMs, toMs }): Shape => ({ fromMs, toMs, kind }));
  return [
    ...drawn("outside", notWorked(known, window)),
    ...drawn("holiday", holidayTimes(known, window)),
    ...drawn("tentative", known.tentative),
    ...drawn("busy", known.busy),
  ];
}

function notWorked({ hours }: KnownTime, window: Interval): Interval[] {
  const worked = clipped(merged(workedTimes({ hours, isHoliday: undefined }, window)), window);
  const ends = [window.fromMs, ...worked.map(({ toMs }) => toMs)];
  const starts = [...worked.map(({ fromMs }) => fromMs), window.toMs];
  return ends.flatMap((fromMs, at) => {
    const toMs = starts[at] ?? window.toMs;
    return toMs > fromMs ? [{ fromMs, toMs }] : [];
  });
}

/** Whole days where they are. */
function holidayTimes(known: KnownTime, { fromMs, toMs }: Interval): Interval[] {
  const isHolidayThere = holidaysWhere(known);
  if (isHolidayThere === undefined) return [];
  const zone = ianaZone(known.hours.timeZone) ?? utcZone;
  const [first, last] = [dayNumberAt(wallMsAt(zone, fromMs)), dayNumberAt(wallMsAt(zone, toMs - 1))];
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * DAY_MS)
    .filter((wallMs) => isHolidayThere(dayOf(wallMs)))
    .map((wallMs) => ({ fromMs: utcMsOf(zone, wallMs), toMs: utcMsOf(zone, wallMs + DAY_MS) }));
}

/** To the next quarter of an hour that way. */
export function steppedMs(startMs: number, steps: number): number {
  const at = startMs / STEP_MS;
  return (steps > 0 ? Math.floor(at) + steps : Math.ceil(at) + steps) * STEP_MS;
}

/** The same time of the clock on another day. */
export function onDay(startMs: number, days: number, zone: Zone): number {
  return utcMsOf(zone, wallMsAt(zone, startMs) + days * DAY_MS);
}

/** @param fraction of the window, from 0 to 1 */
export function startAt(fraction: number, { fromMs, toMs }: Interval, lengthMs: number): number {
  const atMs = Math.floor((fromMs + fraction * (toMs - fromMs)) / STEP_MS) * STEP_MS;
  return Math.max(fromMs, Math.min(atMs, toMs - lengthMs));
}

const [MORNING_HOUR, LAST_START_HOUR] = [9, 17];

/** The next full hour at which people usually begin something. */
export function usualStartMs(nowMs: number, zone: Zone): number {
  let wallMs = Math.ceil(wallMsAt(zone, nowMs) / HOUR_MS) * HOUR_MS;
  for (;;) {
    const day = dayNumberAt(wallMs);
    const hour = wallMs / HOUR_MS - day * 24;
    const isOver = weekdayOf(day) > 5 || hour > LAST_START_HOUR;
    if (!isOver) return utcMsOf(zone, (day * 24 + Math.max(hour, MORNING_HOUR)) * HOUR_MS);
    wallMs = (day + 1) * DAY_MS;
  }
}
