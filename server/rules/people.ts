import { personSchema, type Person } from "#contract/entities/person.ts";
import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY, parseScope } from "#contract/scope.ts";
import { forbidden, notFound, standing, type MutationContext } from "../mutations/context.ts";
import type { StoreTransaction } from "../store/store.ts";

export async function findPerson(
  tx: Pick<StoreTransaction, "get">,
  personId: PersonId,
): Promise<Person | undefined> {
  const row = standing(await tx.get(DIRECTORY, "person", personId));
  return row === undefined ? undefined : personSchema.parse(row.data);
}

/** Someone who can be added to something. @throws AppError notFound */
export async function requireActivePerson(tx: StoreTransaction, personId: PersonId): Promise<Person> {
  const person = await findPerson(tx, personId);
  if (person === undefined) throw notFound(`There is no person ${personId}.`);
  if (person.isDeactivated === true) throw forbidden(`${person.displayName}'s account is closed.`);
  return person;
}

export async function isAdministrator(tx: StoreTransaction, personId: PersonId): Promise<boolean> {
  const person = await findPerson(tx, personId);
  return person?.roles?.includes("administrator") ?? false;
}

export async function isGuest(tx: Pick<StoreTransaction, "get">, personId: PersonId): Promise<boolean> {
  const person = await findPerson(tx, personId);
  return person?.isGuest ?? false;
}

/** Guests from outside act inside the spaces they were invited to, nowhere else. */
export async function refuseGuest(context: MutationContext, what: string): Promise<void> {
  if (await isGuest(context.tx, context.personId)) throw forbidden(`Guests may not ${what}.`);
}

/** Whether two people meet in some space. */
export async function shareSpace(
  tx: Pick<StoreTransaction, "scopesOf" | "canRead">,
  a: PersonId,
  b: PersonId,
): Promise<boolean> {
  for (const { scope } of await tx.scopesOf(a)) {
    if (parseScope(scope).kind === "space" && (await tx.canRead(b, scope))) return true;
  }
  return false;
}
