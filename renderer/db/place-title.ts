import type { ConversationId, PersonId } from "#contract/ids.ts";
import { Briefs } from "./briefs.ts";
import type { Place } from "./places.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";

/** The others of a conversation that has no name. */
const NAMED_AFTER = 8;

/** What the reader calls a conversation: its name, its space's for a wall, or the others in it. */
export async function placeTitle(
  { places }: Pick<QueryContext, "places">,
  reader: Reader,
  { conversationId, me }: { conversationId: ConversationId; me: PersonId },
): Promise<string> {
  const place = await places.find(reader, conversationId);
  return place === undefined ? "" : await titleOf(reader, place, me);
}

async function titleOf(reader: Reader, place: Place, me: PersonId): Promise<string> {
  if (place.isWall && place.spaceId !== null) {
    return (await reader.row(place.scope, "space", place.spaceId))?.name ?? place.name;
  }
  if (place.name !== "") return place.name;
  const others = place.memberIds.filter((each) => each !== me).slice(0, NAMED_AFTER);
  const people = await new Briefs(reader).all(others.length === 0 ? place.memberIds : others);
  return people.map((person) => person.displayName).join(", ");
}
