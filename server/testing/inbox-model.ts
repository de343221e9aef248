/**
 * What should wait in whose inbox, worked out from the deeds alone and in the simplest way: every message that waits is
 * kept by person and heap. Nothing here is shared with the server.
 */
export interface ModelMessage {
  id: string;
  author: string;
  place: string;
  thread: string | undefined;
  sentAt: string;
  /** Named in person. */
  names: string[];
  isToAll: boolean;
  isDeleted: boolean;
}

export interface ModelPlace {
  id: string;
  kind: "channel" | "wall" | "direct" | "group";
  people: string[];
}

export interface Heap {
  kind: "mention" | "direct" | "reply" | "comment";
  wants: "answer" | "know";
  place: string;
  thread: string | undefined;
  /** Messages it stands for, oldest first. */
  messages: ModelMessage[];
  isDone: boolean;
  snoozedUntil: string;
}

/** What a person chose, for the whole run. */
export interface ModelWishes {
  /** By place. */
  all: string[];
  none: string[];
  muted: string[];
  refusedKinds: string[];
}

export class InboxModel {
  readonly messages: ModelMessage[] = [];
  readonly #places: ReadonlyMap<string, ModelPlace>;
  readonly #wishes: ReadonlyMap<string, ModelWishes>;
  readonly #heaps = new Map<string, Map<string, Heap>>();
  readonly #followers = new Map<string, Set<string>>();

  constructor(places: readonly ModelPlace[], wishes: ReadonlyMap<string, ModelWishes>) {
    this.#places = new Map(places.map((place) => [place.id, place]));
    this.#wishes = wishes;
    for (const person of wishes.keys()) this.#heaps.set(person, new Map());
  }

  sent(message: ModelMessage): void {
    const place = this.#place(message.place);
    this.#settle(message.author, message, { readAt: message.sentAt, isAnswer: true });
    if (message.thread !== undefined) this.#follow(message, message.thread, place);
    this.messages.push(message);
    for (const person of place.people) {
      if (person !== message.author) this.#tell(person, message, place);
    }
  }

  read(person: string, where: { place: string; thread: string | undefined }, readAt: string): void {
    this.#settle(person, where, { readAt, isAnswer: false });
  }

  reacted(person: string, message: ModelMessage): void {
    this.#settle(person, message, { readAt: "", isAnswer: true });
  }

  deleted(message: ModelMessage): void {
    message.isDeleted = true;
    for (const heaps of this.#heaps.values()) {
      for (const [name, heap] of heaps) {
        const isNewest = heap.messages.at(-1) === message;
        heap.messages = heap.messages.filter((each) => each !== message);
        if (heap.messages.length === 0 || (heap.isDone && isNewest)) heaps.delete(name);
      }
    }
  }

  /** By kind and message named, as in the rows. */
  find(person: string, kind: string, messageId: string): Heap | undefined {
    const heaps = this.#heapsOf(person).values();
    return [...heaps].find((heap) => heap.kind === kind && heap.messages.at(-1)?.id === messageId);
  }

  waiting(person: string, now: string): string[] {
    return [...this.#heapsOf(person).values()]
      .filter((heap) => !heap.isDone && heap.snoozedUntil <= now)
      .map((heap) => `${heap.kind} ${heap.messages.at(-1)?.id}`)
      .toSorted((a, b) => (a < b ? -1 : 1));
  }

  #tell(person: string, message: ModelMessage, place: ModelPlace): void {
    const reason = this.#reason(person, message, place);
    if (reason === undefined) return;
    const [kind, wants] = reason;
    const name = kind === "mention" ? `mention ${message.id}` : `${kind} ${message.thread ?? message.place}`;
    const heaps = this.#heapsOf(person);
    const before = heaps.get(name);
    const kept = before === undefined || before.isDone ? [] : before.messages;
    const messages = [...kept, message];
    const { place: at, thread } = message;
    heaps.set(name, { kind, wants, place: at, thread, messages, isDone: false, snoozedUntil: "" });
  }

  #reason(
    person: string,
    message: ModelMessage,
    place: ModelPlace,
  ): [Heap["kind"], Heap["wants"]] | undefined {
    const wishes = this.#wishesOf(person);
    if (wishes.none.includes(place.id)) return undefined;
    const isMuted = wishes.muted.includes(place.id);
    const takes = (kind: Heap["kind"]) => !wishes.refusedKinds.includes(kind);
    if (message.names.includes(person) && takes("mention")) return ["mention", "answer"];
    if (isMuted) return undefined;
    if (message.isToAll && takes("mention")) return ["mention", "know"];
    const isPrivate = place.kind === "direct" || place.kind === "group";
    if (isPrivate && takes("direct")) return ["direct", "answer"];
    const kind = place.kind === "wall" ? "comment" : "reply";
    const follows = message.thread !== undefined && this.#followers.get(message.thread)?.has(person) === true;
    const wantsAll = !isPrivate && wishes.all.includes(place.id);
    return (follows || wantsAll) && takes(kind) ? [kind, "know"] : undefined;
  }

  #follow(reply: ModelMessage, thread: string, place: ModelPlace): void {
    const root = this.messages.find((message) => message.id === thread);
    if (root === undefined) throw new Error("a reply to nothing");
    const isFirst = !this.#followers.has(thread);
    const followers = this.#followers.get(thread) ?? new Set<string>();
    const named = isFirst && !root.isDeleted ? root.names : [];
    for (const person of [root.author, reply.author, ...named, ...reply.names]) {
      if (place.people.includes(person)) followers.add(person);
    }
    this.#followers.set(thread, followers);
  }

  #settle(
    person: string,
    where: { place: string; thread: string | undefined },
    { readAt, isAnswer }: { readAt: string; isAnswer: boolean },
  ): void {
    for (const heap of this.#heapsOf(person).values()) {
      const newest = heap.messages.at(-1);
      if (newest === undefined || heap.isDone || heap.place !== where.place) continue;
      if (heap.thread !== where.thread && newest.id !== where.thread) continue;
      const isRead = newest.sentAt <= readAt && (heap.wants === "know" || heap.kind === "direct");
      if (isRead || (isAnswer && heap.wants === "answer")) heap.isDone = true;
    }
  }

  #heapsOf(person: string): Map<string, Heap> {
    const heaps = this.#heaps.get(person);
    if (heaps === undefined) throw new Error(`nobody is called ${person}`);
    return heaps;
  }

  #wishesOf(person: string): ModelWishes {
    const wishes = this.#wishes.get(person);
    if (wishes === undefined) throw new Error(`nobody is called ${person}`);
    return wishes;
  }

  #place(id: string): ModelPlace {
    const place = this.#places.get(id);
    if (place === undefined) throw new Error(`there is no place ${id}`);
    return place;
  }
}
