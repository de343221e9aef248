import type { Row } from "#contract/collections.ts";
import type { PersonId, SpaceId } from "#contract/ids.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import type { Reader } from "../reader.ts";

/** Someone of a space: guests, who do not read the directory, find its members in the space itself. */
export async function personOf(
  reader: Reader,
  spaceId: SpaceId | null,
  id: PersonId,
): Promise<Row<"person"> | undefined> {
  const known = await reader.row(DIRECTORY, "person", id);
  if (known !== undefined || spaceId === null) return known;
  return await reader.row(spaceScope(spaceId), "person", id);
}

export async function briefOf(reader: Reader, spaceId: SpaceId | null, id: PersonId): Promise<PersonBrief> {
  const person = await personOf(reader, spaceId, id);
  const presence = await reader.presence(id);
  return {
    id,
    displayName: person?.displayName ?? "",
    photo: person?.photo ?? null,
    isGuest: person?.isGuest ?? false,
    presence: presence?.state ?? "offline",
    statusEmoji: presence?.status?.emoji ?? "",
  };
}

/** The reader's own row: guests find it in one of their spaces. */
export async function isAdministrator(reader: Reader, me: PersonId | null): Promise<boolean> {
  if (me === null) return false;
  return (await reader.row(DIRECTORY, "person", me))?.roles?.includes("administrator") ?? false;
}
