import { randomBytes } from "node:crypto";
import { guestInvitationSchema, type GuestInvitation } from "#contract/entities/requests.ts";
import { personSchema } from "#contract/entities/person.ts";
import { spaceSchema, type Space } from "#contract/entities/space.ts";
import type { InvitationLink, InvitationPreview } from "#contract/guest-invitations.ts";
import { spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { deskScope, DIRECTORY, parseScope, spaceScope } from "#contract/scope.ts";
import { invitationRow } from "../mutations/guest.ts";
import { hashToken } from "../sign-in/tokens.ts";
import type { Store } from "../store/store.ts";

export interface InvitationOptions {
  store: Store;
  clock: () => number;
  /** Name of the workplace. */
  workplace: string;
}

export interface OpenInvitation {
  invitation: GuestInvitation;
  space: Space;
}

/** Links of invitations: made for animators, known afterwards by their hash alone. */
export class Invitations {
  readonly #options: InvitationOptions;

  constructor(options: InvitationOptions) {
    this.#options = options;
  }

  /** @throws AppError notFound for whoever does not read the desk on which it stands, conflict when it has ended */
  async link(invitationId: string, personId: PersonId, origin: string): Promise<InvitationLink> {
    const { store } = this.#options;
    for (const { scope } of await store.scopesOf(personId)) {
      if (parseScope(scope).kind !== "desk") continue;
      const row = await store.get(scope, "guestInvitation", invitationId);
      if (row?.op === "put") return this.mint(guestInvitationSchema.parse(row.data), origin);
    }
    throw new AppError("notFound", {
      title: "There is no such invitation",
      detail: "It does not exist, or you do not run its space.",
    });
  }

  /** A new link; the former one is worth nothing from then on. */
  async mint(invitation: GuestInvitation, origin: string): Promise<InvitationLink> {
    const { id, spaceId, expiresAt } = invitation;
    if (invitation.state !== "waiting" || this.#hasEnded(invitation)) {
      throw new AppError("conflict", {
        title: "The invitation has ended",
        detail: "It was accepted, taken back, or its time is over. Invite the guest anew.",
      });
    }
    const token = randomBytes(32).toString("base64url");
    await this.#options.store.invitationLinks.save({
      invitationId: id,
      spaceId,
      tokenHash: hashToken(token),
    });
    return { url: `${origin}/invitation#${token}`, expiresAt };
  }

  /** @throws AppError notFound, the same whatever is wrong with the link */
  async open(token: string): Promise<OpenInvitation> {
    const { store } = this.#options;
    const link = await store.invitationLinks.byHash(hashToken(token));
    if (link === undefined) throw worthNothing();
    const spaceId = spaceIdSchema.parse(link.spaceId);
    const row = await store.get(deskScope(spaceId), "guestInvitation", link.invitationId);
    const space = await store.get(spaceScope(spaceId), "space", spaceId);
    if (row?.op !== "put" || space?.op !== "put") throw worthNothing();
    return this.requireOpen(guestInvitationSchema.parse(row.data), spaceSchema.parse(space.data));
  }

  /** @throws AppError notFound */
  requireOpen(invitation: GuestInvitation, space: Space): OpenInvitation {
    const isOpen =
      invitation.state === "waiting" && !this.#hasEnded(invitation) && space.archivedAt === undefined;
    if (!isOpen) throw worthNothing();
    return { invitation, space };
  }

  async preview(token: string): Promise<InvitationPreview> {
    const { store, workplace } = this.#options;
    const { invitation, space } = await this.open(token);
    const { email, name, expiresAt } = invitation;
    const account = await store.accounts.byUsername(email);
    return {
      workplace,
      space: space.name,
      inviter: await this.inviterOf(invitation),
      email,
      ...(name === undefined ? {} : { name }),
      expiresAt,
      hasAccount: account !== undefined && (await this.isGuest(account.personId)),
    };
  }

  async isGuest(personId: PersonId): Promise<boolean> {
    const row = await this.#options.store.get(DIRECTORY, "person", personId);
    return row?.op === "put" && personSchema.parse(row.data).isGuest === true;
  }

  async inviterOf({ invitedBy }: GuestInvitation): Promise<string> {
    const row = await this.#options.store.get(DIRECTORY, "person", invitedBy);
    return row?.op === "put" ? personSchema.parse(row.data).displayName : "";
  }

  /** Writes down whether the guest was told by e-mail. */
  async noteMailed({ id, spaceId }: GuestInvitation, isMailed: boolean): Promise<void> {
    const scope = deskScope(spaceId);
    await this.#options.store.transaction(async (tx) => {
      await tx.lock(scope);
      const row = await tx.get(scope, "guestInvitation", id);
      if (row?.op !== "put") return;
      await tx.write([invitationRow({ ...guestInvitationSchema.parse(row.data), isMailed })]);
    });
  }

  #hasEnded({ expiresAt, accessUntil }: GuestInvitation): boolean {
    const now = this.#options.clock();
    return Date.parse(expiresAt) <= now || (accessUntil !== undefined && Date.parse(accessUntil) <= now);
  }
}

/** The same for a link that never was, one replaced by another, and one whose time is over. */
export function worthNothing(): AppError {
  return new AppError("notFound", {
    title: "This invitation is worth nothing any more",
    detail: "It was used, taken back, replaced by a newer one, or its time is over. Ask whoever invited you.",
  });
}
