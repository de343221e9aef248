import type { Person } from "#contract/entities/person.ts";
import type { PersonId } from "#contract/ids.ts";
import { isWorking } from "#contract/working-hours.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useHoursOf } from "#renderer/parts/use-hours-of.ts";
import { describeDays, localClock } from "./hours-text.ts";

/** When somebody works, what time it is for them, and whether they work now. */
export function HoursWords({ person }: { person: Person }) {
  const { t, i18n } = useTranslation();
  const hours = useHoursOf(person);
  const nowMs = useNow();
  if (hours === null) return null;
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
  const nowMs = useNow();
  if (hours === null || isWorking(hours, nowMs)) return null;
  const clock = localClock(hours.timeZone, nowMs, i18n.language);
  return t("workHours.outside", { clock, name: person.displayName });
}
