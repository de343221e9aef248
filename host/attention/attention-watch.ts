import type { Account, AccountId } from "#contract/bridge.ts";
import type { Attention } from "#contract/desktop/attention.ts";
import type { Host } from "../host.ts";
import type { AccountListeners } from "../notifications/account-listeners.ts";
import { BackendReader } from "../notifications/backend-reader.ts";
import type { Attendance } from "../notifications/notifier.ts";
import { wordingFor } from "../notifications/wording.ts";
import { AccountAttention } from "./account-attention.ts";
import type { AttentionModel } from "./attention-model.ts";

/** A page that is loaded anew is gone for a moment. */
const GRACE_MS = 3000;
/** Pages that went quiet are noticed this often. */
const LOOK_MS = 30_000;

export interface AttentionWatchOptions {
  host: Pick<Host, "accounts" | "events" | "gateway" | "settings">;
  attention: AttentionModel;
  listeners: AccountListeners;
  /** Whether any page is open. */
  pages: Attendance;
  /** BCP 47 tag of the system. */
  locale: string;
  onError: (error: unknown) => void;
  graceMs?: number;
  gatherMs?: number;
  now?: () => number;
}

/** Finds out how each account stands that no page shows. Returns what ends it. */
export function watchAttention(options: AttentionWatchOptions): () => void {
  const watch = new AttentionWatch(options);
  return () => watch.stop();
}

class AttentionWatch {
  readonly #options: AttentionWatchOptions;
  readonly #watched = new Map<AccountId, AccountAttention>();
  readonly #stops: (() => void)[];
  #grace: NodeJS.Timeout | undefined;

  constructor(options: AttentionWatchOptions) {
    this.#options = options;
    const { host, attention, pages } = options;
    const look = setInterval(() => this.#reconcile(), LOOK_MS);
    look.unref();
    this.#stops = [
      pages.subscribe(() => this.#onPages()),
      attention.subscribeToPages(() => this.#reconcile()),
      host.events.subscribe((event) => {
        if (event.type === "accountsChanged") this.#reconcile();
      }),
      () => clearInterval(look),
    ];
    this.#onPages();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    clearTimeout(this.#grace);
    for (const watched of this.#watched.values()) watched.stop();
    this.#watched.clear();
  }

  #onPages(): void {
    clearTimeout(this.#grace);
    this.#grace = undefined;
    if (this.#options.pages.isHere) {
      // Each page says what it shows; until it has, what is watched goes on.
      this.#grace = setTimeout(() => this.#reconcile(), this.#options.graceMs ?? GRACE_MS);
      return;
    }
    this.#grace = setTimeout(() => {
      this.#grace = undefined;
      this.#options.attention.pagesGone();
    }, this.#options.graceMs ?? GRACE_MS);
  }

  #reconcile(): void {
    const { attention, host } = this.#options;
    const accounts = host.accounts.list();
    attention.keep(accounts.map(({ id }) => id));
    const wanted = accounts.filter(({ id, state }) => state === "signedIn" && !attention.isShown(id));
    for (const [id, watched] of this.#watched) {
      if (wanted.some((account) => account.id === id)) continue;
      watched.stop();
      this.#watched.delete(id);
    }
    for (const account of wanted) this.#watch(account);
    for (const { id, state } of accounts) if (state !== "signedIn") attention.put(id, SIGNED_OUT);
  }

  #watch({ id, personId }: Account): void {
    if (personId === null || this.#watched.has(id)) return;
    const { attention, gatherMs, host, listeners, locale, now, onError } = this.#options;
    const watched = new AccountAttention({
      personId,
      reader: new BackendReader(host.gateway, id),
      join: (part) => listeners.join(id, personId, part),
      before: attention.get(id),
      wording: async () => wordingFor((await host.settings.get()).language, locale),
      onAttention: (stand) => attention.put(id, stand),
      onError,
      now: now ?? Date.now,
      ...(gatherMs === undefined ? {} : { gatherMs }),
    });
    this.#watched.set(id, watched);
    watched.start();
  }
}

const SIGNED_OUT: Attention = {
  connection: "signedOut",
  unread: 0,
  mentions: 0,
  waiting: 0,
  isQuiet: false,
  doNotDisturbUntil: null,
  recent: [],
};
