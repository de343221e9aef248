import type { Classification } from "#contract/classification.ts";
import { createId, messageIdSchema, type MessageId, type PersonId } from "#contract/ids.ts";
import type { CollectionName } from "#contract/collections.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Fields } from "#renderer/db/entry.ts";
import { Client, fastClock, type LiveView } from "./client.ts";
import { Disk } from "./disk.ts";
import { FaultyNetwork, seededRandom } from "./faulty-network.ts";
import { Workplace } from "./workplace.ts";

const EMOJI = ["👍", "🎉", "❤️"];
const CHOICES = ["a", "b", "c"];
const STEPS = 30;
const SPEED = 100;

/** One person at one machine, over all lives of their client. */
class Actor {
  readonly sent: { id: MessageId; body: string }[] = [];
  /** Replies may be refused, when the message was deleted meanwhile; otherwise nothing of them is lost either. */
  readonly replied: { id: MessageId; body: string }[] = [];
  readonly #workplace: Workplace;
  readonly personId: PersonId;
  readonly #random: () => number;
  readonly #disk = new Disk();
  network: FaultyNetwork;
  client: Client;
  timeline: LiveView<"timeline">;
  #kill: () => void;
  /** Where the policy changes all the time; under one that keeps nothing, what was not sent goes with the client. */
  readonly #ceilings: (() => number) | undefined;
  ceiling: Classification | null = null;

  constructor(
    workplace: Workplace,
    personId: PersonId,
    random: () => number,
    ceilings: (() => number) | undefined,
  ) {
    this.#ceilings = ceilings;
    this.#workplace = workplace;
    this.personId = personId;
    this.#random = random;
    const { network, client, kill } = this.#begin();
    this.network = network;
    this.client = client;
    this.#kill = kill;
    this.timeline = this.#watch();
  }

  async step(name: string): Promise<void> {
    this.#changeCeiling();
    const roll = this.#random();
    if (roll < 0.31) await this.#send(name);
    else if (roll < 0.35) await this.#poll(name);
    else if (roll < 0.39) await this.#reply(name);
    else if (roll < 0.5) await this.#edit(name);
    else if (roll < 0.55) await this.#delete();
    else if (roll < 0.63) await this.#react();
    else if (roll < 0.68) await this.#vote();
    else if (roll < 0.71) await this.#pin();
    else if (roll < 0.74) await this.#save();
    else if (roll < 0.77) await this.#follow();
    else if (roll < 0.82) await this.#draft(name);
    else if (roll < 0.83) await this.#leaveAndJoin();
    else if (roll < 0.88) this.network.isDown = !this.network.isDown;
    else if (roll < 0.93) await this.restart(true);
    else if (roll < 0.95) await this.restart(false);
    else if (roll < 0.965) this.#lockAndUnlock();
    else if (roll < 0.98) await this.#secondPage();
    else await new Promise((resolve) => setTimeout(resolve, this.#random() * 20));
  }

  async restart(isCrash: boolean): Promise<void> {
    const { isDown } = this.network;
    if (isCrash) {
      this.#kill();
      this.network.kill();
    }
    if (this.#ceilings !== undefined) this.sent.length = this.replied.length = 0;
    const { bugs } = this.client;
    await this.client.close();
    if (!isCrash && bugs.length > 0) throw new Error(`bugs: ${String(bugs[0])}`, { cause: bugs[0] });
    const { network, client, kill } = this.#begin();
    this.network = network;
    this.network.isDown = isDown;
    this.client = client;
    this.#kill = kill;
    this.timeline = this.#watch();
  }

  /** A perfect line, until everything written is settled; what the server refused is let go. */
  async settle(): Promise<string[]> {
    this.network.isDown = false;
    this.network.faults = 0;
    await this.client.call("sync.retry", {});
    const outbox = this.client.query("outbox", {});
    const session = this.client.query("session", {});
    await session.until(
      (view) => view.info.isReady && view.info.outbox.waiting === 0 && !view.info.sync.isRunning,
    );
    await outbox.until((view) =>
      view.items.every((item) => item.problem !== null && item.status !== "waiting"),
    );
    const refused = outbox.items.map((item) => String(item.args["id"]));
    for (const item of outbox.items)
      await this.client.call("outbox.discard", { mutationId: item.mutationId });
    await outbox.until((view) => view.items.length === 0);
    await this.#joinAgain();
    return refused;
  }

  setCeiling(ceiling: Classification | null): void {
    this.ceiling = ceiling;
    this.client.setCeiling(ceiling);
  }

  #changeCeiling(): void {
    const roll = this.#ceilings?.() ?? 1;
    if (roll < 0.15) this.setCeiling("public");
    else if (roll < 0.25) this.setCeiling("internal");
    else if (roll < 0.35) this.setCeiling(null);
  }

  #begin() {
    const network = new FaultyNetwork(this.#workplace.fetchAs(this.personId), this.#random);
    const { indexedDB, kill } = this.#disk.life();
    const client = new Client({
      // Dexie keeps what it knows by name, and all these databases live in one process.
      accountId: this.personId,
      fetch: network.fetch,
      indexedDB,
      clock: fastClock(SPEED),
      random: this.#random,
      ceiling: this.ceiling,
    });
    return { network, client, kill };
  }

  #watch(): LiveView<"timeline"> {
    return this.client.query("timeline", {
      conversationId: this.#workplace.channelId,
      at: "end",
      count: 500,
    });
  }

  async #mutate(name: string, args: Record<string, unknown>, scope = this.#workplace.scope): Promise<void> {
    await this.client.call("mutate", {
      name,
      scope,
      args: { conversationId: this.#workplace.channelId, ...args },
    });
  }

  async #send(body: string): Promise<void> {
    const id = messageIdSchema.parse(createId());
    await this.#mutate("message.send", { id, body });
    // Acknowledged: from here on it must never be lost.
    this.sent.push({ id, body });
  }

