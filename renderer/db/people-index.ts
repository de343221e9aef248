import { DIRECTORY } from "#contract/scope.ts";
import type { BlockStore } from "./block-store.ts";
import { text, type Changes, type Entry } from "./entry.ts";
import { fold } from "./fold.ts";
import { kindOf, smallStream } from "./streams.ts";

interface Indexed {
  id: string;
  /** What the list is sorted by. */
  name: string;
  /** Words of name, job and service, each after a space. */
  words: string;
}

const DIRECTORY_STREAM = smallStream(DIRECTORY, "person");
const SEPARATORS = /[\s,;.()/'’-]+/g;

/**
 * The searchable words of everyone known here, in memory: 15,000 people are searched in a few milliseconds. People stand
 * in the directory; in spaces and conversations that a guest reads there are copies, and a guest has these alone.
 */
export class PeopleIndex {
  readonly #store: BlockStore;
  readonly #people = new Map<string, Indexed>();
  #sorted: Indexed[] | undefined;
  #stale: Set<string> | "all" = "all";

  constructor(store: BlockStore) {
    this.#store = store;
  }

  note(changes: Changes): void {
    for (const [stream, keys] of changes) {
      if (this.#stale === "all") return;
      if (kindOf(stream) !== "person" || stream.startsWith("*")) continue;
      if (keys.has("")) this.#stale = "all";
      else for (const key of keys) this.#stale.add(key);
    }
  }

  clear(): void {
    this.#people.clear();
    this.#sorted = undefined;
    this.#stale = "all";
  }

  /** Ids of people that have every word of `query`, by name. Words are matched from their beginning. */
  async search(query: string, accept: (id: string) => boolean, limit: number): Promise<string[]> {
    await this.#refresh();
    const wanted = fold(query)
      .split(SEPARATORS)
      .filter((word) => word !== "")
      .map((word) => ` ${word}`);
    const found: string[] = [];
    for (const person of this.#list()) {
      if (!wanted.every((word) => person.words.includes(word)) || !accept(person.id)) continue;
      found.push(person.id);
      if (found.length === limit) break;
    }
    return found;
  }

  #list(): Indexed[] {
    this.#sorted ??= [...this.#people.values()].toSorted((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1,
    );
    return this.#sorted;
  }

  async #refresh(): Promise<void> {
    const stale = this.#stale;
    this.#stale = new Set();
    if (stale === "all") {
      this.#people.clear();
      // The directory last: what it says of a person counts.
      for (const stream of this.#streams())
        for (const entry of await this.#store.range(stream)) this.#add(entry);
    } else {
      for (const id of stale) {
        this.#people.delete(id);
        for (const stream of this.#streams()) {
          const entry = await this.#store.get(stream, id);
          if (entry !== undefined) this.#add(entry);
        }
      }
    }
    if (stale === "all" || stale.size > 0) this.#sorted = undefined;
  }

  #streams(): string[] {
    const others = this.#store.streamsOf("person").filter((stream) => stream !== DIRECTORY_STREAM);
    return [...others, DIRECTORY_STREAM];
  }

  #add({ id, data }: Entry): void {
    this.#people.delete(id);
    if (data["isDeactivated"] === true) return;
    const all = ["displayName", "givenName", "familyName", "jobTitle", "service", "email"];
    const words = fold(all.map((field) => text(data, field)).join(" ")).replace(SEPARATORS, " ");
    this.#people.set(id, { id, name: fold(text(data, "displayName")), words: ` ${words}` });
  }
}
