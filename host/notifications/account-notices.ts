import type { AccountId } from "#contract/account.ts";
import type { Envelope } from "#contract/envelope.ts";
import {
  notificationSchema,
  type Notification,
  type NotificationKind,
} from "#contract/entities/notification.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import type { Settings } from "#contract/settings.ts";
import type { ListenerPart } from "./account-listeners.ts";
import type { BackendReader } from "./backend-reader.ts";
import { Composer, isOfMessage } from "./composer.ts";
import type { NoticeDeed } from "./notice-commands.ts";
import { contextOf, tagOf, type NoticeContext, type NoticeContexts } from "./notice-context.ts";
import { NoticeQueue } from "./notice-queue.ts";
import type { Notifier } from "./notifier.ts";
import { QuietWatch } from "./quiet-watch.ts";
import type { ShownNotices } from "./shown-notices.ts";
import type { Wording } from "./wording.ts";

/** Takes part in the account's one connection; returns its dispose. */
export type Join = (part: ListenerPart) => () => void;

export interface NoticesOptions {
  notifier: Notifier;
  shown: ShownNotices;
  /** How notices are to be shown now. */
  manner: () => Promise<{ notifications: Settings["notifications"]; wording: Wording }>;
  contexts: NoticeContexts;
  /** A click: brings Parvis before the person, with what it is about. */
  onClick: (context?: NoticeContext) => void;
  onDeed: (context: NoticeContext, deed: NoticeDeed) => void;
  /** Nothing is said of what is inside while Parvis is locked. */
  isLocked: () => boolean;
  onError: (error: unknown) => void;
  now: () => number;
  gatherMs?: number;
}

/** Listens for one account and shows what concerns its person. */
export class AccountNotices {
  readonly #options: NoticesOptions;
  readonly #join: Join;
  readonly #stop = new AbortController();
  #leave: (() => void) | undefined;
  readonly #composer: Composer;
  readonly #quiet: QuietWatch;
  readonly #queue: NoticeQueue<Notification>;
  readonly #who: { accountId: AccountId; personId: PersonId };
  /** What may still be seen: by the item, or all of a sum. */
  readonly #visible = new Map<string, string>();
  #summed = new Set<string>();

