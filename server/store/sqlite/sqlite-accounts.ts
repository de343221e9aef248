import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { PersonId } from "#contract/ids.ts";
import {
  accountOf,
  endSessionSql,
  forgetExpiredSql,
  sessionOf,
  useRefreshTokenSql,
} from "../account-columns.ts";
import type { StoreListener } from "../announcer.ts";
import type { SerialQueue } from "../serial-queue.ts";
import { textOf } from "../columns.ts";
import { asAppError } from "./sqlite-errors.ts";
import type { AccountRecord, AccountStore, SessionRecord } from "../store.ts";

export interface SqliteConnections {
  reading: DatabaseSync;
  writing: DatabaseSync;
  /** Every write waits its turn: the writing connection may be inside somebody's transaction. */
  queue: SerialQueue;
}

export class SqliteAccounts implements AccountStore {
  readonly #connections: SqliteConnections;
  readonly #clock: () => number;
  readonly #announce: StoreListener;
  readonly #select: (condition: string) => StatementSync;
  readonly #session: StatementSync;
  readonly #save: StatementSync;

  constructor(connections: SqliteConnections, clock: () => number, announce: StoreListener) {
    this.#connections = connections;
    this.#clock = clock;
    this.#announce = announce;
    this.#select = (condition) =>
      connections.reading.prepare(`SELECT * FROM accounts WHERE ${condition} ORDER BY username`);
    this.#session = connections.reading.prepare("SELECT * FROM sessions WHERE token_hash = ?");
    this.#save = connections.writing.prepare(`
      INSERT INTO accounts (person, username, email, password_hash, issuer, subject, is_disabled)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (person) DO UPDATE SET username = excluded.username, email = excluded.email,
        password_hash = excluded.password_hash, issuer = excluded.issuer, subject = excluded.subject,
        is_disabled = excluded.is_disabled`);
  }

  async byUsername(username: string): Promise<AccountRecord | undefined> {
    return this.#one("username = ?", username);
  }

  async byEmail(email: string): Promise<AccountRecord | undefined> {
    return this.#one("email = ?", email);
  }

  async bySubject(issuer: string, subject: string): Promise<AccountRecord | undefined> {
    return this.#one("issuer = ? AND subject = ?", issuer, subject);
  }

  async byPerson(personId: PersonId): Promise<AccountRecord | undefined> {
    return this.#one("person = ?", personId);
  }

  async list(): Promise<AccountRecord[]> {
    return this.#select("true").all().map(accountOf);
  }

  async bindSubject(personId: PersonId, issuer: string, subject: string): Promise<boolean> {
    return this.#write((db) => {
      const bind = db.prepare(
        "UPDATE accounts SET issuer = ?, subject = ? WHERE person = ? AND subject IS NULL AND is_disabled = 0",
      );
      return bind.run(issuer, subject, personId).changes === 1;
    });
  }

  async save(accounts: readonly AccountRecord[]): Promise<void> {
    await this.#write(() => {
      for (const account of accounts) {
        const { personId, username, email, passwordHash, issuer, subject, isDisabled } = account;
        this.#save.run(
          personId,
          username,
          email ?? null,
          passwordHash ?? null,
          issuer ?? null,
          subject ?? null,
          isDisabled ? 1 : 0,
        );
      }
    });
    for (const account of accounts) {
      if (account.isDisabled) await this.#end("person = ?", account.personId);
    }
  }

  async session(tokenHash: string): Promise<SessionRecord | undefined> {
    const row = this.#session.get(tokenHash);
    return row === undefined ? undefined : sessionOf(row);
  }

  async saveSession(session: SessionRecord): Promise<void> {
    await this.#write((db) => {
      db.prepare(forgetExpiredSql("?1")).run(this.#clock());
      db.prepare(
        `INSERT INTO sessions (token_hash, kind, session_id, person, expires_at_ms, generation)
         VALUES (?, ?, ?, ?, ?, ?)`,
      ).run(
        session.tokenHash,
        session.kind,
        session.sessionId,
        session.personId,
        session.expiresAtMs,
        session.generation,
      );
    });
  }

  async useRefreshToken(tokenHash: string, nowMs: number, graceMs: number): Promise<boolean> {
    return this.#write((db) => {
      const used = db.prepare(useRefreshTokenSql({ hash: "?1", now: "?2", grace: "?3" }));
      return used.run(tokenHash, nowMs, graceMs).changes === 1;
    });
  }

  async endSession(sessionId: string): Promise<void> {
    await this.#end("session_id = ?", sessionId);
  }

  async forgetSession(sessionId: string): Promise<void> {
    await this.#write((db) => db.prepare("DELETE FROM sessions WHERE session_id = ?").run(sessionId));
    this.#announce([{ type: "sessionEnded", sessionId }]);
  }

  async #end(condition: string, value: string): Promise<void> {
    const ended = await this.#write((db) => endSessions(db, condition, value));
    this.#announce(ended.map((sessionId) => ({ type: "sessionEnded", sessionId })));
  }

  #one(condition: string, ...values: string[]): AccountRecord | undefined {
    const row = this.#select(condition).get(...values);
    return row === undefined ? undefined : accountOf(row);
  }

  #write<T>(run: (db: DatabaseSync) => T): Promise<T> {
    const { queue, writing } = this.#connections;
    return queue.run(() => {
      writing.exec("BEGIN IMMEDIATE");
      try {
        const value = run(writing);
        writing.exec("COMMIT");
        return value;
      } catch (error) {
        if (writing.isTransaction) writing.exec("ROLLBACK");
        throw asAppError(error);
      }
    });
  }
}

/** On the writing connection, inside a transaction. Returns which sessions were ended thereby. */
export function endSessions(db: DatabaseSync, condition: string, value: string): string[] {
  const { forget, mark } = endSessionSql(condition);
  const rows = [forget, mark].flatMap((sql) => db.prepare(sql).all(value));
  return [...new Set(rows.map((row) => textOf(row["session_id"])))];
}
