import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AccountId } from "#contract/account.ts";
import {
  calendarAccountIdSchema,
  type CalendarAccount,
  type CalendarAccountId,
  type NewCalendarAccount,
} from "#contract/calendar-accounts.ts";
import type { ServerEvent } from "#contract/events.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { AccountService } from "../../accounts/account-service.ts";
import type { HostEvents } from "../../events.ts";
import type { JsonFile } from "../../files/json-file.ts";
import type { Fetch } from "../../gateway/upstream.ts";
import type { LockService } from "../../lock/lock-service.ts";
import type { Log } from "../../log/log.ts";
import type { Scrubber } from "../../log/scrub.ts";
import type { SecretStore } from "../../secrets/secret-store.ts";
import { parseCalendarAddress } from "./calendar-address.ts";
import {
  createCalendarAccountsFile,
  type CalendarAccountsContent,
  type KeptAccount,
} from "./calendar-accounts-file.ts";
import type { CalendarStream } from "./calendar-stream.ts";
import type { RemoteStreams } from "./door.ts";
import { keptCalendars, RemoteAccount } from "./remote-account.ts";

/** While a page listens; subscriptions less often: whoever publishes a file does not expect more. */
const COMPARE_MS = 5 * 60_000;
const SUBSCRIPTION_MS = 60 * 60_000;

export interface CalendarAccountsParts {
  dataDir: string;
  secrets: SecretStore;
  scrubber: Pick<Scrubber, "learn">;
  accounts: Pick<AccountService, "list">;
  events: HostEvents;
  lock: Pick<LockService, "isLocked">;
  log: Log;
  fetch: Fetch;
  now: () => number;
  onNotice: (message: string) => void;
}

type Say = (event: ServerEvent) => void;

/** Calendars that lie elsewhere, of every workplace account of this profile. */
export class CalendarAccounts implements RemoteStreams {
  readonly #parts: CalendarAccountsParts;
  readonly #file: JsonFile<CalendarAccountsContent>;
  readonly #open = new Map<CalendarAccountId, RemoteAccount>();
  readonly #listeners = new Map<AccountId, Set<Say>>();
  readonly #askedAtMs = new Map<CalendarAccountId, number>();
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  private constructor(parts: CalendarAccountsParts) {
    this.#parts = parts;
    this.#file = createCalendarAccountsFile(parts.dataDir, parts.onNotice);
  }

