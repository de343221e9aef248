import { membershipSchema } from "#contract/entities/membership.ts";
import { personSchema } from "#contract/entities/person.ts";
import type { PersonId, SpaceId } from "#contract/ids.ts";
import { ADMINISTRATION, deskScope, DIRECTORY } from "#contract/scope.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";

/** What is written past the mutations gets the same readers: animators read their desk, administrators administration. */
export async function openCircles(tx: StoreTransaction, rows: readonly RowWrite[]): Promise<void> {
  const desks = new Map<SpaceId, PersonId[]>();
  const people: RowWrite[] = [];
  for (const row of rows) {
    if (row.op !== "put") continue;
    if (row.collection === "person" && row.scope === DIRECTORY) people.push(row);
    if (row.collection !== "membership") continue;
    const { spaceId, personId, role } = membershipSchema.parse(row.data);
    if (role === "animator") desks.set(spaceId, [...(desks.get(spaceId) ?? []), personId]);
  }
  for (const [spaceId, personIds] of desks) await tx.addReaders(deskScope(spaceId), personIds);
  if (people.length > 0) await keepAdministrators(tx, people);
}

async function keepAdministrators(tx: StoreTransaction, rows: readonly RowWrite[]): Promise<void> {
  const reading = new Set(await tx.readers(ADMINISTRATION));
  const [added, removed]: [PersonId[], PersonId[]] = [[], []];
  for (const row of rows) {
    const { id, roles, isDeactivated } = personSchema.parse(row.data);
    const isAdministrator = (roles ?? []).includes("administrator") && isDeactivated !== true;
    if (isAdministrator && !reading.has(id)) added.push(id);
    if (!isAdministrator && reading.has(id)) removed.push(id);
  }
  if (added.length > 0) await tx.addReaders(ADMINISTRATION, added);
  if (removed.length > 0) await tx.removeReaders(ADMINISTRATION, removed);
}
