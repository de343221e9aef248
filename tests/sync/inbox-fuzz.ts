import assert from "node:assert/strict";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { isWaiting } from "#contract/inbox.ts";
import { createId, directConversationId, messageIdSchema, type ConversationId } from "#contract/ids.ts";
import { conversationScope, personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { Client, type LiveView } from "./client.ts";
import { seededRandom } from "./faulty-network.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

const CYCLES = 3;
const DAY_MS = 86_400_000;

interface Said {
  id: string;
  conversationId: ConversationId;
  threadId: string | undefined;
  sentAt: string;
}

/** Ada at a client whose line can be cut, and Ben, who writes past any client. */
class Desk {
  readonly workplace: Workplace;
  readonly client: Client;
  readonly inbox: LiveView<"inbox">;
  readonly counts: LiveView<"inboxCounts">;
  readonly direct: ConversationId;
  #isConnected = true;
  readonly #cut: (() => void)[] = [];

  private constructor(workplace: Workplace) {
    this.workplace = workplace;
    this.direct = directConversationId(workplace.ada, workplace.ben);
    this.client = new Client({ fetch: this.#line(), accountId: createId() });
    this.inbox = this.client.query("inbox", { show: "waiting", limit: 1000 });
    this.counts = this.client.query("inboxCounts", {});
  }

  static async open(): Promise<Desk> {
    const desk = new Desk(await Workplace.create());
    const { ada, ben } = desk.workplace;
    const args = { id: desk.direct, kind: "direct", memberIds: [ada, ben] };
    await desk.workplace.mutate(ben, "conversation.open", conversationScope(desk.direct), args);
    await desk.client.query("session", {}).until((view) => view.info.isReady);
    return desk;
  }

  async close(): Promise<void> {
    await this.client.closeCleanly();
    await this.workplace.close();
  }

  get own(): Scope {
    return personScope(this.workplace.ada);
  }

  scopeOf(conversationId: ConversationId): Scope {
    return conversationId === this.direct ? conversationScope(conversationId) : this.workplace.scope;
  }

  async mutate(name: string, args: Record<string, unknown>, scope = this.own): Promise<void> {
    await this.client.call("mutate", { name, scope, args });
  }

  async send(conversationId: ConversationId, more: Record<string, unknown> = {}): Promise<void> {
    const id = messageIdSchema.parse(createId());
    await this.mutate(
      "message.send",
      { id, conversationId, body: "by Ada", ...more },
      this.scopeOf(conversationId),
    );
  }

  /** Ben says something; his inbox is not looked at. */
  async benSays(conversationId: ConversationId, more: Record<string, unknown> = {}): Promise<string> {
    const id = createId();
    const scope = this.scopeOf(conversationId);
    const args = { id, conversationId, body: "by Ben", ...more };
    await this.workplace.mutate(this.workplace.ben, "message.send", scope, args);
    return id;
  }

  async disconnect(): Promise<void> {
    this.#isConnected = false;
    for (const end of this.#cut.splice(0)) end();
    await this.client.query("session", {}).until((view) => view.info.connection === "offline");
  }

  async reconnect(): Promise<void> {
    this.#isConnected = true;
    await this.client.call("sync.retry", {});
    const session = this.client.query("session", {});
    await session.until(
      ({ info }) => info.connection === "online" && info.outbox.waiting === 0 && !info.sync.isRunning,
    );
    assert.deepEqual(session.info.outbox.failed, 0);
  }

  /** All that the server had to tell has arrived: news come in the order in which they were made. */
  async arrived(): Promise<void> {
    const body = createId();
    const { ada, channelId: conversationId } = this.workplace;
    await this.workplace.mutate(ada, "draft.set", this.own, { conversationId, body });
    await this.client.query("draft", { conversationId }).until((view) => view.info.body === body);
  }

  async rows(): Promise<Notification[]> {
    const rows = await this.workplace.store.list(this.own, "notification");
    return rows.filter(({ op }) => op === "put").map(({ data }) => notificationSchema.parse(data));
  }

  /** Ids that wait by the server's rows. */
  async waiting(): Promise<string[]> {
    const now = toIsoTime(Date.now());
    return (await this.rows())
      .filter((item) => isWaiting(item, now))
      .map(({ id }) => id)
      .toSorted();
  }

  shown(): string[] {
    return this.inbox.items.flatMap(({ ids }) => ids).toSorted();
  }

  /** The list and both counts come to be as described. */
  async shows(ids: readonly string[]): Promise<void> {
    const wanted = JSON.stringify(ids);
    try {
      await this.inbox.until(() => JSON.stringify(this.shown()) === wanted, 4000);
    } catch {
      assert.deepEqual(this.shown(), ids);
    }
    assert.deepEqual(this.inbox.info.counts.all, ids.length);
    await this.counts.until(({ info }) => info.all === ids.length);
    assert.deepEqual(this.counts.info, this.inbox.info.counts);
  }

  async messages(): Promise<Said[]> {
    const rows = [this.workplace.scope, conversationScope(this.direct)].map((scope) =>
      this.workplace.store.list(scope, "message"),
    );
    return (await Promise.all(rows)).flat().map(({ data }) => ({
      id: String(data["id"]),
      conversationId: data["conversationId"] === this.direct ? this.direct : this.workplace.channelId,
      threadId: typeof data["threadId"] === "string" ? data["threadId"] : undefined,
      sentAt: String(data["sentAt"]),
    }));
  }

  #line(): TestFetch {
    const through = this.workplace.fetchAs(this.workplace.ada);
    return (path, init) => {
      if (!this.#isConnected) return Promise.reject(new TypeError("no network"));
      const broken = new AbortController();
      this.#cut.push(() => broken.abort(new TypeError("cut")));
      const signal = init?.signal == null ? broken.signal : AbortSignal.any([init.signal, broken.signal]);
      return through(path, { ...init, signal });
    };
  }
}

/** What people do, by chance. */
class Chance {
  readonly #desk: Desk;
  readonly #random: () => number;
  #emoji = 0;

  constructor(desk: Desk, random: () => number) {
    this.#desk = desk;
    this.#random = random;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#random() * from.length)];
  }

  async benActs(): Promise<void> {
    const { channelId, ada } = this.#desk.workplace;
    const mentions = [{ kind: "person", personId: ada }];
    const roll = this.#random();
    if (roll < 0.25) await this.#desk.benSays(this.#desk.direct);
    else if (roll < 0.5) await this.#desk.benSays(channelId, { mentions });
    else if (roll < 0.6) await this.#desk.benSays(channelId, { mentions: [{ kind: "everyone" }] });
    else {
      const root = this.pick((await this.#desk.messages()).filter(({ threadId }) => threadId === undefined));
      if (root === undefined) return;
      const more = roll < 0.75 ? { mentions } : {};
      await this.#desk.benSays(root.conversationId, { threadId: root.id, ...more });
    }
  }

  /** Only what may be carried out in any order: each conversation's writes go their own way. */
  async adaActs(): Promise<void> {
    const desk = this.#desk;
    const said = this.pick(await desk.messages());
    const item = this.pick(await desk.rows());
    if (said === undefined || item === undefined) return;
    const { id, conversationId, threadId, sentAt } = said;
    const roll = this.#random();
    if (roll < 0.1) await desk.send(conversationId);
    else if (roll < 0.25) await desk.send(conversationId, { threadId: threadId ?? id });
    else if (roll < 0.5) {
      const args = { conversationId, messageId: id, emoji: `e${this.#emoji++}` };
      await desk.mutate("reaction.add", args, desk.scopeOf(conversationId));
    } else if (roll < 0.75) {
      const isUnread = this.#random() < 0.4;
      await desk.mutate("readMarker.set", { conversationId, readAt: sentAt, isUnread });
    } else if (roll < 0.85) {
      const scope = desk.scopeOf(conversationId);
      const args = { scope, conversationId, threadId: threadId ?? id, readAt: sentAt };
      await desk.mutate("follow.set", args);
    } else if (roll < 0.95) await desk.mutate("notification.set", { ids: [item.id], isDone: true });
    else {
      const snoozedUntil = toIsoTime(Date.now() + DAY_MS);
      await desk.mutate("notification.set", { ids: [item.id], snoozedUntil });
    }
  }
}

/** Throws unless the list and its counts are what the server's rows say, and what they will be while writes wait. */
export async function runSeed(seed: number): Promise<void> {
  const desk = await Desk.open();
  try {
    await runCycles(desk, seededRandom(seed));
  } finally {
    await desk.close();
  }
}

async function runCycles(desk: Desk, random: () => number): Promise<void> {
  const chance = new Chance(desk, random);
  await desk.send(desk.workplace.channelId);
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    for (let step = 0; step < 8; step++) {
      await chance.benActs();
      if (random() < 0.3) await chance.adaActs();
    }
    await desk.reconnect();
    await desk.arrived();
    await desk.shows(await desk.waiting());
    await desk.disconnect();
    for (let step = 0; step < 6; step++) await chance.adaActs();
    // What waits is settled in the view once it was asked for anew.
    const offline = desk.client.query("inbox", { show: "waiting", limit: 1000 });
    await offline.until(() => true);
    const promised = offline.items.flatMap(({ ids }) => ids).toSorted();
    await desk.shows(promised);
    const told = desk.counts.updates.length;
    await desk.reconnect();
    assert.deepEqual(await desk.waiting(), promised);
    await desk.shows(promised);
    // Neither while it was being settled did a number jump.
    assert.deepEqual(desk.counts.updates.slice(told), []);
    const all = (await desk.rows()).map(({ id }) => id);
    if (all.length > 0 && random() < 0.5) {
      await desk.mutate("notification.set", { ids: all, isDone: false, snoozedUntil: null });
    }
  }
}
