import type { PersonId } from "#contract/ids.ts";
import type { Person } from "#contract/entities/person.ts";
import type { QueryItem, SpaceSummary } from "#contract/worker.ts";
import { fold } from "#renderer/db/fold.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import type { DraftAttendee } from "./draft-people.ts";
import { isAmong } from "./guest-offers.ts";

const SHOWN = 2;

/** Many at once: the members of a community of the reader's, or a group of the directory. */
export interface GroupOffer {
  readonly kind: "group";
  readonly key: string;
  readonly name: string;
  readonly members: number | null;
  readonly of: Pick<SpaceSummary, "space"> | { readonly personIds: readonly PersonId[] };
}

export function groupOffersOf(
  typed: string,
  spaces: readonly SpaceSummary[],
  groups: readonly QueryItem<"groupsOf">[],
): GroupOffer[] {
  const words = fold(typed).trim();
  if (words === "") return [];
  const offers = [
    ...groups.map(({ group, members }): GroupOffer => ({
      kind: "group",
      key: group.id,
      name: group.name,
      members: members.length,
      of: { personIds: members.map(({ id }) => id) },
    })),
    ...spaces
      .filter(({ role }) => role !== null)
      .map(({ memberCount, space }): GroupOffer => ({
        kind: "group",
        key: space.id,
        name: space.name,
        members: memberCount,
        of: { space },
      })),
  ];
  return offers.filter(({ name }) => fold(name).includes(words)).slice(0, SHOWN);
}

export interface FoundGuests {
  readonly guests: readonly DraftAttendee[];
  /** Who has no address to be invited at. */
  readonly withoutAddress: number;
}

/** All of them but whoever invites and who is invited already. */
export function guestsFrom(
  people: readonly Person[],
  { guests, me }: { guests: readonly DraftAttendee[]; me: PersonId },
): FoundGuests {
  const others = people.filter(({ id }) => id !== me);
  const found = others.flatMap(({ displayName, email, id }): DraftAttendee[] =>
    email === undefined || isAmong(guests, email)
      ? []
      : [{ address: `mailto:${email}`, name: displayName, personId: id, isOptional: false }],
  );
  return { guests: found, withoutAddress: others.filter(({ email }) => email === undefined).length };
}

/** Whom it stands for; guests of a community are not its members. */
export async function peopleOf(
  worker: Pick<WorkerClient, "once">,
  { of }: Pick<GroupOffer, "of">,
): Promise<Person[]> {
  if ("space" in of) {
    const { items } = await worker.once("communityMembers", { spaceId: of.space.id });
    return items.flatMap(({ membership, person }) =>
      person === null || membership.role === "guest" ? [] : [person],
    );
  }
  const found = await Promise.all(of.personIds.map((personId) => worker.once("person", { personId })));
  return found.flatMap(({ info }) => info?.view?.person ?? []);
}
