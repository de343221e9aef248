import type { Alarm } from "./alarms.ts";
import { alarmsOf } from "./alarms.ts";
import { DAY_MS } from "./calendar-time.ts";
import { valueOf } from "./component.ts";
import type { Instance } from "./expand.ts";
import { instancesOf } from "./expand.ts";
import { USUAL_BUDGET } from "./rule-times.ts";
import type { Series } from "./series.ts";
import { utcMsOf } from "./zones.ts";

/** When somebody is to be told of a time of an event (VALARM of RFC 5545 section 3.6.6). */
export interface DueAlarm {
  readonly atMs: number;
  readonly instance: Instance;
}

/** Longer before than anybody wants to be told, and longer after: RFC 5545 has no bound. */
const MOST_LEAD_MS = 60 * DAY_MS;
const MOST_LOOKED_AT = 1000;
const LAST_MS = Date.parse("9999-12-31T00:00:00Z");

/** The first reminder after a moment; e-mails are other people's, cancelled times nobody's. Undefined: none is to come. */
export function nextAlarm(series: Series, afterMs: number): DueAlarm | undefined {
  let next: DueAlarm | undefined;
  const range = {
    fromMs: afterMs - MOST_LEAD_MS,
    toMs: LAST_MS,
    most: MOST_LOOKED_AT,
    budget: { left: USUAL_BUDGET },
  };
  for (const instance of instancesOf(series, range)) {
    // Those that come later are told later still.
    if (next !== undefined && instance.startMs - MOST_LEAD_MS > next.atMs) break;
    for (const atMs of alarmTimes(series, instance))
      if (atMs > afterMs && atMs < (next?.atMs ?? Infinity)) next = { atMs, instance };
  }
  return next;
}

function alarmTimes(series: Series, instance: Instance): number[] {
  const { component } = instance;
  if (valueOf(component, "STATUS")?.trim().toUpperCase() === "CANCELLED") return [];
  return alarmsOf(component).flatMap((alarm) => alarmTime(alarm, series, instance) ?? []);
}

function alarmTime({ action, trigger }: Alarm, series: Series, instance: Instance): number | undefined {
  if (action === "email" || action === "other") return undefined;
  // A fixed moment is of the first time alone.
  if (trigger.kind === "at")
    return instance.startMs === series.master?.span.startMs ? trigger.utcMs : undefined;
  const zone = series.master?.span.zone ?? series.place.zone;
  const wallMs = trigger.to === "end" ? instance.endWallMs : instance.startWallMs;
  const baseMs = trigger.to === "end" ? instance.endMs : instance.startMs;
  const days = trigger.days === 0 ? baseMs : utcMsOf(zone, wallMs + trigger.days * DAY_MS);
  const atMs = days + trigger.exactMs;
  return Math.abs(atMs - baseMs) > MOST_LEAD_MS ? undefined : atMs;
}
