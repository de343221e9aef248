import { guestInvitationSchema, type GuestInvitation } from "#contract/entities/requests.ts";
import type { Person } from "#contract/entities/person.ts";
import { createId, personIdSchema, type PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { deskScope, DIRECTORY, spaceScope } from "#contract/scope.ts";
import { standing } from "../mutations/context.ts";
import { inboxRows } from "../mutations/inbox-rows.ts";
import { invitationRow } from "../mutations/guest.ts";
import { admit, giveRole } from "../mutations/members.ts";
import { findMembership, findSpace } from "../rules/spaces.ts";
import { createPasswordHash, isPassword } from "../sign-in/passwords.ts";
import type { AccountRecord, RowWrite, Store, StoreTransaction } from "../store/store.ts";
import { worthNothing, type Invitations } from "./invitations.ts";

export interface AcceptanceOptions {
  store: Store;
  clock: () => number;
  invitations: Invitations;
}

export interface Acceptance {
  token: string;
  name: string;
  password: string;
}

/**
 * Lets a guest in, and returns who they are. The account comes first: a server that stops before the rest leaves one
 * that the same link and password take up again.
 * @throws AppError notFound, signInFailed, conflict
 */
export async function acceptInvitation(
  options: AcceptanceOptions,
  acceptance: Acceptance,
): Promise<PersonId> {
  const { store, clock, invitations } = options;
  const { invitation } = await invitations.open(acceptance.token);
  const personId = await accountOf(options, invitation.email, acceptance.password);
  const desk = deskScope(invitation.spaceId);
  await store.transaction(async (tx) => {
    await tx.lock(desk);
    await tx.lock(spaceScope(invitation.spaceId));
    const row = standing(await tx.get(desk, "guestInvitation", invitation.id));
    const space = await findSpace(tx, invitation.spaceId);
    if (row === undefined || space === undefined) throw worthNothing();
    const current = invitations.requireOpen(guestInvitationSchema.parse(row.data), space).invitation;
    await tx.setDue({ scope: desk, collection: "guestInvitation", id: current.id }, null);
    // The person first: what follows looks at whether they are a guest.
    await tx.write(await personRows(tx, personId, current, acceptance.name));
    const { accessUntil } = current;
    const role = { role: "guest", ...(accessUntil === undefined ? {} : { expiresAt: accessUntil }) } as const;
    const membership = await findMembership(tx, space.id, personId);
    const rows = [invitationRow({ ...current, state: "accepted", personId })];
    const context = { tx, nowMs: clock() };
    if (membership === undefined) rows.push(...(await admit(context, space, [{ personId, ...role }])));
    else if (membership.role === "guest") rows.push(...(await giveRole(context, membership, role)));
    rows.push(
      ...(await inboxRows(context, [current.invitedBy], {
        kind: "decision",
        object: { kind: "row", scope: desk, collection: "guestInvitation", id: current.id },
        scope: desk,
        spaceId: space.id,
        actorId: personId,
        excerpt: space.name,
      })),
    );
    await tx.write(rows);
  });
  return personId;
}

/**
 * Their account: a new one, or the one that they have as a guest, with its password. Its address is its user name and no
 * more: it is not bound to an identity of the sign-in provider, which nobody has verified here.
 */
async function accountOf(
  { store, invitations }: AcceptanceOptions,
  email: string,
  password: string,
): Promise<PersonId> {
  const { accounts } = store;
  const existing = (await accounts.byUsername(email)) ?? (await accounts.byEmail(email));
  if (existing !== undefined) return requireOwn(existing, invitations, password, store);
  const personId = personIdSchema.parse(createId());
  const passwordHash = await createPasswordHash(password);
  const none = { email: undefined, issuer: undefined, subject: undefined };
  try {
    await accounts.save([{ personId, username: email, passwordHash, ...none, isDisabled: false }]);
    return personId;
  } catch (error) {
    // Somebody made it in the same moment: theirs it is.
    const made = await accounts.byUsername(email);
    if (made === undefined || !(error instanceof AppError) || error.kind !== "conflict") throw error;
    return requireOwn(made, invitations, password, store);
  }
}

async function requireOwn(
  account: AccountRecord,
  invitations: Invitations,
  password: string,
  store: Store,
): Promise<PersonId> {
  // An account without a person was begun by an acceptance that did not come to its end.
  const isUnfinished = (await store.get(DIRECTORY, "person", account.personId))?.op !== "put";
  if (!isUnfinished && !(await invitations.isGuest(account.personId))) {
    throw new AppError("conflict", {
      title: "This address belongs to a member of the workplace",
      detail: "Sign in as you usually do, and ask whoever invited you to add you to the space as a member.",
    });
  }
  const isRight = await isPassword(password, account.passwordHash);
  if (isRight && !account.isDisabled) return account.personId;
  throw new AppError("signInFailed", {
    title: "The password is not right",
    detail: "You have an account here as a guest: give the password that you chose then.",
  });
}

async function personRows(
  tx: StoreTransaction,
  personId: PersonId,
  { email }: GuestInvitation,
  name: string,
): Promise<RowWrite[]> {
  if (standing(await tx.get(DIRECTORY, "person", personId)) !== undefined) return [];
  const data: Person = {
    id: personId,
    displayName: name.trim() === "" ? email : name.trim(),
    email,
    isGuest: true,
  };
  return [{ scope: DIRECTORY, collection: "person", id: personId, op: "put", data }];
}
