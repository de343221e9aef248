import { guestInvitationSchema, type GuestInvitation } from "#contract/entities/requests.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { deskScope, spaceScope } from "#contract/scope.ts";
import { mutations, type Mutation } from "#contract/mutations.ts";
import type { Logger } from "../logger.ts";
import type { Store } from "../store/store.ts";
import type { Invitations } from "./invitations.ts";
import { MailQuota } from "./mail-quota.ts";
import type { Mailer } from "./mailer.ts";

export interface InvitationMailOptions {
  store: Store;
  logger: Logger;
  clock: () => number;
  invitations: Invitations;
  workplace: string;
  /** Both or neither: a mail needs an address to lead to. */
  mailer: Mailer | undefined;
  publicUrl: string | undefined;
}

/**
 * Sends the link of a new invitation, or writes down that somebody has to hand it on. Beside the command: a mail server
 * that is slow holds nobody up, one that refuses leaves the link to the animator.
 */
export class InvitationMail {
  readonly #options: InvitationMailOptions;
  readonly #quota: MailQuota;
  readonly #sending = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: InvitationMailOptions) {
    this.#options = options;
    this.#quota = new MailQuota(options.clock);
  }

  onDidInvite(mutation: Mutation): void {
    const args = mutations["guest.invite"].safeParse(mutation.args).data;
    if (args === undefined || this.#sending.has(args.id)) return;
    this.#sending.add(args.id);
    // One at a time: a list of guests is not a burst of connections.
    this.#last = this.#last
      .then(() => this.#tell(args.id, mutation))
      .catch((error: unknown) => {
        this.#options.logger.error("an invitation was not sent", { id: args.id, error: String(error) });
      })
      .finally(() => this.#sending.delete(args.id));
  }

  async close(): Promise<void> {
    await this.#last;
    this.#options.mailer?.close();
  }

  async #tell(id: string, mutation: Mutation): Promise<void> {
    const { store, invitations } = this.#options;
    const row = await store.get(mutation.scope, "guestInvitation", id);
    if (row?.op !== "put" || row.scope !== deskScope(guestInvitationSchema.parse(row.data).spaceId)) return;
    const invitation = guestInvitationSchema.parse(row.data);
    // The same command may come twice; the mail goes once.
    if (invitation.isMailed !== undefined || invitation.state !== "waiting") return;
    let isMailed = false;
    try {
      isMailed = await this.#send(invitation);
    } catch (error) {
      this.#options.logger.error("the mail server did not take an invitation", { id, error: String(error) });
    }
    await invitations.noteMailed(invitation, isMailed);
  }

  async #send(invitation: GuestInvitation): Promise<boolean> {
    const { store, mailer, publicUrl, invitations, workplace } = this.#options;
    if (mailer === undefined || publicUrl === undefined) return false;
    const space = await store.get(spaceScope(invitation.spaceId), "space", invitation.spaceId);
    if (space?.op !== "put") return false;
    if (!this.#quota.take({ to: invitation.email, by: invitation.invitedBy })) return false;
    const { url, expiresAt } = await invitations.mint(invitation, publicUrl);
    const inviter = await invitations.inviterOf(invitation);
    const { name } = spaceSchema.parse(space.data);
    await mailer.send({ to: invitation.email, workplace, space: name, inviter, url, expiresAt });
    return true;
  }
}
