import type { Notification } from "#contract/entities/notification.ts";

export interface Group {
  /** Messages, not rows: a direct conversation has one row for all of them. */
  count: number;
  itemIds: Notification["id"][];
  isMixed: boolean;
}

/** What each notice on the screen stands for, until it is seen or read elsewhere. */
export class NoticeGroups {
  readonly #byTag = new Map<string, Map<string, Notification>>();

  add(tag: string, key: string, item: Notification): void {
    const items = this.#byTag.get(tag) ?? new Map<string, Notification>();
    // The newest is the last.
    items.delete(key);
    items.set(key, item);
    this.#byTag.set(tag, items);
  }

  get(tag: string): Group {
    const items = [...(this.#byTag.get(tag)?.values() ?? [])];
    const itemIds = items.map(({ id }) => id);
    return {
      count: items.length,
      itemIds: itemIds.filter((id, index) => itemIds.lastIndexOf(id) === index),
      isMixed: new Set(items.map(({ actorId }) => actorId)).size > 1,
    };
  }

  get tags(): string[] {
    return [...this.#byTag.keys()];
  }

  has(id: string): boolean {
    return [...this.#byTag.values()].some((items) => [...items.values()].some((item) => item.id === id));
  }

  /** Read elsewhere; returns the tags of which nothing is left. */
  settle(id: string): string[] {
    return this.tags.filter((tag) => {
      const items = this.#byTag.get(tag);
      if (items === undefined) return false;
      const before = items.size;
      for (const [key, item] of items) if (item.id === id) items.delete(key);
      if (items.size > 0 || items.size === before) return false;
      return this.#byTag.delete(tag);
    });
  }

  /** Moves everything that comes from several messages' places into one, and returns the tags it stood under. */
  fold(into: string, isFolded: (item: Notification) => boolean): string[] {
    const folded: string[] = [];
    for (const [tag, items] of this.#byTag) {
      if (tag === into || ![...items.values()].every((item) => isFolded(item))) continue;
      folded.push(tag);
      this.#byTag.delete(tag);
      for (const [key, item] of items) this.add(into, key, item);
    }
    return folded;
  }

  clear(): void {
    this.#byTag.clear();
  }
}
