import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { PersonView } from "#contract/worker.ts";
import { fold } from "./fold.ts";
import type { Reader } from "./reader.ts";

export async function personView(reader: Reader, id: PersonId): Promise<PersonView | undefined> {
  const person = await reader.row(DIRECTORY, "person", id);
  if (person === undefined) return undefined;
  const presence = await reader.row(DIRECTORY, "presence", id);
  return {
    key: id,
    sort: `${fold(person.displayName)}~${id}`,
    person,
    presence: presence?.state ?? "offline",
    status: presence?.status ?? null,
    role: null,
  };
}
