import { useState } from "react";
import { freeBusySchema } from "#contract/free-busy.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import { PeopleDay } from "#renderer/features/calendar/find-time/people-day.tsx";
import {
  dayWindow,
  knownTimes,
  onDay,
  type Invited,
} from "#renderer/features/calendar/find-time/time-plan.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { people } from "./fixtures.ts";
import "#renderer/features/calendar/find-time/find-time.css";

const ZONE = "Europe/Paris";
const HOUR_MS = 3_600_000;
/** Friday, Christmas: at work where it is no holiday. */
const START_MS = Date.parse("2026-12-25T09:00:00Z");

const invited: Invited[] = people.slice(0, 4).map(({ person }, index) => ({
  id: person.id,
  name: person.displayName,
  isOptional: index === 2,
}));

const workingHours = { timeZone: "Europe/Berlin", days: [1, 2, 3, 4, 5], from: "08:30", to: "17:00" };
const answer = freeBusySchema.parse({
  people: invited.slice(0, 3).map(({ id }, index) => ({
    personId: id,
    busy:
      index === 0
        ? []
        : [
            { from: "2026-12-25T09:30:00.000Z", to: "2026-12-25T11:00:00.000Z", status: "busy" },
            { from: "2026-12-25T13:00:00.000Z", to: "2026-12-25T14:15:00.000Z", status: "tentative" },
          ],
    workingHours: index === 0 ? { ...workingHours, timeZone: ZONE } : workingHours,
  })),
  unknown: invited.slice(3).map(({ id }) => id),
});

/** Taken, perhaps taken, outside hours, a holiday, not known; and before the answer has come. */
export function PeopleDays() {
  return (
    <>
      <Shown hasAnswer />
      <Shown hasAnswer={false} />
    </>
  );
}

function Shown({ hasAnswer }: { hasAnswer: boolean }) {
  const { i18n } = useTranslation();
  const [startMs, setStartMs] = useState(START_MS);
  const zone = ianaZone(ZONE) ?? utcZone;
  const known = hasAnswer ? knownTimes(invited, answer, ZONE) : null;
  const slot = { fromMs: startMs, toMs: startMs + HOUR_MS };
  return (
    <div className="components__wide find-time">
      <PeopleDay
        people={invited}
        known={known}
        slot={slot}
        day={dayWindow(known ?? [], slot, zone)}
        isWorkingOnly
        where={{ zone: ZONE, language: i18n.language }}
        onMove={setStartMs}
        onDay={(days) => setStartMs(onDay(startMs, days, zone))}
      />
    </div>
  );
}
