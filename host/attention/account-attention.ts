import type { Attention } from "#contract/desktop/attention.ts";
import { linkOfItem } from "#contract/desktop/item-link.ts";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { presenceSchema } from "#contract/entities/presence.ts";
import type { Envelope } from "#contract/envelope.ts";
import { askOf, isWaiting } from "#contract/inbox.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { ListenerPart } from "../notifications/account-listeners.ts";
import type { BackendReader } from "../notifications/backend-reader.ts";
import { Composer } from "../notifications/composer.ts";
import { QuietWatch } from "../notifications/quiet-watch.ts";
import type { Wording } from "../notifications/wording.ts";

const RECENT = 5;
/** Changes of one burst are worked out together. */
const GATHER_MS = 500;
/** What was put off comes back, and quiet hours begin and end, without anything being told. */
const AGAIN_MS = 60_000;

export interface AccountAttentionOptions {
  personId: PersonId;
  reader: BackendReader;
  join: (part: ListenerPart) => () => void;
  /** What a page said last: its words are kept, and so is what waits in its outbox. */
  before: Attention | undefined;
  wording: () => Promise<Wording>;
  onAttention: (attention: Attention) => void;
  onError: (error: unknown) => void;
  now: () => number;
  gatherMs?: number;
}

/** How an account stands while no page shows it: its inbox, read once and kept by the live changes. */
export class AccountAttention {
  readonly #options: AccountAttentionOptions;
  readonly #stop = new AbortController();
  readonly #items = new Map<string, Notification>();
  readonly #titles = new Map<string, string>();
  readonly #composer: Composer;
  readonly #quiet: QuietWatch;
  #leave: (() => void) | undefined;
  #presence: Attention["presence"];
  #isConnected = false;
  #isRead = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #again: NodeJS.Timeout;

  constructor(options: AccountAttentionOptions) {
    this.#options = options;
    const { personId, reader } = options;
    this.#composer = new Composer(reader, this.#stop.signal);
    this.#presence = options.before?.presence;
    this.#quiet = new QuietWatch(personId, reader, this.#stop.signal);
    this.#again = setInterval(() => this.#soon(), AGAIN_MS);
    this.#again.unref();
  }

  start(): void {
    this.#leave = this.#options.join({
      onChange: (row) => {
        this.#note(row);
        this.#soon();
      },
      onState: (isConnected) => {
        this.#isConnected = isConnected;
        if (isConnected) this.#read().catch(this.#options.onError);
        this.#soon();
      },
    });
  }

  stop(): void {
    this.#leave?.();
    this.#stop.abort(new AppError("cancelled"));
    clearTimeout(this.#timer);
    clearInterval(this.#again);
  }

  #note(row: Envelope): void {
    this.#composer.note(row);
    this.#quiet.note(row);
    if (row.collection === "presence" && row.id === this.#options.personId && row.op === "put")
      this.#presence = presenceSchema.safeParse(row.data).data?.chosen?.state ?? null;
    if (row.collection !== "notification" || row.scope !== personScope(this.#options.personId)) return;
    const item = row.op === "put" ? notificationSchema.safeParse(row.data).data : undefined;
    if (item === undefined || item.doneAt !== undefined) this.#items.delete(row.id);
    else this.#items.set(row.id, item);
  }

  async #read(): Promise<void> {
    const seen = new Set<string>();
    try {
      await this.#options.reader.rows(personScope(this.#options.personId), this.#stop.signal, (row) => {
        seen.add(row.id);
        this.#note(row);
        return true;
      });
    } catch (error) {
      // Broken off: the next connection reads again.
      if (error instanceof AppError || this.#stop.signal.aborted) return;
      throw error;
    }
    for (const id of this.#items.keys()) if (!seen.has(id)) this.#items.delete(id);
    this.#isRead = true;
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell().catch(this.#options.onError);
    }, this.#options.gatherMs ?? GATHER_MS);
  }

  async #tell(): Promise<void> {
    const { before, onAttention } = this.#options;
    const connection = this.#isConnected ? "connected" : before === undefined ? "connecting" : "offline";
    if (!this.#isRead) {
      // Nothing better is known than what a page said.
      if (before !== undefined) onAttention({ ...before, connection });
      return;
    }
    const now = this.#options.now();
    const waiting = [...this.#items.values()].filter((item) => isWaiting(item, toIsoTime(now)));
    const recent = await this.#recent(waiting);
    const isQuiet = await this.#quiet.isQuiet(now);
    if (this.#stop.signal.aborted) return;
    onAttention({
      connection,
      unread: waiting.length,
      mentions: waiting.filter((item) => askOf(item) !== "know").length,
      waiting: before?.waiting ?? 0,
      isQuiet,
      doNotDisturbUntil: this.#quiet.doNotDisturbUntil(now),
      ...(this.#presence === undefined ? {} : { presence: this.#presence }),
      recent,
    });
  }

  async #recent(waiting: readonly Notification[]): Promise<Attention["recent"]> {
    const newest = waiting
      .toSorted((a, b) => (a.createdAt > b.createdAt ? -1 : 1))
      .flatMap((item) => {
        const link = linkOfItem(item);
        return link === null ? [] : [{ item, link }];
      })
      .slice(0, RECENT);
    await this.#learnTitles(newest);
    return newest.map(({ item, link }) => ({
      title: this.#titles.get(keyOf(link, item)) ?? "Parvis",
      link,
      at: item.createdAt,
      conference: item.conference,
    }));
  }

  /** Asked of the workplace once for each item. */
  async #learnTitles(newest: readonly { item: Notification; link: string }[]): Promise<void> {
    for (const { title, link, at } of this.#options.before?.recent ?? [])
      this.#titles.set(`${link} ${at}`, title);
    const missing = newest.filter(({ item, link }) => !this.#titles.has(keyOf(link, item)));
    if (missing.length > 0) {
      const wording = await this.#options.wording();
      const composed = await this.#composer.compose(
        missing.map(({ item }) => item),
        wording,
      );
      for (const [index, { item, link }] of missing.entries()) {
        const said = composed[index];
        if (said !== undefined)
          this.#titles.set(keyOf(link, item), `${said.title} — ${said.body}`.slice(0, 300));
      }
    }
    const kept = new Set(newest.map(({ item, link }) => keyOf(link, item)));
    for (const key of this.#titles.keys()) if (!kept.has(key)) this.#titles.delete(key);
  }
}

function keyOf(link: string, { createdAt }: Notification): string {
  return `${link} ${createdAt}`;
}
