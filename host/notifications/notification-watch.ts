import type { Account, AccountId } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import type { Host } from "../host.ts";
import { AccountListeners } from "./account-listeners.ts";
import { AccountNotices, type NoticesOptions } from "./account-notices.ts";
import { BackendReader } from "./backend-reader.ts";
import type { Attendance, Notifier } from "./notifier.ts";
import { ShownNotices } from "./shown-notices.ts";
import { wordingFor } from "./wording.ts";

/** A page that is loaded anew is gone for a moment. */
const GRACE_MS = 3000;

export interface NotificationWatchOptions {
  host: Pick<Host, "accounts" | "events" | "gateway" | "settings">;
  dataDir: string;
  notifier: Notifier;
  attendance: Attendance;
  /** BCP 47 tag of the system. */
  locale: string;
  /** Brings Parvis before the person. */
  open: () => Promise<void>;
  onNotice: (message: string) => void;
  /** The connections that others share; without them, its own. */
  listeners?: AccountListeners;
  graceMs?: number;
  gatherMs?: number;
  now?: () => number;
  random?: () => number;
}

/**
 * While nobody has Parvis before them, one light connection for each account that is signed in tells the host what is new,
 * and the system shows it. With somebody there, or with notifications off, there is no connection.
 */
export class NotificationWatch {
  readonly #options: NotificationWatchOptions;
  readonly #notices: NoticesOptions;
  readonly #listeners: AccountListeners;
  readonly #watched = new Map<AccountId, AccountNotices>();
  readonly #stops: (() => void)[] = [];
  #isOn = false;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: NotificationWatchOptions) {
    this.#options = options;
    const { host, locale, dataDir, notifier, onNotice } = options;
    this.#notices = {
      notifier,
      shown: new ShownNotices(dataDir, onNotice),
      manner: async () => {
        const { notifications, language } = await host.settings.get();
        return { notifications, wording: wordingFor(language, locale) };
      },
      onClick: () => {
        options.open().catch((error: unknown) => onNotice(reasonOf(error)));
      },
      onError: (error) => onNotice(`A notification failed: ${reasonOf(error)}`),
      now: options.now ?? Date.now,
      ...(options.gatherMs === undefined ? {} : { gatherMs: options.gatherMs }),
    };
    this.#listeners =
      options.listeners ??
      new AccountListeners({
        gateway: host.gateway,
        random: options.random ?? Math.random,
        onError: this.#notices.onError,
      });
  }

  static async start(options: NotificationWatchOptions): Promise<NotificationWatch> {
    const watch = new NotificationWatch(options);
    await watch.#begin();
    return watch;
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    clearTimeout(this.#timer);
    this.#endAll();
  }

  async #begin(): Promise<void> {
    const { host, attendance } = this.#options;
    this.#isOn = (await host.settings.get()).notifications !== "off";
    this.#stops.push(
      attendance.subscribe(() => this.#onAttendance()),
      host.events.subscribe((event) => {
        if (event.type === "settingsChanged") this.#isOn = event.settings.notifications !== "off";
        if (event.type === "settingsChanged" || event.type === "accountsChanged") this.#reconcile();
      }),
    );
    this.#onAttendance();
  }

  #onAttendance(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#options.attendance.isHere) {
      this.#endAll();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#reconcile();
    }, this.#options.graceMs ?? GRACE_MS);
  }

  /** Listens for whom it should and for nobody else. */
  #reconcile(): void {
    if (this.#timer !== undefined || this.#options.attendance.isHere) return;
    const { accounts, gateway } = this.#options.host;
    const wanted = this.#isOn ? accounts.list().filter((one) => one.state === "signedIn") : [];
    for (const [id, notices] of this.#watched) {
      if (wanted.some((account) => account.id === id)) continue;
      notices.stop();
      this.#watched.delete(id);
    }
    for (const account of wanted) this.#listen(account, new BackendReader(gateway, account.id));
  }

  #listen({ id, personId }: Account, reader: BackendReader): void {
    if (personId === null || this.#watched.has(id)) return;
    const notices = new AccountNotices(
      personId,
      reader,
      (part) => this.#listeners.join(id, personId, part),
      this.#notices,
    );
    this.#watched.set(id, notices);
    notices.start();
  }

  #endAll(): void {
    for (const notices of this.#watched.values()) notices.stop();
    this.#watched.clear();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError)
    return [error.problem.title, error.problem.detail].filter(Boolean).join(": ");
  return error instanceof Error ? error.message : String(error);
}
