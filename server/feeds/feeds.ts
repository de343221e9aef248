import { createHash, randomBytes } from "node:crypto";
import type { CalendarFeed, CalendarFeedRequest } from "#contract/calendar-feeds.ts";
import { isAbove } from "#contract/classification.ts";
import { calendarObjectSchema, calendarSchema } from "#contract/entities/calendar.ts";
import { membershipSchema } from "#contract/entities/membership.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { createId, membershipId, spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope, personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { hashToken } from "../sign-in/tokens.ts";
import type { CalendarFeedRecord } from "../store/calendar-feeds.ts";
import type { Store } from "../store/store.ts";
import { feedText } from "./feed-calendar.ts";

const MOST_EACH = 20;
const MOST_LETTERS = 32 * 1024 * 1024;
const MOST_KEPT_LETTERS = 64 * 1024 * 1024;

export interface FeedText {
  etag: string;
  /** Only where the reader does not have it. */
  read: () => Promise<string>;
}

/** Makes, finds and takes back calendars under secret addresses. */
export class Feeds {
  readonly #store: Store;
  readonly #clock: () => number;
  /** By tag, the latest last: a calendar that many read is written once. */
  readonly #texts = new Map<string, string>();

  constructor(store: Store, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  /** @throws AppError notFound, forbidden, conflict */
  async make(
    personId: PersonId,
    { scope, calendarId }: CalendarFeedRequest,
  ): Promise<{ feed: CalendarFeed; token: string }> {
    if (!(await this.#mayPublish(personId, scope))) throw notTheirs();
    if ((await this.#nameOf(scope, calendarId)) === undefined) throw gone();
    if ((await this.#store.calendarFeeds.of(personId)).length >= MOST_EACH) throw tooMany();
    const token = randomBytes(32).toString("base64url");
    const record: CalendarFeedRecord = {
      id: createId(),
      tokenHash: hashToken(token),
      personId,
      scope,
      calendarId,
      createdAtMs: this.#clock(),
    };
    await this.#store.calendarFeeds.save(record);
    return { feed: shown(record), token };
  }

  async of(personId: PersonId): Promise<CalendarFeed[]> {
    return (await this.#store.calendarFeeds.of(personId)).map(shown);
  }

  async remove(personId: PersonId, id: string): Promise<void> {
    await this.#store.calendarFeeds.remove(personId, id);
  }

  /** @throws AppError notFound for a token that leads nowhere, or no longer */
  async open(token: string): Promise<FeedText> {
    const feed = await this.#store.calendarFeeds.byHash(hashToken(token));
    if (feed === undefined) throw gone();
    const { personId, scope, calendarId } = feed;
    const account = await this.#store.accounts.byPerson(personId);
    if (account === undefined || account.isDisabled || !(await this.#mayPublish(personId, scope)))
      throw gone();
    const name = await this.#nameOf(scope, calendarId);
    if (name === undefined) throw gone();
    const state = [this.#store.epoch, scope, calendarId, await this.#store.head(scope)].join(" ");
    const etag = `"${createHash("sha256").update(state).digest("hex").slice(0, 32)}"`;
    return { etag, read: () => this.#read(etag, feed, name) };
  }

  /** @throws AppError tooLarge */
  async #read(etag: string, { scope, calendarId }: CalendarFeedRecord, name: string): Promise<string> {
    const kept = this.#texts.get(etag);
    if (kept !== undefined) return kept;
    const rows = (await this.#store.list(scope, "calendarObject"))
      .map(({ data }) => calendarObjectSchema.parse(data))
      .filter((row) => row.calendarId === calendarId);
    if (rows.reduce((sum, { data }) => sum + data.length, 0) > MOST_LETTERS)
      throw new AppError("tooLarge", { title: "This calendar is too large to be read as one text" });
    const text = feedText(name, rows);
    this.#keep(etag, text);
    return text;
  }

  #keep(etag: string, text: string): void {
    this.#texts.set(etag, text);
    let letters = 0;
    for (const [known, each] of [...this.#texts].toReversed()) {
      letters += each.length;
      if (letters > MOST_KEPT_LETTERS) this.#texts.delete(known);
    }
  }

  /** What leaves the workplace without a name is for those to decide who run a space. */
  async #mayPublish(personId: PersonId, scope: Scope): Promise<boolean> {
    if (scope === personScope(personId)) return true;
    const { kind, id } = parseScope(scope);
    if (kind !== "space") return false;
    const spaceId = spaceIdSchema.parse(id);
    const [member, row] = await Promise.all([
      this.#store.get(scope, "membership", membershipId(spaceId, personId)),
      this.#store.get(scope, "space", spaceId),
    ]);
    const role = member?.op === "put" ? membershipSchema.safeParse(member.data).data?.role : undefined;
    const space = row?.op === "put" ? spaceSchema.safeParse(row.data).data : undefined;
    return role === "animator" && space !== undefined && !isAbove(space.classification, "internal");
  }

  async #nameOf(scope: Scope, calendarId: string): Promise<string | undefined> {
    const row = await this.#store.get(scope, "calendar", calendarId);
    return row?.op === "put" ? calendarSchema.safeParse(row.data).data?.name : undefined;
  }
}

function shown({ id, scope, calendarId, createdAtMs }: CalendarFeedRecord): CalendarFeed {
  return { id, scope, calendarId, createdAt: toIsoTime(createdAtMs) };
}

function gone(): AppError {
  return new AppError("notFound", { title: "There is no such calendar" });
}

function notTheirs(): AppError {
  return new AppError("forbidden", {
    title: "This calendar is not yours to publish",
    detail:
      "One publishes one's own calendars, and those of spaces that one runs and that are not restricted.",
  });
}

function tooMany(): AppError {
  return new AppError("conflict", {
    title: "There are too many secret addresses",
    detail: `A person may have ${MOST_EACH}. Take one back first.`,
  });
}
