import type { PersonId } from "#contract/ids.ts";
import type { Attendee, Organizer } from "#contract/icalendar/people.ts";
import { foldAddress } from "#contract/icalendar/people.ts";

/** Somebody who is asked to come. */
export interface DraftAttendee {
  /** Calendar address: `mailto:jeanne@example.org`. */
  readonly address: string;
  readonly name?: string | undefined;
  /** Of the workplace. */
  readonly personId?: PersonId | undefined;
  readonly isOptional: boolean;
}

/** Who is of the workplace, by a folded address (`foldAddress`). */
export type PersonOfAddress = (address: string) => PersonId | undefined;

function isOrganizer(address: string, organizer: Organizer | undefined): boolean {
  return organizer !== undefined && foldAddress(organizer.address) === foldAddress(address);
}

/** Without who invites: they are no guest of their own. */
export function draftAttendees(
  attendees: readonly Attendee[],
  organizer: Organizer | undefined,
  personOf: PersonOfAddress,
): DraftAttendee[] {
  const guests = attendees.filter(({ address }) => !isOrganizer(address, organizer));
  return guests.map((guest) => draftAttendee(guest, personOf(foldAddress(guest.address))));
}

function draftAttendee({ address, name, role }: Attendee, personId: PersonId | undefined): DraftAttendee {
  return {
    address,
    ...(name === undefined ? {} : { name }),
    ...(personId === undefined ? {} : { personId }),
    isOptional: role === "optional",
  };
}

/** Answers and roles of those who stay are kept; who is new is asked to answer. */
export function keptAttendees(
  before: readonly Attendee[],
  organizer: Organizer | undefined,
  guests: readonly DraftAttendee[],
): Attendee[] {
  const host = before.filter(({ address }) => isOrganizer(address, organizer));
  const asked = guests.filter(({ address }) => !isOrganizer(address, organizer));
  return [...host, ...asked.map((guest) => keptAttendee(before, guest))];
}

function keptAttendee(before: readonly Attendee[], guest: DraftAttendee): Attendee {
  const former = before.find(({ address }) => foldAddress(address) === foldAddress(guest.address));
  if (former === undefined) return newAttendee(guest);
  if ((former.role === "optional") === guest.isOptional) return former;
  return { ...former, role: guest.isOptional ? "optional" : "required" };
}

function newAttendee({ address, name, isOptional }: DraftAttendee): Attendee {
  return {
    address,
    ...(name === undefined || name === "" ? {} : { name }),
    role: isOptional ? "optional" : "required",
    kind: "individual",
    status: "needs-action",
    isAskedToAnswer: true,
  };
}
