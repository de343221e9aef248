import type { HostEvent } from "#contract/bridge.ts";

export type HostEventListener = (event: HostEvent) => void;

/** Carries what the host tells its pages to whoever listens: one window, several tabs, or nobody. */
export class HostEvents {
  readonly #listeners = new Set<HostEventListener>();

  /** How many pages are connected. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  emit(event: HostEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Returns its dispose. */
  subscribe(listener: HostEventListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
