import { describe, expect, test } from "vitest";
import { isWaiting } from "#contract/inbox.ts";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import { createId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Store } from "../store/store.ts";
import { InboxModel, type ModelMessage, type ModelPlace, type ModelWishes } from "./inbox-model.ts";
import { direct, group, spaceOf, type TestPlace } from "./places.ts";
import { randomOf, type Random } from "./random.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

interface FuzzPlace extends ModelPlace, Pick<TestPlace, "scope"> {
  id: TestPlace["id"];
}

/** Random deeds of several people: after each, everyone's inbox is what a simple model says. */
export function describeInboxFuzz(
  name: string,
  open: () => Promise<Store>,
  { seeds, steps }: { seeds: number; steps: number },
): void {
  describe(`${name}: inbox fuzz`, () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      test(`every inbox is what it should be after each of ${steps} deeds, seed ${seed}`, async () => {
        const workplace = await TestWorkplace.open(await open());
        const run = await Run.prepare(workplace, randomOf(seed));
        for (let step = 1; step <= steps; step += 1) {
          workplace.nowMs += 1000;
          const deed = await run.step();
          const where = `seed ${seed}, step ${step}: ${deed}`;
          for (const person of run.people) {
            const { found, expected } = await run.compare(person);
            expect({ where, found }).toEqual({ where, found: expected });
          }
        }
        // A run in which nothing ever waited would show nothing.
        expect(run.mostWaiting).toBeGreaterThan(5);
        await workplace.app.close();
        await workplace.store.close();
      });
    }
  });
}

class Run {
  readonly people: readonly TestPerson[];
  mostWaiting = 0;
  readonly #workplace: TestWorkplace;
  readonly #random: Random;
  readonly #places: readonly FuzzPlace[];
  readonly #model: InboxModel;

  private constructor(
    workplace: TestWorkplace,
    random: Random,
    people: readonly TestPerson[],
    places: readonly FuzzPlace[],
    model: InboxModel,
  ) {
    this.#workplace = workplace;
    this.#random = random;
    this.people = people;
    this.#places = places;
    this.#model = model;
  }

  static async prepare(workplace: TestWorkplace, random: Random): Promise<Run> {
    const people = await Promise.all(["Ada", "Bo", "Cy", "Dee"].map((each) => workplace.person(each)));
    const [ada, bo, cy, dee] = people;
    if (ada === undefined || bo === undefined || cy === undefined || dee === undefined) {
      throw new Error("nobody");
    }
    const { channel, wall } = await spaceOf(ada, [bo, cy, dee]);
    const all = people.map((person) => person.id);
    const pair = await direct(ada, bo);
    const three = await group(ada, [bo, cy]);
    const places: FuzzPlace[] = [
      { ...channel, kind: "channel", people: all },
      { ...wall, kind: "wall", people: all },
      { id: pair.id, scope: pair.scope, kind: "direct", people: [ada.id, bo.id] },
      { ...three, kind: "group", people: [ada.id, bo.id, cy.id] },
    ];
    const wishes = new Map(people.map((person) => [person.id as string, randomWishes(random, places)]));
    const model = new InboxModel(places, wishes);
    const run = new Run(workplace, random, people, places, model);
    for (const person of people) await run.#choose(person, wishes.get(person.id));
    return run;
  }

  async #choose(person: TestPerson, wishes: ModelWishes | undefined): Promise<void> {
    if (wishes === undefined) return;
    const own = personScope(person.id);
    for (const id of wishes.all) await person.does("placeSetting.set", own, { id, notify: "all" });
    for (const id of wishes.none) await person.does("placeSetting.set", own, { id, notify: "none" });
    for (const id of wishes.muted) await person.does("placeSetting.set", own, { id, isMuted: true });
    const notices = Object.fromEntries(wishes.refusedKinds.map((kind) => [kind, "none"]));
    await person.does("preferences.set", own, { notices });
    // What came of the preparation.
    const ids = (await this.#items(person)).map((item) => item.id);
    if (ids.length > 0) await person.does("notification.set", own, { ids, isDone: true });
  }

