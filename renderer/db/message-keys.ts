import type { MessageId } from "#contract/ids.ts";
import type { BlockStore } from "./block-store.ts";
import type { Entry } from "./entry.ts";

const STEP = 500;
const REMEMBERED = 20_000;

/** Finds a message by its id alone. Streams are sorted by time, so what was shown once is remembered. */
export class MessageKeys {
  readonly #store: BlockStore;
  readonly #keys = new Map<string, string>();

  constructor(store: BlockStore) {
    this.#store = store;
  }

  note(entries: readonly Entry[]): void {
    for (const entry of entries) this.#keys.set(entry.id, entry.key);
    if (this.#keys.size <= REMEMBERED) return;
    for (const id of this.#keys.keys()) {
      this.#keys.delete(id);
      if (this.#keys.size <= REMEMBERED / 2) return;
    }
  }

  /** The message's key in the stream; a message never shown is looked for from the newest on. */
  async find(stream: string, id: MessageId): Promise<string | undefined> {
    const known = this.#keys.get(id);
    if (known !== undefined && (await this.#store.get(stream, known)) !== undefined) return known;
    let upper = "\uffff";
    for (;;) {
      const entries = await this.#store.range(stream, { upper, limit: STEP, isReverse: true });
      const found = entries.find((entry) => entry.id === id);
      if (found !== undefined) {
        this.note([found]);
        return found.key;
      }
      if (entries.length < STEP) return undefined;
      upper = entries.at(-1)?.key ?? "";
    }
  }
}
