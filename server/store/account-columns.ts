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
    kind: row["kind"] === "refresh" ? "refresh" : "access",
    sessionId: textOf(row["session_id"]),
    personId: personOf(row["person"]),
    expiresAtMs: integerOf(row["expires_at_ms"]),
    isUsed: isTrue(row["is_used"]),
  };
}

/** SQLite has 0 and 1, PostgreSQL has booleans. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 1;
}
