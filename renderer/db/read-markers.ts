import { membershipId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { text } from "./entry.ts";
import { isFailed } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Place } from "./places.ts";
import type { Reader } from "./reader.ts";

/**
 * How far the reader has read, their waiting writes included. Whoever has never opened a channel has read it up to the
 * day they joined: a new member does not begin with years of unread messages.
 */
export async function readAt(
  reader: Reader,
  { place, me, pending }: { place: Place; me: PersonId; pending: readonly OutboxEntry[] },
): Promise<string> {
  const marker = await reader.row(personScope(me), "readMarker", place.conversationId);
  let at: string = marker?.readAt ?? "";
  if (marker === undefined && place.spaceId !== null) {
    const membership = await reader.row(place.scope, "membership", ownMembershipId(place.spaceId, me));
    at = membership?.joinedAt ?? "";
  }
  for (const entry of pending) {
    const { name, args } = entry.mutation;
    if (name !== "readMarker.set" || isFailed(entry)) continue;
    const wanted = text(args, "readAt");
    if (args["isUnread"] === true || wanted > at) at = wanted;
  }
  return at;
}

/** A hash each, asked for every conversation of a space each time that the list is made. */
const ownMemberships = new Map<string, string>();

function ownMembershipId(spaceId: SpaceId, me: PersonId): string {
  const name = `${spaceId} ${me}`;
  const known = ownMemberships.get(name);
  if (known !== undefined) return known;
  const id = membershipId(spaceId, me);
  ownMemberships.set(name, id);
  return id;
}
