import type { Account, AccountId, OpenTarget } from "#contract/bridge.ts";
import type { Host } from "../host.ts";
import { AccountListeners } from "./account-listeners.ts";
import { AccountNotices, type NoticesOptions } from "./account-notices.ts";
import { BackendReader } from "./backend-reader.ts";
import type { FocusMode } from "./focus-mode.ts";
import { meetingAddress } from "./meeting-address.ts";
import { NoticeCommands, reasonOf, type NoticeAct, type NoticeDeed } from "./notice-commands.ts";
import { NoticeContexts, type NoticeContext } from "./notice-context.ts";
import { NoticeKey } from "./notice-key.ts";
import { NoticeReplies } from "./notice-replies.ts";
import type { Attendance, Notifier, Outcome } from "./notifier.ts";
import { ShownNotices } from "./shown-notices.ts";
import { UnknownReplies, type UnknownReply } from "./unknown-replies.ts";
import { wordingFor, type Wording } from "./wording.ts";

/** A page that is loaded anew is gone for a moment. */
const GRACE_MS = 3000;
const TEST_MS = 10_000;

/** What the person did with a notice of an earlier run: the button by its place. */
export type Activation =
  | { kind: "click" }
  | { kind: "action"; index: number }
  | { kind: "reply"; text: string };

