import { DAY_MS, basicOf } from "./calendar-time.ts";
import type { Component } from "./component.ts";
import { newComponent, valueOf } from "./component.ts";
import { writeProperty } from "./content-line.ts";
import { zonesNamed } from "./keep-bytes.ts";
import { weekdayNames } from "./rule.ts";
import { dayNumberAt, daysInMonth, weekdayOf, yearMonthDayOf } from "./rule-calendar.ts";
import type { Zone } from "./zones.ts";
import { changeBetween, ianaZone } from "./zones.ts";

/** VTIMEZONE of zones of the IANA database: RFC 5545 section 3.2.19 wants one for every TZID that is written. */

interface Change {
  readonly beforeMs: number;
  readonly afterMs: number;
  /** On the clock before the change. */
  readonly wallMs: number;
}

/** Long enough to tell a rule from what a government decides each year. */
const YEARS = 10;
const STEP_MS = 10 * DAY_MS;

/** Zones that components name and none of the calendar's explains. @param fromMs the earliest time that matters */
export function missingZones(
  components: readonly Component[],
  explained: readonly Component[],
  fromMs: number,
): readonly Component[] {
  const known = new Set(explained.map((each) => valueOf(each, "TZID") ?? ""));
  const named = new Set(components.flatMap(zonesNamed));
  return [...named].flatMap((tzid) => {
    const zone = known.has(tzid) ? undefined : ianaZone(tzid);
    return zone === undefined ? [] : [writeZone(tzid, zone, fromMs)];
  });
}

/** True from the year before `fromMs` on; changes that follow no rule are listed for ten years. */
export function writeZone(tzid: string, zone: Zone, fromMs: number): Component {
  const year = new Date(fromMs).getUTCFullYear();
  const startMs = Date.UTC(year - 1, 0, 1);
  const changes = changesOf(zone, startMs, Date.UTC(year + YEARS, 0, 1));
  const [first] = changes;
  const offsetMs = zone.offsetMsAt(startMs);
  // Clocks before the first change, and of zones without any.
  const base = observance({ beforeMs: offsetMs, afterMs: offsetMs, wallMs: startMs }, []);
  const rest = first === undefined ? [] : (ruled(changes) ?? changes.map((each) => observance(each, [])));
  return newComponent("VTIMEZONE", [writeProperty("TZID", tzid), base, ...rest]);
}

function changesOf(zone: Zone, fromMs: number, toMs: number): Change[] {
  const changes: Change[] = [];
  for (let lowMs = fromMs; lowMs < toMs; lowMs += STEP_MS) {
    const beforeMs = zone.offsetMsAt(lowMs);
    const afterMs = zone.offsetMsAt(lowMs + STEP_MS);
    if (beforeMs === afterMs) continue;
    const atMs = changeBetween(lowMs, lowMs + STEP_MS, zone.offsetMsAt);
    changes.push({ beforeMs, afterMs, wallMs: atMs + beforeMs });
  }
  return changes;
}

/** One rule each for clocks forth and back; undefined where the years differ. */
function ruled(changes: readonly Change[]): Component[] | undefined {
  const kinds = Map.groupBy(changes, ({ beforeMs, afterMs }) => `${beforeMs} ${afterMs}`);
  if (kinds.size !== 2) return undefined;
  const written: Component[] = [];
  for (const same of kinds.values()) {
    const rule = ruleOf(same);
    const [first] = same;
    if (rule === undefined || first === undefined) return undefined;
    written.push(observance(first, [writeProperty("RRULE", rule)]));
  }
  return written;
}

function ruleOf(changes: readonly Change[]): string | undefined {
  const dates = changes.map(({ wallMs }) => ({ ...yearMonthDayOf(dayNumberAt(wallMs)), wallMs }));
  const [first] = dates;
  if (first === undefined || dates.length < YEARS) return undefined;
  const weekday = weekdayOf(dayNumberAt(first.wallMs));
  const isAlike = dates.every(
    ({ month, wallMs }) =>
      month === first.month &&
      weekdayOf(dayNumberAt(wallMs)) === weekday &&
      (wallMs - first.wallMs) % DAY_MS === 0,
  );
  if (!isAlike) return undefined;
  const position = Math.ceil(first.day / 7);
  const isPlaced = dates.every(({ day }) => Math.ceil(day / 7) === position);
  const isLast = dates.every(({ year, month, day }) => day > daysInMonth(year, month) - 7);
  if (!isPlaced && !isLast) return undefined;
  return `FREQ=YEARLY;BYMONTH=${first.month};BYDAY=${isLast ? -1 : position}${weekdayNames[weekday - 1]}`;
}

function observance(
  { beforeMs, afterMs, wallMs }: Change,
  more: readonly ReturnType<typeof writeProperty>[],
): Component {
  return newComponent(afterMs > beforeMs ? "DAYLIGHT" : "STANDARD", [
    writeProperty("DTSTART", basicOf(wallMs, false)),
    writeProperty("TZOFFSETFROM", offsetText(beforeMs)),
    writeProperty("TZOFFSETTO", offsetText(afterMs)),
    ...more,
  ]);
}

function offsetText(offsetMs: number): string {
  const seconds = Math.abs(Math.round(offsetMs / 1000));
  const rest = seconds % 60 === 0 ? "" : pair(seconds % 60);
  return `${offsetMs < 0 ? "-" : "+"}${pair(Math.floor(seconds / 3600))}${pair(Math.floor(seconds / 60) % 60)}${rest}`;
}

function pair(value: number): string {
  return String(value).padStart(2, "0");
}
