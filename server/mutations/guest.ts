import { guestInvitationSchema, type GuestInvitation } from "#contract/entities/requests.ts";
import type { SpaceId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { deskScope } from "#contract/scope.ts";
import type { DueHandler } from "../due/due-context.ts";
import { requireInUse, requireRunSpace } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import {
  notFound,
  requireFreshId,
  requireScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";

const ONE_YEAR_MS = 366 * 24 * 60 * 60 * 1000;
/** Invitations of one space that still wait: against a list of the whole town pasted by mistake. */
const MAX_WAITING = 500;

/** Somebody from outside is invited. An earlier invitation of the same address is worth nothing from then on. */
export const inviteGuest: Handler<"guest.invite"> = async (context, args) => {
  const { tx, personId } = context;
  const { id, spaceId, name, expiresAt, accessUntil } = args;
  const scope = deskScope(spaceId);
  requireScope(context, scope);
  requireFreshId(id);
  requireInUse(await requireRunSpace(context, spaceId));
  const email = requireEmail(args.email);
  requireTimes(context, args);
  if (standing(await tx.get(scope, "guestInvitation", id)) !== undefined) throw idTaken();
  const waiting = await waitingOf(context, spaceId);
  const earlier = waiting.filter((invitation) => invitation.email === email);
  if (waiting.length - earlier.length >= MAX_WAITING) throw tooMany();
  const data: GuestInvitation = {
    id,
    spaceId,
    email,
    ...(name === undefined ? {} : { name }),
    invitedBy: personId,
    createdAt: timeOf(context),
    expiresAt,
    ...(accessUntil === undefined ? {} : { accessUntil }),
    state: "waiting",
  };
  await tx.setDue({ scope, collection: "guestInvitation", id }, Date.parse(expiresAt));
  const revoked = earlier.map((invitation) => invitationRow({ ...invitation, state: "revoked" }));
  return { changes: await tx.write([invitationRow(data), ...revoked]) };
};

export const revokeGuest: Handler<"guest.revoke"> = async (context, { id, spaceId }) => {
  const { tx } = context;
  const scope = deskScope(spaceId);
  requireScope(context, scope);
  await requireRunSpace(context, spaceId);
  const row = standing(await tx.get(scope, "guestInvitation", id));
  if (row === undefined) throw notFound("There is no such invitation in this space.");
  const invitation = guestInvitationSchema.parse(row.data);
  if (invitation.state === "accepted") {
    const error = new AppError("conflict", {
      title: "The invitation has been accepted",
      detail: "Remove the guest from the members of the space instead.",
    });
    return { current: row, error: error.problem };
  }
  if (invitation.state !== "waiting") return { changes: [row] };
  await tx.setDue({ scope, collection: "guestInvitation", id }, null);
  return { changes: await tx.write([invitationRow({ ...invitation, state: "revoked" })]) };
};

/** Nobody came in time. */
export const endInvitation: DueHandler = async ({ tx, key, row, nowMs }) => {
  if (row === undefined) return;
  const invitation = guestInvitationSchema.parse(row.data);
  if (invitation.state !== "waiting") return;
  const expiresAtMs = Date.parse(invitation.expiresAt);
  if (expiresAtMs > nowMs) await tx.setDue(key, expiresAtMs);
  else await tx.write([invitationRow({ ...invitation, state: "expired" })]);
};

export function invitationRow(data: GuestInvitation): RowWrite {
  return { scope: deskScope(data.spaceId), collection: "guestInvitation", id: data.id, op: "put", data };
}

async function waitingOf({ tx }: MutationContext, spaceId: SpaceId): Promise<GuestInvitation[]> {
  const rows = await tx.list(deskScope(spaceId), "guestInvitation");
  return rows.map((row) => guestInvitationSchema.parse(row.data)).filter(({ state }) => state === "waiting");
}

function requireEmail(text: string): string {
  const email = text.trim().toLowerCase();
  if (/^[^\s@<>"(),;:\\[\]\p{Cc}]+@[^\s@<>"(),;:\\[\]\p{Cc}]+\.[^\s@<>"(),;:\\[\]\p{Cc}.]+$/u.test(email))
    return email;
  throw new AppError("badRequest", {
    title: "This is not an e-mail address",
    detail: "Give one address, as name@place.example.",
    pointer: "args.email",
  });
}

function requireTimes({ nowMs }: MutationContext, args: MutationArgs<"guest.invite">): void {
  const expiresAtMs = Date.parse(args.expiresAt);
  const isInTime = expiresAtMs > nowMs && expiresAtMs <= nowMs + ONE_YEAR_MS;
  if (!isInTime) throw wrongTime("The link must end in the time to come, within a year.", "args.expiresAt");
  if (args.accessUntil === undefined || Date.parse(args.accessUntil) > nowMs) return;
  throw wrongTime("The guest's access would already have ended.", "args.accessUntil");
}

function wrongTime(detail: string, pointer: string): AppError {
  return new AppError("badRequest", { title: "The time does not do", detail, pointer });
}

function idTaken(): AppError {
  return new AppError("conflict", { title: "This invitation exists already", pointer: "args.id" });
}

function tooMany(): AppError {
  return new AppError("tooLarge", {
    title: "Too many guests are invited",
    detail: `${MAX_WAITING} invitations of this space wait for an answer. Revoke some first.`,
  });
}
