import { useState } from "react";
import type { Person } from "#contract/entities/person.ts";
import { hoursOf } from "#contract/quiet.ts";
import { isWorking, type WorkingHours } from "#contract/working-hours.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { describeDays, localClock } from "./hours-text.ts";

/** Hours of a person: their own, else those of the reader's organisation when it is theirs too. */
export function useHoursOf(person: Person): WorkingHours | null {
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