  async #reply(body: string): Promise<void> {
    const root = this.#pick(this.timeline.items.filter((item) => item.message.deletedAt === undefined));
    if (root === undefined) return;
    const id = messageIdSchema.parse(createId());
    await this.#mutate("message.send", { id, body, threadId: root.message.id });
    this.replied.push({ id, body });
  }

  #lockAndUnlock(): void {
    this.client.lock();
    this.client.open();
  }

  /** Another page joins, reads the start of the conversation, and ends without a word. */
  async #secondPage(): Promise<void> {
    const page = new Client({ fetch: this.network.fetch, host: this.client.host, accountId: this.personId });
    const conversationId = this.#workplace.channelId;
    const view = page.query("timeline", { conversationId, at: "unread", count: 5 });
    await new Promise((resolve) => setTimeout(resolve, this.#random() * 10));
    // Whether it was there in time is left to chance.
    void page
      .call("timeline.extend", { subscriptionId: view.id, direction: "older", count: 5 })
      .catch(() => undefined);
    page.die();
  }

  async #edit(body: string): Promise<void> {
    const own = this.#pick(
      this.timeline.items.filter((item) => item.isMine && item.message.deletedAt === undefined),
    );
    if (own === undefined) return;
    await this.#mutate("message.edit", {
      id: own.message.id,
      body: `${body} edited`,
      baseVersion: own.message.version,
    });
  }

  async #delete(): Promise<void> {
    const own = this.#pick(this.timeline.items.filter((item) => item.isMine));
    if (own !== undefined) await this.#mutate("message.delete", { id: own.message.id });
  }

  async #poll(body: string): Promise<void> {
    const id = messageIdSchema.parse(createId());
    const options = CHOICES.map((choice) => ({ id: choice, text: choice }));
    await this.#mutate("message.send", { id, body, poll: { question: body, options, isMultiple: true } });
    this.sent.push({ id, body });
  }

  async #vote(): Promise<void> {
    const poll = this.#pick(this.timeline.items.filter((item) => item.poll !== null));
    if (poll === undefined) return;
    const optionIds = CHOICES.filter(() => this.#random() < 0.5);
    await this.#mutate("vote.set", { messageId: poll.message.id, optionIds });
  }

  async #pin(): Promise<void> {
    const any = this.#pick(this.timeline.items.filter((item) => item.message.deletedAt === undefined));
    if (any !== undefined)
      await this.#mutate("message.pin", { messageId: any.message.id, isPinned: !any.isPinned });
  }

  /** All that the server had to tell has arrived: news come in the order in which they were made. */
  async arrived(): Promise<void> {
    const body = createId();
    const { channelId: conversationId } = this.#workplace;
    const own = personScope(this.personId);
    await this.#workplace.mutate(this.personId, "draft.set", own, { conversationId, body });
    await this.client.query("draft", { conversationId }).until((view) => view.info.body === body);
  }

  async #save(): Promise<void> {
    const any = this.#pick(this.timeline.items);
    if (any === undefined) return;
    const { scope, channelId: conversationId } = this.#workplace;
    const object = { kind: "message", scope, conversationId, messageId: any.message.id };
    const own = personScope(this.personId);
    await this.client.call("mutate", {
      name: any.isSaved ? "item.remove" : "item.save",
      scope: own,
      args: { object },
    });
  }

  async #follow(): Promise<void> {
    const any = this.#pick(this.timeline.items);
    if (any === undefined) return;
    const { scope } = this.#workplace;
    const isFollowed = any.thread?.isFollowed !== true;
    const args = { scope, threadId: any.message.id, isFollowed };
    await this.#mutate("follow.set", args, personScope(this.personId));
  }

  /** Everything of the space is forgotten and fetched again; what waited for it is refused. */
  async #leaveAndJoin(): Promise<void> {
    const { spaceId } = this.#workplace;
    await this.#mutate("space.leave", { spaceId });
    await this.#mutate("space.join", { spaceId });
  }

  /** Leaving may have reached the server, and joining gone with a client that may keep nothing. */
  async #joinAgain(): Promise<void> {
    if (this.#ceilings === undefined) return;
    const { scope, spaceId } = this.#workplace;
    await this.#workplace.mutate(this.personId, "space.join", scope, { spaceId });
  }

  async #react(): Promise<void> {
    const any = this.#pick(this.timeline.items);
    if (any === undefined) return;
    const emoji = this.#pick(EMOJI) ?? "👍";
    const isThere = any.reactions.some((reaction) => reaction.emoji === emoji && reaction.isMine);
    await this.#mutate(isThere ? "reaction.remove" : "reaction.add", { messageId: any.message.id, emoji });
  }

  async #draft(body: string): Promise<void> {
    const scope = personScope(this.personId);
    await this.#mutate("draft.set", { body }, scope);
    const at = this.#pick(this.timeline.items)?.message.sentAt;
    await this.#mutate("readMarker.set", { readAt: at ?? toIsoTime(0) }, scope);
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#random() * from.length)];
  }
}

