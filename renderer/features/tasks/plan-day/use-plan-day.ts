import { useMemo } from "react";
import { localOf, DAY_MS } from "#contract/icalendar/calendar-time.ts";
import { workedTimes, type Interval } from "#contract/icalendar/free-busy.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import { calendarObjectKey, type PersonId, type TaskId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import type { EventInstance } from "#contract/views/calendars.ts";
import type { WorkingHours } from "#contract/working-hours.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { zoneHere } from "#renderer/parts/use-open-event.ts";
import { STEP_MS } from "./day-plan.ts";
import { blockUid } from "./time-block.ts";

const DAYS = 5;
const LOOKED_AT = 14;

export interface WorkDay extends Interval {
  /** `2026-11-24` */
  readonly day: string;
  readonly worked: readonly Interval[];
}

/** The next days on which the reader works, today among them while something of it is left. */
export function nextWorkDays(hours: WorkingHours, nowMs: number): WorkDay[] {
  const zone = ianaZone(hours.timeZone) ?? utcZone;
  const today = Math.floor(wallMsAt(zone, nowMs) / DAY_MS);
  const days = Array.from({ length: LOOKED_AT }, (_, index): WorkDay => {
    const wallMs = (today + index) * DAY_MS;
    const fromMs = utcMsOf(zone, wallMs);
    const toMs = utcMsOf(zone, wallMs + DAY_MS);
    const worked = workedTimes({ hours, isHoliday: undefined }, { fromMs, toMs }).filter(
      (each) => each.fromMs >= fromMs && each.fromMs < toMs && each.toMs - STEP_MS >= nowMs,
    );
    return { day: localOf(wallMs).slice(0, 10), fromMs, toMs, worked };
  });
  return days.filter(({ worked }) => worked.length > 0).slice(0, DAYS);
}

/** The reader's own hours, else those of their organisation, else the usual ones. */
export function useWorkingHours(): WorkingHours {
  const own = useSession((session) => session.me?.workingHours);
  const ofAll = useSession((session) => session.organisation?.workingHours);
  return useMemo(
    () => own ?? ofAll ?? { timeZone: zoneHere(), days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" },
    [own, ofAll],
  );
}

/** What takes the reader's time on that day, by its start, and the tasks for which time is kept already. */
export function useTaken({ day, worked, toMs }: WorkDay, me: PersonId) {
  const own = personScope(me);
  const endMs = Math.max(toMs, ...worked.map((each) => each.toMs));
  const fromMs = Math.min(...worked.map((each) => each.fromMs));
  const { items, status, problem } = useLiveQuery("eventRange", {
    fromMs,
    toMs: endMs,
    zone: zoneHere(),
    hidden: [],
  });
  return useMemo(() => {
    const events = items.filter((event) => takesTime(event, own));
    const startOf = (taskId: TaskId) =>
      items.find((event) => event.objectId === calendarObjectKey(own, blockUid(taskId, day)))?.startsAt;
    const busy = events.map(({ startsAt, endsAt }) => ({
      fromMs: Date.parse(startsAt),
      toMs: Date.parse(endsAt),
    }));
    return { events, busy, startOf, isKnown: status === "ready", problem };
  }, [items, own, day, status, problem]);
}

/** Of spaces, what one is asked to come to; of what one declined or was called off, nothing. */
function takesTime({ scope, isFree, status, answer }: EventInstance, own: string): boolean {
  if (isFree || status === "cancelled" || answer === "declined") return false;
  return scope === own || answer !== null;
}
