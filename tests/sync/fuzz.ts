import { createId, messageIdSchema, type MessageId, type PersonId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { Client, fastClock, type LiveView } from "./client.ts";
import { Disk } from "./disk.ts";
import { FaultyNetwork, seededRandom } from "./faulty-network.ts";
import { Workplace } from "./workplace.ts";

const EMOJI = ["👍", "🎉", "❤️"];
const STEPS = 30;
const SPEED = 100;

/** One person at one machine, over all lives of their client. */
class Actor {
  readonly sent: { id: MessageId; body: string }[] = [];
  /** Replies may be refused, when the message was deleted meanwhile; otherwise nothing of them is lost either. */
  readonly replied: { id: MessageId; body: string }[] = [];
  readonly #workplace: Workplace;
  readonly #personId: PersonId;
  readonly #random: () => number;
  readonly #disk = new Disk();
  network: FaultyNetwork;
  client: Client;
  timeline: LiveView<"timeline">;
  #kill: () => void;

  constructor(workplace: Workplace, personId: PersonId, random: () => number) {
    this.#workplace = workplace;
    this.#personId = personId;
    this.#random = random;
    const { network, client, kill } = this.#begin();
    this.network = network;
    this.client = client;
    this.#kill = kill;
    this.timeline = this.#watch();
  }

  async step(name: string): Promise<void> {
    const roll = this.#random();
    if (roll < 0.35) await this.#send(name);
    else if (roll < 0.39) await this.#reply(name);
    else if (roll < 0.5) await this.#edit(name);
    else if (roll < 0.55) await this.#delete();
    else if (roll < 0.75) await this.#react();
    else if (roll < 0.82) await this.#draft(name);
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
    return refused;
  }

  #begin() {
    const network = new FaultyNetwork(this.#workplace.fetchAs(this.#personId), this.#random);
    const { indexedDB, kill } = this.#disk.life();
    const client = new Client({
      // Dexie keeps what it knows by name, and all these databases live in one process.
      accountId: this.#personId,
      fetch: network.fetch,
      indexedDB,
      clock: fastClock(SPEED),
      random: this.#random,
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
    const page = new Client({ fetch: this.network.fetch, host: this.client.host, accountId: this.#personId });
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

  async #react(): Promise<void> {
    const any = this.#pick(this.timeline.items);
    if (any === undefined) return;
    const emoji = this.#pick(EMOJI) ?? "👍";
    const isThere = any.reactions.some((reaction) => reaction.emoji === emoji && reaction.isMine);
    await this.#mutate(isThere ? "reaction.remove" : "reaction.add", { messageId: any.message.id, emoji });
  }

  async #draft(body: string): Promise<void> {
    const scope = personScope(this.#personId);
    await this.#mutate("draft.set", { body }, scope);
    const at = this.#pick(this.timeline.items)?.message.sentAt;
    await this.#mutate("readMarker.set", { readAt: at ?? toIsoTime(0) }, scope);
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#random() * from.length)];
  }
}

/** Two clients, a bad line and sudden deaths; throws unless both end with what the server has, nothing lost or doubled. */
export async function runSeed(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const workplace = await Workplace.create({ heartbeatMs: 15_000 });
  await workplace.loadMessages(Math.floor(random() * 40));
  const actors = [workplace.ada, workplace.ben].map((person) => new Actor(workplace, person, random));
  try {
    for (let step = 0; step < STEPS; step++) {
      const actor = actors[Math.floor(random() * actors.length)];
      await actor?.step(`seed ${seed} step ${step}`);
    }
    const refused = new Set<string>();
    for (const actor of actors) for (const id of await actor.settle()) refused.add(id);
    const truth = await serverTimeline(workplace);
    for (const actor of actors) {
      await converged(actor, truth, `seed ${seed}: not converged`);
      const [bug] = actor.client.bugs;
      if (bug !== undefined) throw new Error(`seed ${seed}: bug`, { cause: bug });
    }
    await nothingLost(workplace, actors, { seed, refused });
    // What converged must be on disk, too.
    for (const actor of actors) {
      await actor.restart(false);
      actor.network.isDown = true;
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

type Shown = [id: string, body: string, version: number, isDeleted: boolean, reactions: [string, number][]];

function shown(view: LiveView<"timeline">): Shown[] {
  return view.items.map(({ message, reactions, pending }) => [
    message.id,
    pending === null ? message.body : "(pending)",
    message.version,
    message.deletedAt !== undefined,
    reactions.map((each): [string, number] => [each.emoji, each.count]).toSorted(byText),
  ]);
}

async function serverTimeline(workplace: Workplace): Promise<string> {
  const messages = (await workplace.store.list(workplace.scope, "message")).filter(
    ({ op, data }) => op === "put" && data["threadId"] === undefined,
  );
  const reactions = (await workplace.store.list(workplace.scope, "reaction")).filter(
    ({ op }) => op === "put",
  );
  const rows = messages
    .toSorted((a, b) =>
      `${String(a.data["sentAt"])}~${a.id}` < `${String(b.data["sentAt"])}~${b.id}` ? -1 : 1,
    )
    .map(({ id, data }): Shown => {
      const counts = Map.groupBy(
        reactions.filter((each) => each.data["messageId"] === id),
        (each) => String(each.data["emoji"]),
      );
      const summary = [...counts].map(([emoji, each]): [string, number] => [emoji, each.length]);
      const isDeleted = data["deletedAt"] !== undefined;
      return [id, String(data["body"]), Number(data["version"]), isDeleted, summary.toSorted(byText)];
    });
  return JSON.stringify(rows);
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
    if (!known.has(id)) throw new Error(`seed ${seed}: lost ${body}`);
  }
  for (const { id, body } of actors.flatMap((actor) => actor.replied)) {
    if (!known.has(id) && !refused.has(id)) throw new Error(`seed ${seed}: lost reply ${body}`);
  }
}

function byText(a: [string, number], b: [string, number]): number {
  return a[0] < b[0] ? -1 : 1;
}