/** Two clients, a bad line and sudden deaths; throws unless both end with what the server has, nothing lost or doubled. */
export async function runSeed(seed: number, hasCeilings = false): Promise<void> {
  const random = seededRandom(seed);
  const ceilings = hasCeilings ? seededRandom(seed + 1000) : undefined;
  const workplace = await Workplace.create({ heartbeatMs: 15_000 });
  await workplace.loadMessages(Math.floor(random() * 40));
  const actors = [workplace.ada, workplace.ben].map(
    (person) => new Actor(workplace, person, random, ceilings),
  );
  try {
    for (let step = 0; step < STEPS; step++) {
      const actor = actors[Math.floor(random() * actors.length)];
      await actor?.step(`seed ${seed} step ${step}`);
    }
    const refused = new Set<string>();
    for (const actor of actors) for (const id of await actor.settle()) refused.add(id);
    for (const actor of actors) {
      const truth = await serverTimeline(workplace, actor.personId);
      await converged(actor, truth, `seed ${seed}: not converged`);
      const [bug] = actor.client.bugs;
      if (bug !== undefined) throw new Error(`seed ${seed}: bug`, { cause: bug });
    }
    await nothingLost(workplace, actors, { seed, refused });
    for (const actor of actors) {
      // News of leaving and joining may still be on their way while the rows of before look the same.
      await actor.arrived();
      await converged(
        actor,
        await serverTimeline(workplace, actor.personId),
        `seed ${seed}: not converged again`,
      );
    }
    // What converged must be on disk, too.
    for (const actor of actors) {
      if (hasCeilings) actor.setCeiling(null);
      await actor.restart(false);
      actor.network.isDown = true;
      const truth = await serverTimeline(workplace, actor.personId);
      await converged(actor, truth, `seed ${seed}: not on disk`);
    }
  } finally {
    for (const actor of actors) {
      actor.network.kill();
      await actor.client.close();
    }
    await workplace.close();
  }
}

