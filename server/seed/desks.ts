import { membershipSchema } from "#contract/entities/membership.ts";
import type { PersonId, SpaceId } from "#contract/ids.ts";
import { deskScope } from "#contract/scope.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";

/** What is written past the mutations gets the same readers: animators read their desk. The store sees to administrators. */
export async function openDesks(tx: StoreTransaction, rows: readonly RowWrite[]): Promise<void> {
  const desks = new Map<SpaceId, PersonId[]>();
  for (const row of rows) {
    if (row.op !== "put" || row.collection !== "membership") continue;
    const { spaceId, personId, role } = membershipSchema.parse(row.data);
    if (role === "animator") desks.set(spaceId, [...(desks.get(spaceId) ?? []), personId]);
  }
  for (const [spaceId, personIds] of desks) await tx.addReaders(deskScope(spaceId), personIds);
}
