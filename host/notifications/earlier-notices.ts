import type { AccountId } from "#contract/account.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { NoticeContexts } from "./notice-context.ts";
import type { Notifier } from "./notifier.ts";

/** What an earlier run has shown of this account, as far as the system still lets it be taken back. */
export class EarlierNotices {
  readonly #accountId: AccountId;
  readonly #contexts: NoticeContexts;
  readonly #notifier: Notifier;
  readonly #settled = new Set<string>();

  constructor(
    accountId: AccountId,
    { contexts, notifier }: { contexts: NoticeContexts; notifier: Notifier },
  ) {
    this.#accountId = accountId;
    this.#contexts = contexts;
    this.#notifier = notifier;
  }

  /** Takes back what was read while Parvis did not run. `waitingIn`: the item that still waits for the person. */
  async sweep(
    read: (take: (row: Envelope) => boolean) => Promise<void>,
    waitingIn: (row: Envelope) => string | undefined,
  ): Promise<void> {
    if ((await this.#ids()).length === 0 || !this.#contexts.beginSweep(this.#accountId)) return;
    const waiting = new Set<string>();
    await read((row) => {
      const id = row.collection === "notification" ? waitingIn(row) : undefined;
      if (id !== undefined) waiting.add(id);
      return true;
    });
    for (const id of await this.#ids()) if (!waiting.has(id)) this.#settled.add(id);
    await this.#close();
  }

  /** It is shown anew. */
  revive(id: string): void {
    this.#settled.delete(id);
  }

  /** It was read elsewhere just now. */
  async settle(id: string): Promise<void> {
    if (!(await this.#ids()).includes(id)) return;
    this.#settled.add(id);
    await this.#close();
  }

  async #ids(): Promise<string[]> {
    if (this.#notifier.closesEarlier !== true) return [];
    return (await this.#own()).flatMap(({ itemIds }) => itemIds);
  }

  async #own() {
    return (await this.#contexts.all()).filter(({ accountId }) => accountId === this.#accountId);
  }

  async #close(): Promise<void> {
    for (const { itemIds, tag } of await this.#own()) {
      if (itemIds.every((id) => this.#settled.has(id))) this.#notifier.close?.(tag);
    }
  }
}
