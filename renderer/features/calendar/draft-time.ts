import { localOf } from "#contract/icalendar/calendar-time.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import { withStart } from "./form/draft-moves.ts";
import type { EventDraft } from "./form/event-draft.ts";

const HOUR_MS = 3_600_000;

/** When a draft is; an hour of what ends before it starts. */
export function timeOfDraft({ zone, startsAt, endsAt }: Pick<EventDraft, "zone" | "startsAt" | "endsAt">): {
  startMs: number;
  lengthMs: number;
} {
  const at = (wall: string) => utcMsOf(ianaZone(zone) ?? utcZone, Date.parse(`${wall}Z`));
  const startMs = at(startsAt);
  const lengthMs = at(endsAt) - startMs;
  return { startMs, lengthMs: lengthMs > 0 ? lengthMs : HOUR_MS };
}

/** A draft at another time, on the clock of its zone; a rule that named the former day names the new one. */
export function draftAtTime(draft: EventDraft, startMs: number, endMs: number): EventDraft {
  const wall = (ms: number) => localOf(wallMsAt(ianaZone(draft.zone) ?? utcZone, ms));
  return { ...withStart(draft, wall(startMs)), endsAt: wall(endMs) };
}
