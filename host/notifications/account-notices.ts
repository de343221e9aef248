import type { AccountId } from "#contract/account.ts";
import type { Classification } from "#contract/classification.ts";
import type { Envelope } from "#contract/envelope.ts";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import type { Settings } from "#contract/settings.ts";
import type { ListenerPart } from "./account-listeners.ts";
import type { BackendReader } from "./backend-reader.ts";
import { Composer, isOfMessage, type Composed } from "./composer.ts";
import type { NoticeAct } from "./notice-commands.ts";
import { EarlierNotices } from "./earlier-notices.ts";
import { contextOf, noticeTag, tagOf, type NoticeContext, type NoticeContexts } from "./notice-context.ts";
import { NoticeGroups } from "./notice-groups.ts";
import { grouped, hidden } from "./notice-words.ts";
import { NoticeQueue } from "./notice-queue.ts";
import type { Notifier } from "./notifier.ts";
import { QuietWatch } from "./quiet-watch.ts";
import type { ShownNotices } from "./shown-notices.ts";
import { SpaceLevels } from "./space-levels.ts";
import type { Wording } from "./wording.ts";

/** Takes part in the account's one connection; returns its dispose. */
export type Join = (part: ListenerPart) => () => void;

/** How notices are to be shown now. */
export interface Manner {
  notifications: Settings["notifications"];
  wording: Wording;
  /** What is marked above it is announced without its content. */
  ceiling: Classification | null;
  /** The system is in a focus mode. */
  isSilent: boolean;
}

