import { join } from "node:path";
import type { CalendarAccount } from "#contract/calendar-accounts.ts";
import type { Envelope } from "#contract/envelope.ts";
import { naturalId, type PersonId } from "#contract/ids.ts";
import type { ServerEvent } from "#contract/events.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import { remoteScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { DriveError } from "../../drives/drive-error.ts";
import { basicAuthorization } from "../../drives/webdav/authorization.ts";
import { DavClient, type DavAuthorization } from "../../drives/webdav/dav-client.ts";
import { DavUrls } from "../../drives/webdav/dav-urls.ts";
import type { Fetch } from "../../gateway/upstream.ts";
import { CaldavCalendar } from "./caldav-calendar.ts";
import { CaldavDiscovery, type FoundCalendar } from "./caldav-discovery.ts";
import type { KeptAccount, KeptCalendar } from "./calendar-accounts-file.ts";
import { CalendarStream } from "./calendar-stream.ts";
import type { RemoteCalendar } from "./remote-calendar.ts";
import { createStreamFile } from "./stream-file.ts";
import { Subscription } from "./subscription.ts";

export interface RemoteAccountParts {
  kept: KeptAccount;
  /** As it is kept now. @throws AppError locked, secretsUnavailable */
  password: () => Promise<string | null>;
  /** Whose account it stands in. @throws AppError signInRequired */
  personId: () => PersonId;
  folder: string;
  fetch: Fetch;
  now: () => number;
  onDamaged: (message: string) => void;
  /** Told to the pages of its workplace. */
  say: (event: ServerEvent) => void;
  /** How it stands is another now. */
  onChanged: () => void;
}

interface Opened {
  calendar: KeptCalendar;
  stream: CalendarStream;
  problem: Problem | null;
}

/** What a server says of an account: its calendars, and what the account may be called. */
export interface Reached {
  calendars: Omit<KeptCalendar, "id">[];
  name: string | null;
}

