import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import { readEvent, type CalendarEvent, type EventChanges } from "#contract/icalendar/event.ts";
import { instanceKey, instancesOf, type Instance } from "#contract/icalendar/expand.ts";
import { atWall } from "#contract/icalendar/calendar-time.ts";
import { allComponents, zoneComponentsOf } from "#contract/icalendar/itip.ts";
import { newCalendar, withObject } from "#contract/icalendar/keep-bytes.ts";
import {
  componentsOf,
  textOf,
  withChildren,
  type Component,
  type Node,
} from "#contract/icalendar/component.ts";
import { parseCalendarText, type ParsedCalendar } from "#contract/icalendar/parse-calendar.ts";
import {
  deleteFromSeries,
  editSeries,
  type EditedSeries,
  type Scope,
} from "#contract/icalendar/series-edit.ts";
import { isOwnTime } from "#contract/icalendar/series-parts.ts";
import { readSeries, type CalendarObject, type Series } from "#contract/icalendar/series.ts";
import { missingZones } from "#contract/icalendar/write-zone.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";

/** Edits of events as texts: what stands in an object's row before, what has to stand there after. Pure. */

/** Which time of an event is meant, as a view shows it. */
export interface ShownTime {
  /** `instanceKey` */
  instance: string;
  startMs: number;
}

export interface OpenTime {
  calendar: ParsedCalendar;
  object: CalendarObject;
  series: Series;
  instance: Instance;
  event: CalendarEvent;
}

/** Undefined where the text or the time is no longer there. @param zone IANA name of where the reader is */
export function openTime(data: string, at: ShownTime, zone: string): OpenTime | undefined {
  const parsed = parseCalendarText(data);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  if (!parsed.ok || object === undefined) return undefined;
  const { calendar } = parsed;
  const series = readSeries(object, { zone: ianaZone(zone) ?? utcZone, zones: calendar.zones });
  const range = { fromMs: at.startMs - DAY_MS, toMs: at.startMs + DAY_MS };
  for (const instance of instancesOf(series, range)) {
    if (instanceKey(series, instance) !== at.instance) continue;
    const event = readEvent(instance.component);
    return event === undefined
      ? undefined
      : { calendar, object, series, instance, event: shown(event, series, instance) };
  }
  return undefined;
}

const DAY_MS = 86_400_000;

/** With the times and the minutes of this one, not those of the first of the series. */
function shown(event: CalendarEvent, series: Series, instance: Instance): CalendarEvent {
  return {
    ...event,
    start: atWall(event.start, instance.startWallMs),
    end: atWall(event.end, instance.endWallMs),
    minutes: isOwnTime(series, instance) ? event.minutes : undefined,
  };
}

export interface EditedTexts {
  /** Null: nothing is left of it. */
  data: string | null;
  /** A series of its own that begins where "this and following" divides one. */
  added: { uid: string; data: string } | null;
}

export interface EditClock {
  nowMs: number;
  newUid: string;
}

export function editedTexts(
  open: OpenTime,
  object: Pick<CalendarObjectRow, "uid" | "kind">,
  changes: EventChanges,
  scope: Scope,
  clock: EditClock,
): EditedTexts {
  return textsOf(open, object, editSeries(open.series, open.instance, changes, scope, clock));
}

export function removedTexts(
  open: OpenTime,
  object: Pick<CalendarObjectRow, "uid" | "kind">,
  scope: Scope,
  { nowMs }: Pick<EditClock, "nowMs">,
): EditedTexts {
  return textsOf(open, object, deleteFromSeries(open.series, open.instance, scope, { nowMs }));
}

function textsOf(
  { calendar, instance }: OpenTime,
  { uid, kind }: Pick<CalendarObjectRow, "uid" | "kind">,
  edited: EditedSeries,
): EditedTexts {
  const { object, added } = edited;
  const components = object === undefined ? [] : allComponents(object);
  const nodes = withObject(calendar.nodes, kind, uid, components);
  const others = added === undefined ? [] : allComponents(added.object);
  return {
    data: object === undefined ? null : textOf(withZones(nodes, components, instance.startMs)),
    added:
      added === undefined
        ? null
        : {
            uid: added.uid,
            data: textOf([ownCalendar(others, zoneComponentsOf(calendar.nodes), instance.startMs)]),
          },
  };
}

/** Zones that an edit brought in are explained, as RFC 5545 section 3.6.5 wants. */
function withZones(
  nodes: readonly Node[],
  components: readonly Component[],
  fromMs: number,
): readonly Node[] {
  const missing = missingZones(components, zoneComponentsOf(nodes), fromMs);
  const at = nodes.findIndex((node) => node.kind === "component" && node.name === "VCALENDAR");
  const calendar = nodes[at];
  if (missing.length === 0 || calendar?.kind !== "component") return nodes;
  const first = calendar.children.findIndex((child) => child.kind === "component");
  const children = calendar.children.toSpliced(Math.max(0, first), 0, ...missing);
  return nodes.with(at, withChildren(calendar, children));
}

/** An object resource from components alone, with the zones that they name. */
function ownCalendar(
  components: readonly Component[],
  explained: readonly Component[],
  fromMs: number,
): Component {
  const kept = explained.filter((zone) => componentsOf({ children: [zone] }, "VTIMEZONE").length > 0);
  const missing = missingZones(components, kept, fromMs);
  return newCalendar([...kept, ...missing, ...components]);
}
