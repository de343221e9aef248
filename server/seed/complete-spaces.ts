import { personSchema } from "#contract/entities/person.ts";
import { membershipSchema } from "#contract/entities/membership.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { ADMINISTRATION, DIRECTORY, spaceScope } from "#contract/scope.ts";
import type { RowWrite, Store } from "../store/store.ts";
import { openDesks } from "./desks.ts";
import { spaceRows } from "./space-rows.ts";

/**
 * Data of servers that kept a space in the directory alone get what the server now relies on: the space in its own scope,
 * its wall, its desk, and administrators who read administration. Does nothing the second time.
 */
export async function completeSpaces(store: Store): Promise<void> {
  for (const row of await store.list(DIRECTORY, "space")) {
    const { id } = spaceSchema.parse(row.data);
    const scope = spaceScope(id);
    if ((await store.get(scope, "space", id)) !== undefined) continue;
    await store.transaction(async (tx) => {
      await tx.lock(scope);
      const listed = await tx.get(DIRECTORY, "space", id);
      if (listed?.op !== "put") return;
      const members = (await tx.list(scope, "membership")).map((each) => membershipSchema.parse(each.data));
      const memberRows = members.map((data): RowWrite => {
        return { scope, collection: "membership", id: data.id, op: "put", data };
      });
      await tx.load(spaceRows({ ...spaceSchema.parse(listed.data), memberCount: members.length }));
      await openDesks(tx, memberRows);
    });
  }
  if ((await store.readers(ADMINISTRATION)).length > 0) return;
  const people = (await store.list(DIRECTORY, "person")).map((row) => personSchema.parse(row.data));
  const administrators = people.filter((person) => person.roles?.includes("administrator"));
  await store.transaction(async (tx) => {
    const ids = administrators.filter((person) => person.isDeactivated !== true).map((person) => person.id);
    if (ids.length > 0) await tx.addReaders(ADMINISTRATION, ids);
  });
}
