import type { InvitationLinkRecord, InvitationLinkStore } from "../attendance.ts";
import { textOf } from "../columns.ts";
import type { SqliteConnections } from "./sqlite-accounts.ts";

export class SqliteInvitationLinks implements InvitationLinkStore {
  readonly #connections: SqliteConnections;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
  }

  async save({ invitationId, spaceId, tokenHash }: InvitationLinkRecord): Promise<void> {
    const { queue, writing } = this.#connections;
    await queue.run(() => {
      writing
        .prepare(
          `INSERT INTO invitation_links (invitation, space, token_hash) VALUES (?, ?, ?)
           ON CONFLICT (invitation) DO UPDATE SET space = excluded.space, token_hash = excluded.token_hash`,
        )
        .run(invitationId, spaceId, tokenHash);
    });
  }

  async byHash(tokenHash: string): Promise<InvitationLinkRecord | undefined> {
    const row = this.#connections.reading
      .prepare("SELECT invitation, space FROM invitation_links WHERE token_hash = ?")
      .get(tokenHash);
    if (row === undefined) return undefined;
    return { invitationId: textOf(row["invitation"]), spaceId: textOf(row["space"]), tokenHash };
  }
}