  constructor(
    who: { accountId: AccountId; personId: PersonId },
    reader: BackendReader,
    join: Join,
    options: NoticesOptions,
  ) {
    const { personId } = who;
    this.#who = who;
    this.#options = options;
    this.#join = join;
    this.#composer = new Composer(reader, this.#stop.signal);
    this.#quiet = new QuietWatch(personId, reader, this.#stop.signal);
    this.#queue = new NoticeQueue({
      showEach: (items) => this.#showEach(items),
      showSum: (items, count) => this.#showSum(items, count),
      onError: options.onError,
      now: options.now,
      ...(options.gatherMs === undefined ? {} : { gatherMs: options.gatherMs }),
    });
  }

  start(): void {
    this.#leave = this.#join({ onChange: (row, isNew) => this.#onChange(row, isNew) });
  }

  stop(): void {
    this.#leave?.();
    this.#stop.abort(new AppError("cancelled"));
    this.#queue.clear();
  }

  /** Takes everything back that was shown: it is seen in Parvis, or must not be seen. */
  closeAll(): void {
    for (const tag of this.#visible.values()) this.#options.notifier.close?.(tag);
    if (this.#summed.size > 0) this.#options.notifier.close?.(this.#sumTag);
    this.#visible.clear();
    this.#summed.clear();
  }

  get #sumTag(): string {
    return tagOf(this.#who.accountId, "burst");
  }

  /** It was read elsewhere. */
  #withdraw(id: string): void {
    const { notifier } = this.#options;
    const tag = this.#visible.get(id);
    this.#visible.delete(id);
    if (tag !== undefined) notifier.close?.(tag);
    if (this.#summed.delete(id) && this.#summed.size === 0) notifier.close?.(this.#sumTag);
  }

  #onChange(row: Envelope, isNew: boolean): void {
    this.#composer.note(row);
    this.#quiet.note(row);
    if (!isNew || row.collection !== "notification") return;
    const notification = row.op === "put" ? notificationSchema.safeParse(row.data).data : undefined;
    if (notification === undefined || notification.doneAt !== undefined) {
      // Read elsewhere, or taken back, before it was shown.
      this.#queue.drop((waiting) => waiting.id === row.id);
      this.#withdraw(row.id);
      return;
    }
    if (this.#quiet.isKnownQuiet(notification.kind, this.#options.now())) {
      this.#options.shown.claim([keyOf(notification)]).catch(this.#options.onError);
      return;
    }
    this.#queue.add(keyOf(notification), notification);
  }

  async #showEach(items: Notification[]): Promise<void> {
    const fresh = await this.#announced(await this.#claim(items));
    const { contexts, isLocked, manner } = this.#options;
    const { notifications, wording } = await manner();
    if (notifications === "off" || fresh.length === 0) return;
    const composed =
      notifications === "all" ? await this.#composer.compose(fresh, wording) : hidden(fresh, wording);
    // Asked last: it may have been locked meanwhile.
    const isHidden = notifications !== "all" || isLocked();
    const told = isHidden ? hidden(fresh, wording) : composed;
    const about = fresh.map((item) => contextOf(item, { ...this.#who, isHidden }));
    await contexts.keep(about);
    if (this.#stop.signal.aborted) return;
    for (const [index, item] of fresh.entries()) {
      const context = about[index];
      const { title, body } = told[index] ?? { title: "Parvis", body: wording.newMessage };
      if (context !== undefined) this.#show(item, context, { title, body, wording });
    }
  }

  #show(
    item: Notification,
    context: NoticeContext,
    { title, body, wording }: { title: string; body: string; wording: Wording },
  ): void {
    const { notifier, onClick, onDeed } = this.#options;
    this.#visible.set(item.id, context.tag);
    const send = (text: string): void => onDeed(context, { kind: "reply", text });
    notifier.show({
      title,
      body,
      tag: context.tag,
      group: tagOf(this.#who.accountId, item.conversationId ?? item.scope),
      ...(context.replyTo === undefined ? {} : { reply: { placeholder: wording.reply, send } }),
      actions: context.actions.map((kind) => ({
        text: wording[kind],
        run: () => onDeed(context, { kind }),
      })),
      onClick: () => onClick(context),
    });
  }

  async #showSum(items: Notification[], count: number): Promise<void> {
    const fresh = await this.#announced(await this.#claim(items));
    const { notifications, wording } = await this.#options.manner();
    if (notifications === "off" || fresh.length === 0 || this.#stop.signal.aborted) return;
    const { onClick, notifier } = this.#options;
    for (const { id } of fresh) this.#summed.add(id);
    const body = wording.newMessages(Math.min(count, fresh.length));
    notifier.show({ title: "Parvis", body, tag: this.#sumTag, onClick: () => onClick() });
  }

  /** What came while it is quiet is not told later either: it waits in the inbox. Asked when it came and when it is shown. */
  async #announced(items: readonly Notification[]): Promise<Notification[]> {
    const announced: Notification[] = [];
    for (const item of items) {
      if (await this.#quiet.isAnnounced(item.kind, this.#options.now())) announced.push(item);
    }
    return announced;
  }

  async #claim(items: readonly Notification[]): Promise<Notification[]> {
    const fresh = await this.#options.shown.claim(items.map(keyOf));
    return items.filter((one) => fresh.has(keyOf(one)));
  }
}

/** A direct conversation has one row however many messages come: each message counts once. */
function keyOf({ id, messageId, createdAt }: Notification): string {
  return `${id} ${messageId ?? createdAt}`;
}

function hiddenBody(kind: NotificationKind, wording: Wording): string {
  if (kind === "invitation") return wording.newInvitation;
  return isOfMessage(kind) ? wording.newMessage : wording.kinds[kind];
}

function hidden(notifications: readonly Notification[], wording: Wording): { title: string; body: string }[] {
  return notifications.map(({ kind }) => ({ title: "Parvis", body: hiddenBody(kind, wording) }));
}