  async compare(person: TestPerson): Promise<{ found: string[]; expected: string[] }> {
    const now = toIsoTime(this.#workplace.nowMs);
    const found = (await this.#items(person))
      .filter((item) => isWaiting(item, now))
      .map((item) => `${item.kind} ${item.messageId}`)
      .toSorted((a, b) => (a < b ? -1 : 1));
    this.mostWaiting = Math.max(this.mostWaiting, found.length);
    return { found, expected: this.#model.waiting(person.id, now) };
  }

  async #items(person: TestPerson): Promise<Notification[]> {
    const rows = await this.#workplace.store.list(personScope(person.id), "notification");
    return rows.map((row) => notificationSchema.parse(row.data));
  }

  #pick<T>(list: readonly T[]): T {
    const picked = list[this.#random(list.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  /** One deed, in words. */
  async step(): Promise<string> {
    const place = this.#pick(this.#places);
    const person = this.#pick(this.people.filter((each) => place.people.includes(each.id)));
    const here = this.#model.messages.filter((message) => message.place === place.id);
    const chance = this.#random(100);
    if (here.length === 0 || chance < 42) return this.#send(person, place, here);
    if (chance < 60) return this.#read(person, place, this.#pick(here));
    if (chance < 70) return this.#react(person, place, this.#pick(here));
    if (chance < 80) return this.#delete(place, this.#pick(here));
    return this.#mark(person);
  }

  async #send(person: TestPerson, place: FuzzPlace, here: readonly ModelMessage[]): Promise<string> {
    const roots = here.filter((message) => message.thread === undefined);
    const thread = roots.length > 0 && this.#random(2) === 0 ? this.#pick(roots).id : undefined;
    const names = this.people.filter(() => this.#random(6) === 0).map((each) => each.id as string);
    const isToAll = this.#random(12) === 0;
    const mentions = [
      ...names.map((personId) => ({ kind: "person", personId })),
      ...(isToAll ? [{ kind: "everyone" }] : []),
    ];
    const isPost = place.kind === "wall" && thread === undefined;
    const sent = await person.sends(place.scope, place.id, "x", {
      mentions,
      ...(thread === undefined ? {} : { threadId: thread }),
      ...(isPost ? { post: { kind: "post" } } : {}),
    });
    const sentAt = String(sent.data["sentAt"]);
    const author = person.id;
    const message = {
      id: sent.id,
      author,
      place: place.id,
      thread,
      sentAt,
      names,
      isToAll,
      isDeleted: false,
    };
    this.#model.sent(message);
    return `${author} sends ${sent.id} in ${place.kind}${thread === undefined ? "" : ` thread ${thread}`}`;
  }

  async #read(person: TestPerson, place: FuzzPlace, upTo: ModelMessage): Promise<string> {
    const own = personScope(person.id);
    const { thread, sentAt: readAt } = upTo;
    if (thread === undefined) {
      await person.does("readMarker.set", own, { conversationId: place.id, readAt });
    } else {
      const at = { scope: place.scope, conversationId: place.id, threadId: thread };
      await person.does("follow.set", own, { ...at, readAt });
    }
    this.#model.read(person.id, { place: place.id, thread }, readAt);
    return `${person.id} reads ${place.kind} ${thread ?? ""} up to ${upTo.id}`;
  }

  async #react(person: TestPerson, place: FuzzPlace, message: ModelMessage): Promise<string> {
    if (message.isDeleted) return "nothing";
    const args = { conversationId: place.id, messageId: message.id, emoji: `e${createId()}` };
    await person.does("reaction.add", place.scope, args);
    this.#model.reacted(person.id, message);
    return `${person.id} reacts to ${message.id}`;
  }

  async #delete(place: FuzzPlace, message: ModelMessage): Promise<string> {
    const author = this.people.find((person) => person.id === message.author);
    await author?.does("message.delete", place.scope, { id: message.id, conversationId: place.id });
    if (!message.isDeleted) this.#model.deleted(message);
    return `${message.id} is deleted`;
  }

  /** Done, not done after all, put off, woken. */
  async #mark(person: TestPerson): Promise<string> {
    const items = (await this.#items(person)).filter((item) => item.messageId !== undefined);
    if (items.length === 0) return "nothing";
    const item = this.#pick(items);
    const heap = this.#model.find(person.id, item.kind, item.messageId ?? "");
    if (heap === undefined) throw new Error(`the model knows nothing of ${item.kind} ${item.messageId}`);
    const until = toIsoTime(this.#workplace.nowMs + 1000 * (1 + this.#random(20)));
    const deed = this.#pick([
      { isDone: true },
      { isDone: false },
      { snoozedUntil: until },
      { snoozedUntil: null },
    ]);
    await person.does("notification.set", personScope(person.id), { ids: [item.id], ...deed });
    if (deed.isDone !== undefined) heap.isDone = deed.isDone;
    if (deed.snoozedUntil !== undefined) heap.snoozedUntil = deed.snoozedUntil ?? "";
    return `${person.id} marks ${item.kind} ${item.messageId} ${JSON.stringify(deed)}`;
  }
}

/** At most one wish a place. */
function randomWishes(random: Random, places: readonly FuzzPlace[]): ModelWishes {
  const wishes: ModelWishes = { all: [], none: [], muted: [], refusedKinds: [] };
  for (const { id } of places) {
    const chance = random(10);
    if (chance < 3) wishes.all.push(id);
    else if (chance === 3) wishes.none.push(id);
    else if (chance === 4) wishes.muted.push(id);
  }
  if (random(4) === 0)
    wishes.refusedKinds.push(["direct", "reply", "comment", "mention"][random(4)] ?? "reply");
  return wishes;
}
