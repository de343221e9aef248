import type { Pool } from "pg";
import type { InvitationLinkRecord, InvitationLinkStore } from "../attendance.ts";
import { textOf } from "../columns.ts";
import { queryCount, queryRows, translating } from "./queries.ts";

export class PostgresInvitationLinks implements InvitationLinkStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async save({ invitationId, spaceId, tokenHash }: InvitationLinkRecord): Promise<void> {
    await translating(
      queryCount(
        this.#pool,
        `INSERT INTO invitation_links (invitation, space, token_hash) VALUES ($1, $2, $3)
         ON CONFLICT (invitation) DO UPDATE SET space = excluded.space, token_hash = excluded.token_hash`,
        [invitationId, spaceId, tokenHash],
      ),
    );
  }

  async byHash(tokenHash: string): Promise<InvitationLinkRecord | undefined> {
    const [row] = await translating(
      queryRows(this.#pool, "SELECT invitation, space FROM invitation_links WHERE token_hash = $1", [
        tokenHash,
      ]),
    );
    if (row === undefined) return undefined;
    return { invitationId: textOf(row["invitation"]), spaceId: textOf(row["space"]), tokenHash };
  }
}