export interface NotificationWatchOptions {
  host: Pick<Host, "accounts" | "bridge" | "events" | "gateway" | "services" | "settings">;
  dataDir: string;
  notifier: Notifier;
  attendance: Attendance;
  /** BCP 47 tag of the system. */
  locale: string;
  /** Brings Parvis before the person; with a target, shows that. */
  open: (target?: OpenTarget) => Promise<void>;
  onNotice: (message: string) => void;
  /** Shows an answer that cannot be sent to anybody; it is kept until it was seen. */
  onUnknownReply?: (reply: UnknownReply) => Promise<void>;
  /** The system's own; without it, it is taken for off. */
  focus?: Pick<FocusMode, "isOn">;
  /** The connections that others share; without them, its own. */
  listeners?: AccountListeners;
  graceMs?: number;
  gatherMs?: number;
  /** How soon what was done in a notice is tried again. */
  sendAgainMs?: number;
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
  readonly #commands: NoticeCommands;
  /** What was typed and leads nowhere; the shell shows it. */
  readonly unknown: UnknownReplies;
  readonly #stops: (() => void)[] = [];
  #isOn = false;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: NotificationWatchOptions) {
    this.#options = options;
    const { host, locale, dataDir, notifier, onNotice } = options;
    this.#notices = {
      notifier,
      shown: new ShownNotices(dataDir),
      manner: async () => {
        const { notifications, language } = await host.settings.get();
        const ceiling = host.services.policies.get("CacheCeiling") ?? null;
        const isSilent = (await options.focus?.isOn()) ?? false;
        return { ceiling, isSilent, notifications, wording: wordingFor(language, locale) };
      },
      contexts: new NoticeContexts(dataDir, onNotice),
      onClick: (context) => this.#open(context),
      onDeed: (context, deed) => {
        this.#deed(context, deed).catch(this.#notices.onError);
      },
      isLocked: () => host.services.lock.isLocked,
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
    const key = new NoticeKey(host.services.secrets);
    this.unknown = new UnknownReplies(dataDir, key, onNotice);
    const { onError } = this.#notices;
    const replies = new NoticeReplies({ ...this.#notices, open: options.open });
    this.#commands = new NoticeCommands({
      dataDir,
      key,
      gateway: host.gateway,
      accounts: host.accounts,
      onRefused: (refused) => void replies.sayRefused(refused).catch(onError),
      onHeld: () => void replies.sayHeld().catch(onError),
      onGone: (accountId) => void replies.sayGone(accountId).catch(onError),
      onWaiting: (waiting) => host.services.attention.setBeside(waiting),
      onNotice,
      now: options.now ?? Date.now,
      random: options.random ?? Math.random,
      ...(options.sendAgainMs === undefined ? {} : { firstMs: options.sendAgainMs }),
    });
  }

  /** A button, an answer or a click of a notice that an earlier run has shown. False: nothing of it can be done. */
  async activate(tag: string, what: Activation): Promise<boolean> {
    const context = await this.#notices.contexts.find(tag);
    if (context === undefined) return false;
    if (what.kind === "reply") return this.#do(context, what);
    const kind = what.kind === "action" ? context.actions[what.index] : undefined;
    if (kind === undefined) this.#open(context);
    else if (kind === "join") await this.#join(context);
    else await this.#do(context, { kind });
    return true;
  }

  /** Shows one, and says whether the system took it. */
  async test(): Promise<Outcome> {
    const { wording } = await this.#notices.manner();
    // Asked for, so never silent.
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => resolve({ isShown: false, detail: "The system did not answer within 10 seconds" }),
        TEST_MS,
      );
      this.#options.notifier.show({
        title: "Parvis",
        body: wording.test,
        tag: "parvis-test",
        onClick: () => this.#open(),
        onOutcome: (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        },
      });
    });
  }

  #open(context?: NoticeContext): void {
    const { open, onNotice } = this.#options;
    const target =
      context === undefined || context.link === null
        ? undefined
        : { accountId: context.accountId, link: context.link };
    open(target).catch((error: unknown) => onNotice(reasonOf(error)));
  }

  /** Into the meeting; where the way is not to be had, to the event, which says why. */
  async #join(context: NoticeContext): Promise<void> {
    const { host, onNotice } = this.#options;
    try {
      const address = await meetingAddress(new BackendReader(host.gateway, context.accountId), context);
      if (address === undefined) this.#open(context);
      else await host.bridge.call("shell.openExternal", { url: address });
    } catch (error) {
      onNotice(`A meeting could not be joined from its notification: ${reasonOf(error)}`);
      this.#open(context);
    }
  }

  async #deed(context: NoticeContext, deed: NoticeAct): Promise<void> {
    if (deed.kind === "join") return this.#join(context);
    const isDone = await this.#do(context, deed);
    if (!isDone && deed.kind === "reply") await this.keepUnknown(deed.text);
  }

  /** What was typed and leads nowhere: kept first, then shown. */
  async keepUnknown(text: string): Promise<void> {
    if (text.trim() === "") return;
    const reply = await this.unknown.keep(text);
    await this.#options.onUnknownReply?.(reply);
  }

  async wording(): Promise<Wording> {
    return (await this.#notices.manner()).wording;
  }

  /** False: an answer that leads nowhere. */
  async #do(context: NoticeContext, deed: NoticeDeed): Promise<boolean> {
    try {
      return await this.#commands.run(context, deed);
    } catch (error) {
      // Neither sealed nor held: a disk that fails. What was typed is in memory until it was seen.
      this.#options.onNotice(`What was done in a notification could not be kept: ${reasonOf(error)}`);
      return deed.kind !== "reply";
    }
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
    void this.#commands.stop();
  }

  async #begin(): Promise<void> {
    const { host, attendance } = this.#options;
    this.#isOn = (await host.settings.get()).notifications !== "off";
    this.#stops.push(
      attendance.subscribe(() => this.#onAttendance()),
      host.events.subscribe((event) => {
        if (event.type === "settingsChanged") this.#isOn = event.settings.notifications !== "off";
        if (event.type === "settingsChanged" || event.type === "accountsChanged") this.#reconcile();
        if (event.type === "lockChanged" && event.status.isLocked) this.#closeAll();
        if (event.type === "accountsChanged") void this.#commands.send();
        if (event.type === "secretsChanged" && !event.status.isLocked) void this.#commands.send();
        if (event.type === "quitting") void this.#commands.send();
        if (event.type === "networkChanged" && event.isOnline) void this.#commands.send();
      }),
    );
    this.#onAttendance();
    void this.#commands.send();
  }

  #onAttendance(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#options.attendance.isHere) {
      // Whoever sits before Parvis sees it there.
      this.#closeAll();
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
      notices.closeAll();
      notices.stop();
      this.#watched.delete(id);
    }
    for (const account of wanted) this.#listen(account, new BackendReader(gateway, account.id));
  }

  #listen({ id, personId }: Account, reader: BackendReader): void {
    if (personId === null || this.#watched.has(id)) return;
    const notices = new AccountNotices(
      { accountId: id, personId },
      reader,
      (part) => this.#listeners.join(id, personId, part),
      this.#notices,
    );
    this.#watched.set(id, notices);
    notices.start();
  }

  #closeAll(): void {
    for (const notices of this.#watched.values()) notices.closeAll();
    const { notifier } = this.#options;
    if (notifier.closesEarlier !== true) return;
    this.#notices.contexts
      .all()
      .then((contexts) => {
        for (const { tag } of contexts) notifier.close?.(tag);
      })
      .catch(this.#notices.onError);
  }

  #endAll(): void {
    for (const notices of this.#watched.values()) notices.stop();
    this.#watched.clear();
  }
}
