import type { Organisation } from "./entities/organisation.ts";
import type { Person } from "./entities/person.ts";
import type { Preferences } from "./entities/preferences.ts";
import { isWorking, type WorkingHours } from "./working-hours.ts";

export interface QuietInput {
  preferences: Preferences | undefined;
  person: Pick<Person, "workingHours"> | undefined;
  organisation: Organisation | undefined;
}

/** Why nothing is announced now: the person's own wish first, so that they can take it back. */
export type QuietReason = "doNotDisturb" | "ownHours" | "organisation";

/** A person's hours: their own, else those of their organisation. */
export function hoursOf({ person, organisation }: Omit<QuietInput, "preferences">): WorkingHours | undefined {
  return person?.workingHours ?? organisation?.workingHours;
}

/** Whether notices are silent at that moment, and why; the inbox fills all the same. */
export function quietReason(input: QuietInput, atMs: number): QuietReason | null {
  const { preferences, organisation } = input;
  const until = preferences?.doNotDisturbUntil;
  if (until !== undefined && Date.parse(until) > atMs) return "doNotDisturb";
  const hours = hoursOf(input);
  if (preferences?.isQuietOutsideHours === true && hours !== undefined && !isWorking(hours, atMs)) {
    return "ownHours";
  }
  const imposed = organisation?.isQuietImposed === true ? organisation.workingHours : undefined;
  return imposed !== undefined && !isWorking(imposed, atMs) ? "organisation" : null;
}
