import { useState } from "react";
import type { Person } from "#contract/entities/person.ts";
import type { PersonId } from "#contract/ids.ts";
import { hoursOf } from "#contract/quiet.ts";
import { isWorking, type WorkingHours } from "#contract/working-hours.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { describeDays, localClock } from "./hours-text.ts";

/** Hours of a person: their own, else those of the reader's organisation when it is theirs too. */
function useHoursOf(person: Person): WorkingHours | null {
  const organisation = useSession((session) => session.organisation);
  const shared =
    organisation !== null && organisation.id === person.organisationId ? organisation : undefined;
  return hoursOf({ person, organisation: shared }) ?? null;
}

/** When somebody works, what time it is for them, and whether they work now. */
export function HoursWords({ person }: { person: Person }) {
  const { t, i18n } = useTranslation();
  const hours = useHoursOf(person);
  const [nowMs] = useState(() => Date.now());
  if (hours === null || hours.days.length === 0) return null;
  const clock = localClock(hours.timeZone, nowMs, i18n.language);
  return (
    <p className="profile__hours">
      {t("workHours.works", {
        days: describeDays(hours.days, i18n.language),
        from: hours.from,
        to: hours.to,
      })}{" "}
      {isWorking(hours, nowMs) ? t("workHours.now", { clock }) : t("workHours.notNow", { clock })}
    </p>
  );
}

/** Before one writes: the other does not work now. Nothing while they do, or when their hours are not known. */
export function OutsideHours({ personId }: { personId: PersonId }) {
  const { info } = useLiveQuery("person", { personId });
  const person = info?.view?.person;
  return person === undefined ? null : <OutsideHoursOf person={person} />;
}

function OutsideHoursOf({ person }: { person: Person }) {
  const { t, i18n } = useTranslation();
  const hours = useHoursOf(person);
  const [nowMs] = useState(() => Date.now());
  if (hours === null || hours.days.length === 0 || isWorking(hours, nowMs)) return null;
  const clock = localClock(hours.timeZone, nowMs, i18n.language);
  return t("workHours.outside", { clock, name: person.displayName });
}
