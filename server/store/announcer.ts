import type { StoreEvent } from "./store.ts";

export type StoreListener = (events: readonly StoreEvent[]) => void;

/** Hands the events of each commit to everyone who subscribed. */
export class Announcer {
  readonly #listeners = new Set<StoreListener>();

  subscribe(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(events: readonly StoreEvent[]): void {
    if (events.length === 0) return;
    for (const listener of this.#listeners) listener(events);
  }
}
