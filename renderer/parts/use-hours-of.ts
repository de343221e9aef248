import type { Person } from "#contract/entities/person.ts";
import { hoursOf } from "#contract/quiet.ts";
import type { WorkingHours } from "#contract/working-hours.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";

/** Hours of a person: their own, else those of the reader's organisation when it is theirs too. */
export function useHoursOf(person: Person | undefined): WorkingHours | null {
  const organisation = useSession((session) => session.organisation);
  if (person === undefined) return null;
  const shared =
    organisation !== null && organisation.id === person.organisationId ? organisation : undefined;
  const hours = hoursOf({ person, organisation: shared });
  return hours === undefined || hours.days.length === 0 ? null : hours;
}