/** One CalDAV account or subscription, opened: each of its calendars is a scope. */
export class RemoteAccount {
  kept: KeptAccount;
  readonly #parts: RemoteAccountParts;
  readonly #ending = new AbortController();
  readonly #client: DavClient;
  readonly #opened = new Map<string, Opened>();
  readonly #authorization: DavAuthorization = async (refused) =>
    basicAuthorization(this.kept.username, await this.#parts.password())(refused);
  #subscription: Subscription | undefined;
  #problem: Problem | null = null;
  #hasAnswered = false;

  constructor(parts: RemoteAccountParts) {
    this.#parts = parts;
    this.kept = parts.kept;
    this.#client = new DavClient({
      urls: new DavUrls(new URL("/", parts.kept.address).href),
      fetch: parts.fetch,
      authorization: this.#authorization,
      ending: this.#ending.signal,
    });
    for (const calendar of parts.kept.calendars) this.#open(calendar);
  }

  get streams(): CalendarStream[] {
    return [...this.#opened.values()].map(({ stream }) => stream);
  }

  info(): CalendarAccount {
    const { id, accountId, kind, name, address, username } = this.kept;
    const isAsked = this.#problem?.kind === "signInRequired" || this.#problem?.kind === "signInFailed";
    const failing = this.#problem === null ? "connected" : isAsked ? "needsPassword" : "unreachable";
    return {
      id,
      accountId,
      kind,
      name,
      address,
      username,
      state: this.#hasAnswered || this.#problem !== null ? failing : "connecting",
      problem: this.#problem,
      calendars: [...this.#opened.values()].map(({ calendar, stream, problem }) => ({
        scope: stream.scope,
        name: calendar.name,
        colour: calendar.colour,
        canWrite: calendar.canWrite,
        holds: calendar.holds,
        checkedAt: stream.comparedAtMs === undefined ? null : toIsoTime(stream.comparedAtMs),
        problem,
        unreadable: stream.unreadable,
      })),
    };
  }

  /** Asks the server what there is; nothing is kept. @throws DriveError, AppError */
  async reach(): Promise<Reached> {
    const { kind, address } = this.kept;
    const signal = this.#ending.signal;
    if (kind === "subscription") {
      const subscription = this.#subscribed();
      await subscription.list(null, signal);
      const name = subscription.name ?? nameOfAddress(address);
      return { calendars: [{ address, name, colour: "teal", canWrite: false, holds: ["VEVENT"] }], name };
    }
    const discovery = new CaldavDiscovery(this.#client, new DavUrls(new URL("/", address).href));
    const found = await discovery.calendars(address, signal);
    return { calendars: found.map(plainly), name: new URL(address).hostname };
  }

  /** Compares every calendar with its server. What fails of one does not keep the others. */
  async compare(): Promise<void> {
    for (const each of this.#opened.values()) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one server is not asked for everything at once
        await each.stream.compare(this.#ending.signal);
        this.#settled(each, null);
      } catch (error) {
        if (this.#ending.signal.aborted) return;
        if (!(error instanceof AppError)) throw error;
        this.#settled(each, error.problem);
        // Nobody answers, or the password does not count: the others need not be asked.
        if (
          error instanceof DriveError &&
          ["unreachable", "wrongPassword", "needsPassword"].includes(error.fault)
        )
          return;
      }
    }
  }

  /** The calendars that there are now; those that went are said to pages, those that came too. */
  async setCalendars(kept: KeptAccount): Promise<void> {
    this.kept = kept;
    const { say } = this.#parts;
    for (const [id, { stream }] of this.#opened) {
      if (kept.calendars.some((calendar) => calendar.id === id)) continue;
      this.#opened.delete(id);
      say({ event: "scopeRemoved", data: { scope: stream.scope } });
    }
    for (const calendar of kept.calendars) {
      const known = this.#opened.get(calendar.id);
      if (known !== undefined) known.calendar = calendar;
      else {
        const { stream } = this.#open(calendar);
        // oxlint-disable-next-line no-await-in-loop -- a few of them, from disk
        say({ event: "scopeAdded", data: { scope: stream.scope, head: await stream.head() } });
      }
    }
    this.#parts.onChanged();
  }

  /** @param problem what keeps the account as a whole from being reached; null: it answers */
  failed(problem: Problem | null): void {
    this.#problem = problem;
    this.#hasAnswered ||= problem === null;
    this.#parts.onChanged();
  }

  close(): void {
    this.#ending.abort(new AppError("cancelled"));
  }

  /** It is no longer here: its pages let it go. */
  dismiss(): void {
    for (const { stream } of this.#opened.values())
      this.#parts.say({ event: "scopeRemoved", data: { scope: stream.scope } });
    this.close();
  }

  #settled(each: Opened, problem: Problem | null): void {
    each.problem = problem;
    this.failed(problem);
  }

  #open(calendar: KeptCalendar): Opened {
    const { folder, personId, now, onDamaged, say } = this.#parts;
    const scope = remoteScope(calendar.id);
    const opened: Opened = {
      calendar,
      problem: null,
      stream: new CalendarStream({
        scope,
        personId,
        now,
        remote: this.#remoteOf(calendar),
        file: createStreamFile(join(folder, `${calendar.id}.json`), onDamaged),
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        describe: () => ({
          id: calendar.id,
          name: opened.calendar.name,
          colour: opened.calendar.colour,
          holds: opened.calendar.holds,
          account: {
            id: this.kept.id,
            name: this.kept.name,
            isSubscription: this.kept.kind === "subscription",
          },
          canWrite: opened.calendar.canWrite,
        }),
        onChanges: (envelopes: Envelope[]) => {
          for (const data of envelopes) say({ event: "change", data });
        },
        onMore: (head) => say({ event: "scopeAdded", data: { scope, head } }),
        onFailed: ({ problem }) => this.#settled(opened, problem),
      }),
    };
    this.#opened.set(calendar.id, opened);
    return opened;
  }

  #remoteOf({ address }: KeptCalendar): RemoteCalendar {
    return this.kept.kind === "subscription" ? this.#subscribed() : new CaldavCalendar(this.#client, address);
  }

  #subscribed(): Subscription {
    const { fetch } = this.#parts;
    const { address } = this.kept;
    this.#subscription ??= new Subscription({ address, fetch, authorization: this.#authorization });
    return this.#subscription;
  }
}

/** With the ids by which pages know them: the same for the same address. */
export function keptCalendars(kept: Pick<KeptAccount, "id">, reached: Reached): KeptCalendar[] {
  return reached.calendars.map((calendar) => ({
    id: naturalId("remoteCalendar", kept.id, calendar.address),
    ...calendar,
  }));
}

function plainly({ name, colour, ...found }: FoundCalendar): Omit<KeptCalendar, "id"> {
  return { ...found, name: name ?? nameOfAddress(found.address), colour: colour ?? "teal" };
}

/** The last name of its path, or its host. */
function nameOfAddress(address: string): string {
  const url = new URL(address);
  const last = url.pathname.split("/").findLast((part) => part !== "") ?? "";
  try {
    return (decodeURIComponent(last).replace(/\.ics$/i, "") || url.hostname).slice(0, 200);
  } catch {
    return url.hostname;
  }
}
