import { parseWall } from "./calendar-time.ts";
import { timesOf } from "./calendar-value.ts";
import { wallMsOf } from "./calendar-time.ts";
import type { Component, Node } from "./component.ts";
import { componentsOf, propertiesOf, valueOf } from "./component.ts";
import { parseRule } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { ruleTimes } from "./rule-times.ts";
import { windowsZones } from "./windows-zones.ts";
import type { Zone } from "./zones.ts";
import { ianaZone } from "./zones.ts";

/** Zones that a calendar explains itself (VTIMEZONE, RFC 5545 section 3.6.5). */

/** The zone of a name as `CalendarTime` has it. */
export type ZoneBook = (name: string) => Zone | undefined;

/** What the machine knows by a full name counts before what the calendar says: rules change, old exports do not. */
export function zoneBookOf(nodes: readonly Node[]): ZoneBook {
  const own = new Map<string, Component>();
  for (const calendar of componentsOf({ children: nodes })) {
    const inner = calendar.name === "VTIMEZONE" ? [calendar] : componentsOf(calendar, "VTIMEZONE");
    for (const each of inner) own.set((valueOf(each, "TZID") ?? "").slice(0, 255), each);
  }
  const built = new Map<string, Zone | undefined>();
  return (name) => {
    const component = own.get(name);
    // `EST`, `CET`…: short names mean what the calendar says, if it does.
    const isFull = name === "UTC" || name.includes("/") || windowsZones.has(name);
    const known = isFull || component === undefined ? ianaZone(name) : undefined;
    if (known !== undefined || component === undefined) return known;
    if (!built.has(name)) built.set(name, explainedZone(name, component) ?? ianaZone(name));
    return built.get(name);
  };
}

interface Change {
  readonly utcMs: number;
  readonly beforeMs: number;
  readonly afterMs: number;
}

const FROM_MS = Date.UTC(1900, 0, 1);
const TO_MS = Date.UTC(2200, 0, 1);
const MOST_CHANGES = 1000;

/** Undefined for one without a readable observance. */
function explainedZone(name: string, component: Component): Zone | undefined {
  const observances = [...componentsOf(component, "STANDARD"), ...componentsOf(component, "DAYLIGHT")];
  const changes = observances
    .slice(0, 200)
    .flatMap(changesOf)
    .toSorted((one, other) => one.utcMs - other.utcMs);
  const [first] = changes;
  if (first === undefined) return undefined;
  const starts = Float64Array.from(changes, ({ utcMs }) => utcMs);
  return {
    name,
    offsetMsAt: (utcMs) => {
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= utcMs) low = middle + 1;
        else high = middle;
      }
      return low === 0 ? first.beforeMs : (changes[low - 1]?.afterMs ?? 0);
    },
  };
}

function changesOf(observance: Component): Change[] {
  const start = parseWall(valueOf(observance, "DTSTART") ?? "");
  const beforeMs = parseOffset(valueOf(observance, "TZOFFSETFROM"));
  const afterMs = parseOffset(valueOf(observance, "TZOFFSETTO"));
  if (start === undefined || beforeMs === undefined || afterMs === undefined) return [];
  const rules = propertiesOf(observance, "RRULE").flatMap(({ value }) => parseRule(value) ?? []);
  const walls = new Set([start.wallMs, ...timesOf(observance, "RDATE").map(wallMsOf)]);
  for (const rule of rules) for (const wallMs of onsets(rule, start.wallMs, beforeMs)) walls.add(wallMs);
  return [...walls].slice(0, MOST_CHANGES).map((wallMs) => ({ utcMs: wallMs - beforeMs, beforeMs, afterMs }));
}

function* onsets(rule: Rule, startMs: number, beforeMs: number): Generator<number> {
  const untilMs = rule.until === undefined ? TO_MS : rule.until.wallMs + (rule.until.isUtc ? beforeMs : 0);
  let count = 0;
  // Counted rules have to be followed from their start.
  const fromMs = rule.count === undefined ? FROM_MS : startMs;
  for (const wallMs of ruleTimes({ rule, startMs, isDay: false }, fromMs, { left: MOST_CHANGES * 366 })) {
    count += 1;
    if (wallMs > Math.min(untilMs, TO_MS) || count > Math.min(rule.count ?? MOST_CHANGES, MOST_CHANGES))
      return;
    yield wallMs;
  }
}

/** UTC-OFFSET of RFC 5545 section 3.3.14. */
function parseOffset(text: string | undefined): number | undefined {
  const found = /^([+-])(\d{2}):?(\d{2}):?(\d{2})?$/.exec(text?.trim() ?? "");
  if (found === null) return undefined;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return (found[1] === "-" ? -1000 : 1000) * seconds;
}
