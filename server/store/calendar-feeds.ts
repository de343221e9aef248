import { calendarIdSchema, type CalendarId, type PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { integerOf, personOf, scopeOf, textOf } from "./columns.ts";

/** Calendars under secret addresses. The secrets are kept nowhere, only their hashes. */
export interface CalendarFeedStore {
  save(feed: CalendarFeedRecord): Promise<void>;
  byHash(tokenHash: string): Promise<CalendarFeedRecord | undefined>;
  /** The oldest first. */
  of(personId: PersonId): Promise<CalendarFeedRecord[]>;
  /** Somebody else's stays. */
  remove(personId: PersonId, id: string): Promise<void>;
}

export interface CalendarFeedRecord {
  id: string;
  tokenHash: string;
  personId: PersonId;
  scope: Scope;
  calendarId: CalendarId;
  createdAtMs: number;
}

export function feedOf(row: Record<string, unknown>): CalendarFeedRecord {
  return {
    id: textOf(row["id"]),
    tokenHash: textOf(row["token_hash"]),
    personId: personOf(row["person"]),
    scope: scopeOf(row["scope"]),
    calendarId: calendarIdSchema.parse(row["calendar"]),
    createdAtMs: integerOf(row["created_at_ms"]),
  };
}