export interface NoticesOptions {
  notifier: Notifier;
  shown: ShownNotices;
  manner: () => Promise<Manner>;
  contexts: NoticeContexts;
  /** A click: brings Parvis before the person, with what it is about. */
  onClick: (context?: NoticeContext) => void;
  onDeed: (context: NoticeContext, act: NoticeAct) => void;
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
  readonly #levels: SpaceLevels;
  readonly #reader: BackendReader;
  readonly #groups = new NoticeGroups();
  readonly #earlier: EarlierNotices;

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
    this.#reader = reader;
    this.#earlier = new EarlierNotices(who.accountId, options);
    this.#levels = new SpaceLevels(reader, this.#stop.signal);
    this.#quiet = new QuietWatch(personId, reader, this.#stop.signal);
    this.#queue = new NoticeQueue({
      showEach: (items) => this.#showEach(items),
      showSum: (items) => this.#showSum(items),
      onError: options.onError,
      now: options.now,
      ...(options.gatherMs === undefined ? {} : { gatherMs: options.gatherMs }),
    });
  }

  start(): void {
    this.#leave = this.#join({ onChange: (row, isNew) => this.#onChange(row, isNew) });
    const rows = (take: (row: Envelope) => boolean): Promise<void> =>
      this.#reader.rows(personScope(this.#who.personId), this.#stop.signal, take);
    this.#earlier
      .sweep(rows, (row) => this.#waitingIn(row)?.id)
      .catch((error: unknown) => {
        // Out of reach just now: they stay until they are looked at.
        if (!(error instanceof AppError)) this.#options.onError(error);
      });
  }

  stop(): void {
    this.#leave?.();
    this.#stop.abort(new AppError("cancelled"));
    this.#queue.clear();
  }

  /** Takes everything back that was shown: it is seen in Parvis, or must not be seen. */
  closeAll(): void {
    for (const tag of this.#groups.tags) this.#options.notifier.close?.(tag);
    this.#groups.clear();
  }

  get #sumTag(): string {
    return tagOf(this.#who.accountId, "burst");
  }

  #hold(tag: string, item: Notification): void {
    this.#groups.add(tag, keyOf(item), item);
    this.#earlier.revive(item.id);
  }

  /** It was read elsewhere. */
  #withdraw(id: string): void {
    const { notifier, onError } = this.#options;
    if (this.#groups.has(id)) {
      for (const tag of this.#groups.settle(id)) notifier.close?.(tag);
    } else {
      this.#earlier.settle(id).catch(onError);
    }
  }

  /** What still waits for the person: neither done, nor put off, nor taken back. */
  #waitingIn(row: Envelope): Notification | undefined {
    const item = row.op === "put" ? notificationSchema.safeParse(row.data).data : undefined;
    const isPutOff = Date.parse(item?.snoozedUntil ?? "") > this.#options.now();
    return item === undefined || item.doneAt !== undefined || isPutOff ? undefined : item;
  }

  #onChange(row: Envelope, isNew: boolean): void {
    this.#composer.note(row);
    this.#quiet.note(row);
    this.#levels.note(row);
    if (!isNew || row.collection !== "notification") return;
    const notification = this.#waitingIn(row);
    if (notification === undefined) {
      // Read elsewhere, put off, or taken back, before it was shown.
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
    const manner = await this.#options.manner();
    if (manner.notifications === "off" || fresh.length === 0) return;
    const newest = new Map(fresh.map((item) => [noticeTag(this.#who.accountId, item), item]));
    const told = await this.#tell([...newest.values()], manner);
    for (const item of fresh) this.#hold(noticeTag(this.#who.accountId, item), item);
    const shown = told.map(({ item, isHidden, ...words }) => {
      const { itemIds, ...group } = this.#groups.get(noticeTag(this.#who.accountId, item));
      const context = contextOf(item, { ...this.#who, isHidden, itemIds });
      return {
        item,
        context,
        words: isHidden
          ? hidden(item.kind, group.count, manner.wording)
          : grouped(words, group, manner.wording),
      };
    });
    await this.#options.contexts.keep(shown.map(({ context }) => context));
    if (this.#stop.signal.aborted) return;
    for (const one of shown) this.#show(one, manner);
  }

  /** The words of each, and whether they may be shown. */
  async #tell(items: Notification[], { ceiling, notifications, wording }: Manner): Promise<Told[]> {
    if (notifications !== "all") return items.map((item) => ({ item, isHidden: true, title: "", body: "" }));
    const composed = await this.#composer.compose(items, wording);
    const above = await Promise.all(items.map(({ scope }) => this.#levels.isAbove(scope, ceiling)));
    // Asked last: it may have been locked meanwhile.
    const isLocked = this.#options.isLocked();
    return items.map((item, index) => {
      const { title, body } = composed[index] ?? { title: "", body: "" };
      return { item, title, body, isHidden: isLocked || title === "" || above[index] !== false };
    });
  }

  #show({ item, context, words }: Shown, { isSilent, wording }: Manner): void {
    const { notifier, onClick, onDeed } = this.#options;
    const send = (text: string): void => onDeed(context, { kind: "reply", text });
    notifier.show({
      ...words,
      tag: context.tag,
      isSilent,
      group: tagOf(this.#who.accountId, item.scope),
      ...(context.replyTo === undefined ? {} : { reply: { placeholder: wording.reply, send } }),
      actions: context.actions.map((kind) => ({
        text: wording[kind],
        run: () => onDeed(context, { kind }),
      })),
      onClick: () => onClick(context),
    });
  }

  /** Takes the place of the messages' notices that are there, and counts them. */
  async #showSum(items: Notification[]): Promise<void> {
    const fresh = await this.#announced(await this.#claim(items));
    const { isSilent, notifications, wording } = await this.#options.manner();
    if (notifications === "off" || fresh.length === 0 || this.#stop.signal.aborted) return;
    const { onClick, notifier } = this.#options;
    for (const item of fresh) this.#hold(this.#sumTag, item);
    for (const tag of this.#groups.fold(this.#sumTag, ({ kind }) => isOfMessage(kind))) notifier.close?.(tag);
    const body = wording.newMessages(this.#groups.get(this.#sumTag).count);
    notifier.show({ title: "Parvis", body, tag: this.#sumTag, isSilent, onClick: () => onClick() });
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

interface Told extends Composed {
  item: Notification;
  isHidden: boolean;
}

interface Shown {
  item: Notification;
  context: NoticeContext;
  words: Composed;
}
