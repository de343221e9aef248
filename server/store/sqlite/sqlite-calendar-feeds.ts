import type { PersonId } from "#contract/ids.ts";
import { feedOf, type CalendarFeedRecord, type CalendarFeedStore } from "../calendar-feeds.ts";
import type { SqliteConnections } from "./sqlite-accounts.ts";

export class SqliteCalendarFeeds implements CalendarFeedStore {
  readonly #connections: SqliteConnections;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
  }

  async save(feed: CalendarFeedRecord): Promise<void> {
    const { queue, writing } = this.#connections;
    const { id, tokenHash, personId, scope, calendarId, createdAtMs } = feed;
    await queue.run(() => {
      writing
        .prepare(
          `INSERT INTO calendar_feeds (id, token_hash, person, scope, calendar, created_at_ms)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(id, tokenHash, personId, scope, calendarId, createdAtMs);
    });
  }

  async byHash(tokenHash: string): Promise<CalendarFeedRecord | undefined> {
    const row = this.#connections.reading
      .prepare("SELECT * FROM calendar_feeds WHERE token_hash = ?")
      .get(tokenHash);
    return row === undefined ? undefined : feedOf(row);
  }

  async of(personId: PersonId): Promise<CalendarFeedRecord[]> {
    return this.#connections.reading
      .prepare("SELECT * FROM calendar_feeds WHERE person = ? ORDER BY created_at_ms, id")
      .all(personId)
      .map(feedOf);
  }

  async remove(personId: PersonId, id: string): Promise<void> {
    const { queue, writing } = this.#connections;
    await queue.run(() => {
      writing.prepare("DELETE FROM calendar_feeds WHERE person = ? AND id = ?").run(personId, id);
    });
  }
}
