import type { AccountId } from "#contract/bridge.ts";
import type { Attention } from "#contract/desktop/attention.ts";

/** What a page said counts for so long: one that shows the account says it again every minute. */
const FRESH_MS = 150_000;
const RECENT = 5;

export interface RecentThing {
  accountId: AccountId;
  title: string;
  link: string;
  at: string;
  conference?: string | undefined;
}

/** All accounts together, as tray, badge, taskbar and quitting want it. */
export interface Overall extends Omit<Attention, "recent"> {
  recent: RecentThing[];
  accountIds: AccountId[];
  /** Of what waits: in memory only, lost when Parvis ends. */
  held: number;
  /** Accounts without a connection while another has one. */
  offline: number;
}

interface Known {
  attention: Attention;
  /** When a page said so; undefined: the host found it out itself. */
  pageAtMs: number | undefined;
}

/** How things stand in each account: told by a page while one shows it, found out by the host otherwise. */
export class AttentionModel {
  readonly #now: () => number;
  readonly #known = new Map<AccountId, Known>();
  readonly #listeners = new Set<() => void>();
  readonly #pageListeners = new Set<() => void>();
  #beside = { waiting: 0, held: 0 };

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A page shows this account and says how it stands. */
  report(accountId: AccountId, attention: Attention): void {
    const wasFresh = this.isShown(accountId);
    this.#put(accountId, { attention, pageAtMs: this.#now() });
    if (!wasFresh) this.#tellPages();
  }

  /** The host's own finding; a page that shows the account knows better. */
  put(accountId: AccountId, attention: Attention): void {
    if (!this.isShown(accountId)) this.#put(accountId, { attention, pageAtMs: undefined });
  }

  /** No page is open any more: what they said may be old from now on. */
  pagesGone(): void {
    for (const known of this.#known.values()) known.pageAtMs = undefined;
    this.#tellPages();
  }

  /** What waits beside the pages: done in notifications. */
  setBeside(beside: { waiting: number; held: number }): void {
    if (beside.waiting === this.#beside.waiting && beside.held === this.#beside.held) return;
    this.#beside = beside;
    this.#tell();
  }

  /** Whether a page shows this account and has said so lately. */
  isShown(accountId: AccountId): boolean {
    const atMs = this.#known.get(accountId)?.pageAtMs;
    return atMs !== undefined && this.#now() - atMs < FRESH_MS;
  }

  get(accountId: AccountId): Attention | undefined {
    return this.#known.get(accountId)?.attention;
  }

  /** Accounts that are gone count no more. */
  keep(accountIds: readonly AccountId[]): void {
    const gone = [...this.#known.keys()].filter((id) => !accountIds.includes(id));
    for (const id of gone) this.#known.delete(id);
    if (gone.length > 0) this.#tell();
  }

  overall(): Overall {
    const all = [...this.#known.values()].map(({ attention }) => attention);
    const recent = [...this.#known].flatMap(([accountId, { attention }]) =>
      attention.recent.map((thing) => ({ ...thing, accountId })),
    );
    const sum = (of: "unread" | "mentions" | "waiting") => all.reduce((total, each) => total + each[of], 0);
    return {
      connection: bestOf(all.map(({ connection }) => connection)),
      unread: sum("unread"),
      mentions: sum("mentions"),
      waiting: sum("waiting") + this.#beside.waiting,
      held: this.#beside.held,
      isQuiet: all.length > 0 && all.every(({ isQuiet }) => isQuiet),
      doNotDisturbUntil: all.map((each) => each.doNotDisturbUntil).find((until) => until !== null) ?? null,
      ...presenceOf(all),
      recent: recent.toSorted((a, b) => (a.at > b.at ? -1 : 1)).slice(0, RECENT),
      accountIds: [...this.#known.keys()],
      offline: all.filter(({ connection }) => connection !== "connected").length,
    };
  }

  /** Told with each change; returns its dispose. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Told when a page began or ceased to show an account; returns its dispose. */
  subscribeToPages(listener: () => void): () => void {
    this.#pageListeners.add(listener);
    return () => {
      this.#pageListeners.delete(listener);
    };
  }

  #put(accountId: AccountId, known: Known): void {
    const before = this.#known.get(accountId)?.attention;
    this.#known.set(accountId, known);
    if (JSON.stringify(before) !== JSON.stringify(known.attention)) this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #tellPages(): void {
    for (const listener of this.#pageListeners) listener();
  }
}

const best = ["connected", "connecting", "offline", "signedOut"] as const;

/** One workplace that is away does not make the others so. */
function bestOf(connections: readonly Attention["connection"][]): Attention["connection"] {
  return best.find((connection) => connections.includes(connection)) ?? "signedOut";
}

/** Where accounts differ, or one does not know, there is none to be named. */
function presenceOf(all: readonly Attention[]): Pick<Attention, "presence"> {
  const [first, ...others] = all;
  const presence = first?.presence;
  return presence === undefined || others.some((other) => other.presence !== presence) ? {} : { presence };
}
