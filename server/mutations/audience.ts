import { groupSchema } from "#contract/entities/organisation.ts";
import type { Mention, Message } from "#contract/entities/message.ts";
import type { Ask, NotificationKind } from "#contract/entities/notification.ts";
import { presenceSchema } from "#contract/entities/presence.ts";
import { preferencesSchema } from "#contract/entities/preferences.ts";
import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import type { Place } from "../rules/conversations.ts";
import { PlaceWishes, type PlaceWish } from "../rules/place-wishes.ts";
import { standing, timeOf, type MutationContext } from "./context.ts";

/** Why a message concerns somebody. */
export interface Concern {
  kind: NotificationKind;
  ask: Ask;
  /** Named in person: passes where everything else is muted. */
  isByName: boolean;
  /** Comes only where every message is wanted. */
  isOfAll: boolean;
}

const mustRead: Concern = { kind: "mustRead", ask: "do", isByName: false, isOfAll: false };
const byName: Concern = { kind: "mention", ask: "answer", isByName: true, isOfAll: false };
const amongOthers: Concern = { kind: "mention", ask: "know", isByName: false, isOfAll: false };
const direct: Concern = { kind: "direct", ask: "answer", isByName: false, isOfAll: true };

/** Reasons by person, the weightiest last. */
export type Concerns = Map<PersonId, Concern[]>;

export interface Told {
  place: Place;
  message: Message;
  /** Those who follow its thread. */
  followers: readonly PersonId[];
}

/** Whom a new message may concern, before they were asked what they want. The author is nobody's concern. */
export async function concernsOfSend(
  context: MutationContext,
  { place, message, followers }: Told,
  wishes: PlaceWishes,
): Promise<Concerns> {
  const concerns = new ConcernList(message.authorId);
  const kind = place.kind === "wall" ? "comment" : "reply";
  const thread: Concern = { kind, ask: "know", isByName: false, isOfAll: false };
  if ("spaceId" in place) concerns.add(wishes.wantingAll(), { ...thread, isOfAll: true });
  concerns.add(followers, thread);
  if (!("spaceId" in place)) concerns.add(place.memberIds, direct);
  await addMentioned(context, concerns, message.mentions ?? []);
  if (message.post?.isMustRead === true) concerns.add(await context.tx.readers(context.scope), mustRead);
  return concerns.all;
}

/** An edit tells those it names and the former text did not, and everyone who now must read it. */
export async function concernsOfEdit(
  context: MutationContext,
  message: Message,
  former: Message,
): Promise<Concerns> {
  const before = new ConcernList(message.authorId);
  await addMentioned(context, before, former.mentions ?? []);
  const now = new ConcernList(message.authorId);
  await addMentioned(context, now, message.mentions ?? []);
  for (const personId of before.all.keys()) now.all.delete(personId);
  const isNewDuty = message.post?.isMustRead === true && former.post?.isMustRead !== true;
  if (isNewDuty) now.add(await context.tx.readers(context.scope), mustRead);
  return now.all;
}

class ConcernList {
  readonly all: Concerns = new Map();
  readonly #authorId: PersonId;

  constructor(authorId: PersonId) {
    this.#authorId = authorId;
  }

  add(personIds: Iterable<PersonId>, concern: Concern): void {
    for (const personId of personIds) {
      if (personId === this.#authorId) continue;
      const list = this.all.get(personId);
      if (list === undefined) this.all.set(personId, [concern]);
      else list.push(concern);
    }
  }
}

async function addMentioned(
  context: MutationContext,
  concerns: ConcernList,
  mentions: readonly Mention[],
): Promise<void> {
  const { tx, scope } = context;
  const has = (kind: Mention["kind"]) => mentions.some((mention) => mention.kind === kind);
  if (has("everyone")) concerns.add(await tx.readers(scope), amongOthers);
  else if (has("here")) concerns.add(await activeReaders(context), amongOthers);
  const groupIds = mentions.flatMap((mention) => (mention.kind === "group" ? [mention.groupId] : []));
  // Each once: a thousand times the same large group is one.
  for (const id of new Set(groupIds)) concerns.add(await groupMembers(context, id), amongOthers);
  concerns.add(
    mentions.flatMap((mention) => (mention.kind === "person" ? [mention.personId] : [])),
    byName,
  );
}

async function activeReaders({ tx, scope }: MutationContext): Promise<PersonId[]> {
  const readers = await tx.readers(scope);
  const rows = await tx.find.many(
    readers.map((id) => ({ scope: DIRECTORY, collection: "presence" as const, id })),
  );
  return readers.filter((_personId, index) => {
    const row = standing(rows[index]);
    return row !== undefined && presenceSchema.parse(row.data).state === "active";
  });
}

/** A group that is no longer there names nobody. */
async function groupMembers({ tx, scope }: MutationContext, groupId: string): Promise<PersonId[]> {
  const row =
    standing(await tx.get(DIRECTORY, "group", groupId)) ?? standing(await tx.get(scope, "group", groupId));
  return row === undefined ? [] : groupSchema.parse(row.data).memberIds;
}

/** What remains once everyone was asked what they want: one reason a person, only of those who may read. */
export async function wantedConcerns(
  context: MutationContext,
  concerns: Concerns,
  wishes: PlaceWishes,
): Promise<Map<PersonId, Concern>> {
  const { tx, scope } = context;
  if (concerns.size === 0) return new Map();
  const readers = new Set(await tx.readers(scope));
  const people = [...concerns.keys()].filter((personId) => readers.has(personId));
  const preferences = await tx.find.many(
    people.map((id) => ({ scope: personScope(id), collection: "preferences" as const, id })),
  );
  const wanted = new Map<PersonId, Concern>();
  for (const [index, personId] of people.entries()) {
    const row = standing(preferences[index]);
    const notices = row === undefined ? undefined : preferencesSchema.parse(row.data).notices;
    const wish = wishes.of(personId);
    const concern = concerns
      .get(personId)
      ?.findLast((each) => isWanted(each, wish) && notices?.[each.kind] !== "none");
    if (concern !== undefined) wanted.set(personId, concern);
  }
  return wanted;
}

function isWanted({ isByName, isOfAll }: Concern, { level, isMuted }: PlaceWish): boolean {
  if (level === "none" || (isMuted && !isByName)) return false;
  return level === "all" || !isOfAll;
}

export function readWishes(context: MutationContext, place: Place): Promise<PlaceWishes> {
  return PlaceWishes.read(context.tx.find, place, timeOf(context));
}