  static async load(parts: CalendarAccountsParts): Promise<CalendarAccounts> {
    const service = new CalendarAccounts(parts);
    await mkdir(service.#folder(), { recursive: true, mode: 0o700 }).catch(() => undefined);
    const { accounts } = await service.#file.read();
    for (const kept of accounts) service.#opened(kept);
    return service;
  }

  start(): void {
    const { events } = this.#parts;
    this.#unsubscribe = events.subscribe((event) => {
      if (event.type === "accountWiped") this.#run(() => this.#forgetOf(event.accountId));
      if (event.type === "networkChanged" && event.isOnline) this.#compareAll(true);
      if (event.type === "lockChanged" && !event.status.isLocked) this.#compareAll(true);
    });
    this.#timer = setInterval(() => this.#compareAll(false), COMPARE_MS / 5);
    this.#timer.unref();
  }

  stop(): void {
    this.#unsubscribe?.();
    clearInterval(this.#timer);
    for (const account of this.#open.values()) account.close();
  }

  list(): CalendarAccount[] {
    return [...this.#open.values()].map((account) => account.info());
  }

  of(accountId: AccountId): CalendarStream[] {
    return [...this.#open.values()].flatMap((account) =>
      account.kept.accountId === accountId ? account.streams : [],
    );
  }

  get(accountId: AccountId, scope: Scope): CalendarStream {
    const stream = this.of(accountId).find((each) => each.scope === scope);
    if (stream !== undefined) return stream;
    throw new AppError("forbidden", { title: "This calendar is no longer here" });
  }

  attend(accountId: AccountId, say: Say): () => void {
    const listeners = this.#listeners.get(accountId) ?? new Set();
    this.#listeners.set(accountId, listeners.add(say));
    this.#compareAll(false);
    return () => listeners.delete(say);
  }

  /** @throws AppError what stood in the way; nothing is added then */
  async add({
    accountId,
    kind,
    name,
    address,
    username,
    password,
  }: NewCalendarAccount): Promise<CalendarAccount> {
    const parsed = parseCalendarAddress(address);
    const isThere = [...this.#open.values()].some(
      ({ kept }) =>
        kept.accountId === accountId && kept.address === parsed && kept.username === (username ?? null),
    );
    if (isThere) throw new AppError("conflict", { title: "This calendar is here already" });
    const id = calendarAccountIdSchema.parse(randomUUID());
    const kept: KeptAccount = {
      id,
      accountId,
      kind,
      name: name ?? new URL(parsed).hostname,
      address: parsed,
      username: username ?? null,
      calendars: [],
    };
    const secret = password === undefined || password === "" ? null : password;
    if (secret !== null) this.#parts.scrubber.learn(secret);
    const trial = this.#made(kept, () => Promise.resolve(secret));
    let calendars;
    try {
      const reached = await trial.reach();
      calendars = keptCalendars(kept, reached);
      kept.name = name ?? reached.name ?? kept.name;
    } finally {
      trial.close();
    }
    if (secret !== null) await this.#parts.secrets.set(secretOf(id), secret);
    await this.#file.update((content) => ({
      ...content,
      accounts: [...content.accounts, { ...kept, calendars }],
    }));
    const account = this.#opened(kept);
    await account.setCalendars({ ...kept, calendars });
    account.failed(null);
    await this.#compare(account);
    return account.info();
  }

  async remove(id: CalendarAccountId): Promise<void> {
    const account = this.#require(id);
    account.dismiss();
    this.#open.delete(id);
    await this.#file.update((content) => ({
      ...content,
      accounts: content.accounts.filter((each) => each.id !== id),
    }));
    await this.#parts.secrets.delete(secretOf(id));
    for (const calendar of account.kept.calendars)
      await rm(join(this.#folder(), `${calendar.id}.json`), { force: true });
    this.#tell();
  }

  async rename(id: CalendarAccountId, name: string): Promise<CalendarAccount> {
    const account = this.#require(id);
    await this.#keep(account, { ...account.kept, name });
    await this.#compare(account);
    return account.info();
  }

  /** @throws AppError what stands in the way now */
  async refresh(id: CalendarAccountId, password?: string): Promise<CalendarAccount> {
    const account = this.#require(id);
    if (password !== undefined && password !== "") {
      this.#parts.scrubber.learn(password);
      const trial = this.#made(account.kept, () => Promise.resolve(password));
      try {
        await trial.reach();
      } finally {
        trial.close();
      }
      await this.#parts.secrets.set(secretOf(id), password);
    }
    try {
      const reached = await account.reach();
      await this.#keep(account, { ...account.kept, calendars: keptCalendars(account.kept, reached) });
    } catch (error) {
      if (error instanceof AppError) account.failed(error.problem);
      throw error;
    }
    await this.#compare(account);
    return account.info();
  }

  async #keep(account: RemoteAccount, kept: KeptAccount): Promise<void> {
    await this.#file.update((content) => ({
      ...content,
      accounts: content.accounts.map((each) => (each.id === kept.id ? kept : each)),
    }));
    await account.setCalendars(kept);
  }

  async #forgetOf(accountId: AccountId): Promise<void> {
    const all = [...this.#open.values()];
    for (const { kept } of all) if (kept.accountId === accountId) await this.remove(kept.id);
  }

  #require(id: CalendarAccountId): RemoteAccount {
    const account = this.#open.get(id);
    if (account === undefined) throw new AppError("notFound", { title: "There is no such calendar account" });
    return account;
  }

  #opened(kept: KeptAccount): RemoteAccount {
    const account = this.#made(kept, () => this.#password(kept.id));
    this.#open.set(kept.id, account);
    return account;
  }

  async #password(id: CalendarAccountId): Promise<string | null> {
    const password = (await this.#parts.secrets.get(secretOf(id))) ?? null;
    if (password !== null) this.#parts.scrubber.learn(password);
    return password;
  }

  #made(kept: KeptAccount, password: () => Promise<string | null>): RemoteAccount {
    const { fetch, now, onNotice } = this.#parts;
    return new RemoteAccount({
      kept,
      password,
      personId: () => this.#personOf(kept.accountId),
      folder: this.#folder(),
      fetch,
      now,
      onDamaged: onNotice,
      say: (event) => this.#listeners.get(kept.accountId)?.forEach((say) => say(event)),
      onChanged: () => this.#tell(),
    });
  }

  #personOf(accountId: AccountId): PersonId {
    const personId = this.#parts.accounts.list().find(({ id }) => id === accountId)?.personId ?? null;
    if (personId === null) throw new AppError("signInRequired", { title: "Nobody is signed in here" });
    return personId;
  }

  #folder(): string {
    return join(this.#parts.dataDir, "remote-calendars");
  }

  /** Those that a page looks at, each in its own rhythm. */
  #compareAll(isAtOnce: boolean): void {
    if (this.#parts.lock.isLocked) return;
    for (const account of this.#open.values()) {
      const { id, kind, accountId } = account.kept;
      const isWatched = (this.#listeners.get(accountId)?.size ?? 0) > 0;
      const age = this.#parts.now() - (this.#askedAtMs.get(id) ?? Number.NEGATIVE_INFINITY);
      if (isWatched && (isAtOnce || age >= (kind === "subscription" ? SUBSCRIPTION_MS : COMPARE_MS)))
        this.#run(() => this.#compare(account));
    }
  }

  async #compare(account: RemoteAccount): Promise<void> {
    this.#askedAtMs.set(account.kept.id, this.#parts.now());
    await account.compare();
  }

  #run(work: () => Promise<void>): void {
    work().catch((error: unknown) =>
      this.#parts.log.write("error", `remote calendars failed: ${String(error)}`),
    );
  }

  #tell(): void {
    this.#parts.events.emit({ type: "calendarAccountsChanged", accounts: this.list() });
  }
}

function secretOf(id: CalendarAccountId): string {
  return `calendar-password/${id}`;
}
