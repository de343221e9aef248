import type { PersonId } from "#contract/ids.ts";
import type { Row } from "#contract/collections.ts";
import type { Status } from "#contract/entities/presence.ts";
import type { PersonView } from "#contract/worker.ts";
import { fold } from "./fold.ts";
import type { Reader } from "./reader.ts";

export async function personView(
  reader: Reader,
  id: PersonId,
  role: PersonView["role"] = null,
): Promise<PersonView | undefined> {
  const person = await reader.person(id);
  if (person === undefined) return undefined;
  const presence = await reader.presence(id);
  return {
    key: id,
    sort: `${fold(person.displayName)}~${id}`,
    person,
    presence: presence?.state ?? "offline",
    chosen: currentChoice(reader, presence) ?? null,
    status: currentStatus(reader, presence) ?? null,
    role,
  };
}

/** How they chose to show, until it ends. */
function currentChoice(reader: Reader, presence: Row<"presence"> | undefined) {
  const chosen = presence?.chosen;
  if (chosen?.until !== undefined && reader.isPast(chosen.until)) return undefined;
  return chosen;
}

/** What they say of themselves, until it expires. */
export function currentStatus(reader: Reader, presence: Row<"presence"> | undefined): Status | undefined {
  const status = presence?.status;
  if (status?.expiresAt !== undefined && reader.isPast(status.expiresAt)) return undefined;
  return status;
}
