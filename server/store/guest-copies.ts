import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY, parseScope, type Scope } from "#contract/scope.ts";
import type { RowWrite, StoreTransaction } from "./store.ts";

/** What a transaction changed that may concern what guests know of other people. */
export class Touched {
  /** Their readers changed. */
  readonly scopes = new Set<Scope>();
  /** Their rows in the directory changed. */
  readonly people = new Set<PersonId>();
  /** They became guests, or are no longer. */
  readonly turned = new Set<PersonId>();

  clear(): void {
    for (const set of [this.scopes, this.people, this.turned]) set.clear();
  }
}

export interface GuestLookups {
  hasGuest(scope: Scope): Promise<boolean>;
  /** Scopes of these people that a guest reads too. */
  sharedWithGuests(personIds: readonly PersonId[]): Promise<{ scope: Scope; personId: PersonId }[]>;
}

/**
 * Guests do not read the directory: a space or conversation with a guest among its readers carries the rows of its people
 * itself. Called before each commit, so that no way of writing can forget it. Who leaves stays named beside what they
 * wrote, until the last guest has gone.
 */
export async function keepGuestCopies(
  tx: StoreTransaction,
  guests: GuestLookups,
  touched: Touched,
): Promise<void> {
  for (const personId of touched.turned) {
    for (const { scope } of await tx.scopesOf(personId)) touched.scopes.add(scope);
  }
  const rows: RowWrite[] = [];
  const done = new Set<Scope>();
  for (const scope of touched.scopes) {
    const { kind } = parseScope(scope);
    if (kind !== "space" && kind !== "conversation") continue;
    done.add(scope);
    rows.push(...(await copiesOf(tx, guests, scope)));
  }
  if (touched.people.size > 0) {
    for (const { scope, personId } of await guests.sharedWithGuests([...touched.people])) {
      if (!done.has(scope)) rows.push(...(await copyRow(tx, scope, personId)));
    }
  }
  if (rows.length > 0) await tx.load(rows);
}

async function copiesOf(tx: StoreTransaction, guests: GuestLookups, scope: Scope): Promise<RowWrite[]> {
  const standing = await tx.list(scope, "person");
  if (!(await guests.hasGuest(scope))) {
    return standing.map(({ id }): RowWrite => ({
      scope,
      collection: "person",
      id,
      op: "delete",
      data: { id },
    }));
  }
  const rows: RowWrite[] = [];
  for (const personId of await tx.readers(scope)) rows.push(...(await copyRow(tx, scope, personId)));
  return rows;
}

async function copyRow(tx: StoreTransaction, scope: Scope, personId: PersonId): Promise<RowWrite[]> {
  const row = await tx.get(DIRECTORY, "person", personId);
  return row?.op === "put"
    ? [{ scope, collection: "person", id: personId, op: "put", data: withoutPrivate(row) }]
    : [];
}

/** A guest needs to know who somebody is, not how to reach them elsewhere nor what they may do. */
function withoutPrivate(row: Envelope): object {
  const { phone: _phone, email: _email, roles: _roles, ...rest } = row.data;
  return rest;
}
