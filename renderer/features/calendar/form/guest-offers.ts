import { foldAddress } from "#contract/icalendar/people.ts";
import type { PersonView } from "#contract/worker.ts";
import type { DraftAttendee } from "./draft-people.ts";
import { typedAddresses, type TypedAddress } from "./typed-addresses.ts";

/** What can be picked for what was typed. */
export type Offer =
  | {
      readonly kind: "person";
      readonly key: string;
      readonly view: PersonView;
      readonly email: string | undefined;
    }
  | { readonly kind: "addresses"; readonly key: string; readonly guests: readonly DraftAttendee[] };

export function shownAddress({ address }: Pick<DraftAttendee, "address">): string {
  return address.replace(/^mailto:/i, "");
}

export function nameOf(guest: DraftAttendee): string {
  return guest.name ?? shownAddress(guest);
}

export function isAmong(guests: readonly DraftAttendee[], address: string): boolean {
  return guests.some((guest) => foldAddress(guest.address) === foldAddress(address));
}

function isSameEmail(one: string, other: string | undefined): boolean {
  return other !== undefined && foldAddress(one) === foldAddress(other);
}

function outsider({ email, name }: TypedAddress): DraftAttendee {
  return { address: `mailto:${email}`, ...(name === undefined ? {} : { name }), isOptional: false };
}

/** Those typed as addresses first, then whom the words find; without who is invited already. */
export function offersOf(
  typed: string,
  found: readonly PersonView[],
  guests: readonly DraftAttendee[],
): Offer[] {
  if (typed.trim() === "") return [];
  const addresses = typedAddresses(typed);
  // Of an address, only those whose it is.
  const meant = found.filter(
    ({ person }) =>
      addresses === undefined || addresses.some((each) => isSameEmail(each.email, person.email)),
  );
  const people = meant.map((view): Offer => ({
    kind: "person",
    key: view.person.id,
    view,
    email: view.person.email,
  }));
  const outside = (addresses ?? []).filter(
    ({ email }) => !isAmong(guests, email) && !meant.some(({ person }) => isSameEmail(email, person.email)),
  );
  const isNew = (offer: Offer) =>
    offer.kind !== "person" || offer.email === undefined || !isAmong(guests, offer.email);
  if (outside.length === 0) return people.filter(isNew);
  const asked = outside.map(outsider);
  return [{ kind: "addresses", key: "addresses", guests: asked }, ...people.filter(isNew)];
}

/** Undefined for whoever has no address to be invited at. */
export function guestsOf(offer: Offer): readonly DraftAttendee[] | undefined {
  if (offer.kind === "addresses") return offer.guests;
  if (offer.email === undefined) return undefined;
  const { id, displayName } = offer.view.person;
  return [{ address: `mailto:${offer.email}`, name: displayName, personId: id, isOptional: false }];
}
