import { DAY_MS, localOf, wallMsOf } from "#contract/icalendar/calendar-time.ts";
import { parseWhen } from "#contract/icalendar/parse-when.ts";
import { readRecurrence } from "#contract/icalendar/recurrence-words.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import type { EventDraft } from "./event-draft.ts";

export type QuickTimes = Pick<EventDraft, "isAllDay" | "startsAt" | "endsAt" | "recurrence">;

export interface QuickLine {
  readonly title: string;
  /** Null: no words of time. */
  readonly times: QuickTimes | null;
}

const HOUR_MS = 3_600_000;

/**
 * What a line says of an event (`Réunion demain 14h à 15h salle 3`). A time without an end is as long as the draft was, or an
 * hour.
 */
export function quickLine(line: string, draft: EventDraft, nowMs: number): QuickLine {
  const zone = ianaZone(draft.zone) ?? utcZone;
  const { text, start, end, rule } = parseWhen(line, { nowMs, zone });
  if (start === undefined) return { title: line, times: null };
  const startMs = wallMsOf(start);
  const isAllDay = start.kind === "day";
  const endMs =
    end === undefined ? startMs + lengthMs(draft, isAllDay) : wallMsOf(end) - (isAllDay ? DAY_MS : 0);
  const recurrence = rule === undefined ? draft.recurrence : (readRecurrence(rule, { start, zone }) ?? null);
  return {
    title: text.trim() === "" ? line.trim() : text.trim(),
    times: { isAllDay, startsAt: localOf(startMs), endsAt: localOf(endMs), recurrence },
  };
}

function lengthMs({ isAllDay, startsAt, endsAt }: EventDraft, isDay: boolean): number {
  if (isDay) return 0;
  const ms = Date.parse(`${endsAt}Z`) - Date.parse(`${startsAt}Z`);
  return isAllDay || ms < 0 ? HOUR_MS : ms;
}
