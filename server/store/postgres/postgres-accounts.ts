import type { Pool } from "pg";
import type { PersonId } from "#contract/ids.ts";
import {
  accountOf,
  endSessionSql,
  forgetExpiredSql,
  sessionOf,
  useRefreshTokenSql,
} from "../account-columns.ts";
import { textOf } from "../columns.ts";
import type { AccountRecord, AccountStore, SessionRecord } from "../store.ts";
import { CHANNEL, writeNotes } from "./notes.ts";
import { queryCount, queryRows, translating } from "./queries.ts";

export class PostgresAccounts implements AccountStore {
  readonly #pool: Pool;
  readonly #clock: () => number;

  constructor(pool: Pool, clock: () => number) {
    this.#pool = pool;
    this.#clock = clock;
  }

  byUsername(username: string): Promise<AccountRecord | undefined> {
    return this.#one("username = $1", username);
  }

  byEmail(email: string): Promise<AccountRecord | undefined> {
    return this.#one("email = $1", email);
  }

  bySubject(issuer: string, subject: string): Promise<AccountRecord | undefined> {
    return this.#one("issuer = $1 AND subject = $2", issuer, subject);
  }

  byPerson(personId: PersonId): Promise<AccountRecord | undefined> {
    return this.#one("person = $1", personId);
  }

  async list(): Promise<AccountRecord[]> {
    const rows = await translating(queryRows(this.#pool, "SELECT * FROM accounts ORDER BY username"));
    return rows.map(accountOf);
  }

  async bindSubject(personId: PersonId, issuer: string, subject: string): Promise<boolean> {
    const bound = await translating(
      queryCount(
        this.#pool,
        "UPDATE accounts SET issuer = $1, subject = $2 WHERE person = $3 AND subject IS NULL AND NOT is_disabled",
        [issuer, subject, personId],
      ),
    );
    return bound === 1;
  }

  async save(accounts: readonly AccountRecord[]): Promise<void> {
    await translating(
      queryCount(
        this.#pool,
        `INSERT INTO accounts (person, username, email, password_hash, issuer, subject, is_disabled)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[])
         ON CONFLICT (person) DO UPDATE SET username = excluded.username, email = excluded.email,
           password_hash = excluded.password_hash, issuer = excluded.issuer, subject = excluded.subject,
           is_disabled = excluded.is_disabled`,
        [
          accounts.map((account) => account.personId),
          accounts.map((account) => account.username),
          accounts.map((account) => account.email ?? null),
          accounts.map((account) => account.passwordHash ?? null),
          accounts.map((account) => account.issuer ?? null),
          accounts.map((account) => account.subject ?? null),
          accounts.map((account) => account.isDisabled),
        ],
      ),
    );
    for (const account of accounts) {
      if (account.isDisabled) await this.#end("person = $1", account.personId);
    }
  }

  async session(tokenHash: string): Promise<SessionRecord | undefined> {
    const rows = await translating(
      queryRows(this.#pool, "SELECT * FROM sessions WHERE token_hash = $1", [tokenHash]),
    );
    return rows[0] === undefined ? undefined : sessionOf(rows[0]);
  }

  async saveSession(session: SessionRecord): Promise<void> {
    const { tokenHash, kind, sessionId, personId, expiresAtMs, generation } = session;
    await translating(queryCount(this.#pool, forgetExpiredSql("$1::bigint"), [this.#clock()]));
    await translating(
      queryCount(
        this.#pool,
        `INSERT INTO sessions (token_hash, kind, session_id, person, expires_at_ms, generation)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [tokenHash, kind, sessionId, personId, expiresAtMs, generation],
      ),
    );
  }

  async useRefreshToken(tokenHash: string, nowMs: number, graceMs: number): Promise<boolean> {
    const sql = useRefreshTokenSql({ hash: "$1", now: "$2::bigint", grace: "$3::bigint" });
    return (await translating(queryCount(this.#pool, sql, [tokenHash, nowMs, graceMs]))) === 1;
  }

  async endSession(sessionId: string): Promise<void> {
    await this.#end("session_id = $1", sessionId);
  }

  async forgetSession(sessionId: string): Promise<void> {
    await translating(queryCount(this.#pool, "DELETE FROM sessions WHERE session_id = $1", [sessionId]));
    await this.#tell([sessionId]);
  }

  async #end(condition: string, value: string): Promise<void> {
    const ended = await translating(endSessions(this.#pool, condition, value));
    await this.#tell(ended);
  }

  async #tell(ended: readonly string[]): Promise<void> {
    for (const payload of writeNotes(ended.map((session) => ({ t: "s", session })))) {
      await translating(queryRows(this.#pool, "SELECT pg_notify($1, $2)", [CHANNEL, payload]));
    }
  }

  async #one(condition: string, ...values: string[]): Promise<AccountRecord | undefined> {
    const rows = await translating(
      queryRows(this.#pool, `SELECT * FROM accounts WHERE ${condition} ORDER BY username LIMIT 1`, values),
    );
    return rows[0] === undefined ? undefined : accountOf(rows[0]);
  }
}

/** Returns which sessions were ended thereby. */
export async function endSessions(
  client: Parameters<typeof queryRows>[0],
  condition: string,
  value: string,
): Promise<string[]> {
  const { forget, mark } = endSessionSql(condition);
  const rows = [...(await queryRows(client, forget, [value])), ...(await queryRows(client, mark, [value]))];
  return [...new Set(rows.map((row) => textOf(row["session_id"])))];
}
