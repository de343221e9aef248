import { AppError } from "#contract/problem.ts";
import { integerOf, optionalText, personOf, textOf } from "./columns.ts";
import type { AccountRecord, SessionRecord } from "./store.ts";

export function accountOf(row: Record<string, unknown>): AccountRecord {
  return {
    personId: personOf(row["person"]),
    username: textOf(row["username"]),
    email: optionalText(row["email"]),
    passwordHash: optionalText(row["password_hash"]),
    issuer: optionalText(row["issuer"]),
    subject: optionalText(row["subject"]),
    isDisabled: isTrue(row["is_disabled"]),
  };
}

export function sessionOf(row: Record<string, unknown>): SessionRecord {
  return {
    tokenHash: textOf(row["token_hash"]),
    kind: kindOf(row["kind"]),
    sessionId: textOf(row["session_id"]),
    personId: personOf(row["person"]),
    expiresAtMs: integerOf(row["expires_at_ms"]),
    generation: integerOf(row["generation"]),
  };
}

function kindOf(kind: unknown): SessionRecord["kind"] {
  return kind === "refresh" || kind === "ended" || kind === "application" ? kind : "access";
}

const UNUSED_KEPT_MS = 365 * 24 * 3_600_000;

/**
 * What has expired goes. The refresh token that a device holds last stays for another year: should the device come back
 * after that long, it can still be told to forget everything. `now` is the database's placeholder.
 */
export function forgetExpiredSql(now: string): string {
  return `DELETE FROM sessions WHERE expires_at_ms < ${now}
    AND (kind IN ('access', 'application') OR used_at_ms IS NOT NULL OR expires_at_ms < ${now} - ${UNUSED_KEPT_MS})`;
}

/** Two steps: what no device can hold goes, refresh tokens become a mark by which theirs is recognised. */
export function endSessionSql(condition: string): { forget: string; mark: string } {
  return {
    forget: `DELETE FROM sessions WHERE ${condition} AND (kind IN ('access', 'application') OR EXISTS (
      SELECT 1 FROM sessions AS used WHERE used.session_id = sessions.session_id
        AND used.generation > sessions.generation AND used.used_at_ms IS NOT NULL)) RETURNING session_id`,
    mark: `UPDATE sessions SET kind = 'ended', used_at_ms = NULL WHERE ${condition} AND kind = 'refresh' RETURNING session_id`,
  };
}

/** SQLite has 0 and 1, PostgreSQL has booleans. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 1;
}

/** See `AccountStore.useRefreshToken`; the names are the database's placeholders. */
export function useRefreshTokenSql({ hash, now, grace }: Record<"hash" | "now" | "grace", string>): string {
  return `UPDATE sessions SET used_at_ms = coalesce(used_at_ms, ${now})
    WHERE token_hash = ${hash} AND kind = 'refresh' AND NOT EXISTS (
      SELECT 1 FROM sessions AS used WHERE used.session_id = sessions.session_id AND used.used_at_ms IS NOT NULL
        AND (used.generation > sessions.generation
          OR used.generation = sessions.generation AND abs(${now} - used.used_at_ms) > ${grace}))`;
}

export function nameTaken(cause: unknown): AppError {
  return new AppError("conflict", {
    title: "A user name is taken",
    detail: "Another person's account has one of these user names. Nothing was changed.",
    cause,
  });
}