async function converged(actor: Actor, truth: string, what: string): Promise<void> {
  try {
    await actor.timeline.until((view) => JSON.stringify(shown(view)) === truth);
  } catch (error) {
    const got = JSON.stringify(shown(actor.timeline));
    throw new Error(`${what}\nwanted ${truth}\ngot    ${got}`, { cause: error });
  }
}

interface Shown {
  id: string;
  body: string;
  version: number;
  isDeleted: boolean;
  reactions: [string, number][];
  votes: number[];
  isPinned: boolean;
  isSaved: boolean;
  isFollowed: boolean;
}

function shown(view: LiveView<"timeline">): Shown[] {
  return view.items.map((item) => ({
    id: item.message.id,
    body: item.pending === null ? item.message.body : "(pending)",
    version: item.message.version,
    isDeleted: item.message.deletedAt !== undefined,
    reactions: item.reactions.map((each): [string, number] => [each.emoji, each.count]).toSorted(byText),
    votes: item.poll?.options.map((option) => option.count) ?? [],
    isPinned: item.isPinned,
    isSaved: item.isSaved,
    isFollowed: item.thread?.isFollowed ?? false,
  }));
}

async function serverTimeline(workplace: Workplace, personId: PersonId): Promise<string> {
  const { scope, store } = workplace;
  const list = async (where: Scope, collection: CollectionName) =>
    (await store.list(where, collection)).filter(({ op }) => op === "put").map(({ data }) => data);
  const reactions = await list(scope, "reaction");
  const votes = await list(scope, "vote");
  const pinned = new Set((await list(scope, "pin")).map((pin) => pin["messageId"]));
  const savedItems = await list(personScope(personId), "savedItem");
  const saved = new Set(savedItems.map((item) => Object(item["object"]).messageId));
  const follows = (await list(personScope(personId), "follow")).filter((row) => row["isFollowed"] === true);
  const followed = new Set(follows.map((row) => row["threadId"]));
  const rows = (await list(scope, "message"))
    .filter((data) => data["threadId"] === undefined)
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((data): Shown => {
      const ofMessage = (each: Fields) => each["messageId"] === data["id"];
      const counts = Map.groupBy(reactions.filter(ofMessage), (each) => String(each["emoji"]));
      const summary = [...counts].map(([emoji, each]): [string, number] => [emoji, each.length]);
      const chosen = votes.filter(ofMessage).map((vote) => JSON.stringify(vote["optionIds"]));
      const isDeleted = data["deletedAt"] !== undefined;
      return {
        id: String(data["id"]),
        body: String(data["body"]),
        version: Number(data["version"]),
        isDeleted,
        reactions: summary.toSorted(byText),
        votes:
          data["poll"] === undefined || isDeleted
            ? []
            : CHOICES.map((choice) => chosen.filter((each) => each.includes(choice)).length),
        isPinned: pinned.has(data["id"]),
        isSaved: saved.has(data["id"]),
        isFollowed: followed.has(data["id"]),
      };
    });
  return JSON.stringify(rows);
}

function keyOf(message: Fields): string {
  return `${String(message["sentAt"])}~${String(message["id"])}`;
}

async function nothingLost(
  workplace: Workplace,
  actors: readonly Actor[],
  { seed, refused }: { seed: number; refused: ReadonlySet<string> },
): Promise<void> {
  const ids = (await workplace.store.list(workplace.scope, "message")).map((row) => row.id);
  if (new Set(ids).size !== ids.length) throw new Error(`seed ${seed}: doubled`);
  const known = new Set(ids);
  for (const { id, body } of actors.flatMap((actor) => actor.sent)) {
    // Refused for good only by having left the space meanwhile, and said so.
    if (!known.has(id) && !refused.has(id)) throw new Error(`seed ${seed}: lost ${body}`);
  }
  for (const { id, body } of actors.flatMap((actor) => actor.replied)) {
    if (!known.has(id) && !refused.has(id)) throw new Error(`seed ${seed}: lost reply ${body}`);
  }
}

function byText(a: [string, number], b: [string, number]): number {
  return a[0] < b[0] ? -1 : 1;
}
