import type { Pool } from "pg";
import type { PersonId } from "#contract/ids.ts";
import { feedOf, type CalendarFeedRecord, type CalendarFeedStore } from "../calendar-feeds.ts";
import { queryCount, queryRows, translating } from "./queries.ts";

export class PostgresCalendarFeeds implements CalendarFeedStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async save(feed: CalendarFeedRecord): Promise<void> {
    const { id, tokenHash, personId, scope, calendarId, createdAtMs } = feed;
    await translating(
      queryCount(
        this.#pool,
        `INSERT INTO calendar_feeds (id, token_hash, person, scope, calendar, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [id, tokenHash, personId, scope, calendarId, createdAtMs],
      ),
    );
  }

  async byHash(tokenHash: string): Promise<CalendarFeedRecord | undefined> {
    const [row] = await translating(
      queryRows(this.#pool, "SELECT * FROM calendar_feeds WHERE token_hash = $1", [tokenHash]),
    );
    return row === undefined ? undefined : feedOf(row);
  }

  async of(personId: PersonId): Promise<CalendarFeedRecord[]> {
    const rows = await translating(
      queryRows(this.#pool, "SELECT * FROM calendar_feeds WHERE person = $1 ORDER BY created_at_ms, id", [
        personId,
      ]),
    );
    return rows.map(feedOf);
  }

  async remove(personId: PersonId, id: string): Promise<void> {
    await translating(
      queryCount(this.#pool, "DELETE FROM calendar_feeds WHERE person = $1 AND id = $2", [personId, id]),
    );
  }
}
