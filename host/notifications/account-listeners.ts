import type { AccountId } from "#contract/bridge.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { AccountListener } from "./account-listener.ts";
import { BackendReader } from "./backend-reader.ts";

/** What somebody wants to be told by an account's connection. */
export interface ListenerPart {
  /** As in AccountListener. */
  onChange: (row: Envelope, isNew: boolean) => void;
  /** Told at once how it stands, and with each change. */
  onState?: (isConnected: boolean) => void;
}

export interface AccountListenersOptions {
  gateway: Gateway;
  random: () => number;
  onError: (error: unknown) => void;
}

interface Shared {
  listener: AccountListener;
  parts: Set<ListenerPart>;
  isConnected: boolean;
}

/** One light connection an account, whoever listens: it begins with the first part and ends with the last. */
export class AccountListeners {
  readonly #options: AccountListenersOptions;
  readonly #shared = new Map<string, Shared>();

  constructor(options: AccountListenersOptions) {
    this.#options = options;
  }

  /** Returns its dispose. */
  join(accountId: AccountId, personId: PersonId, part: ListenerPart): () => void {
    const key = `${accountId} ${personId}`;
    const shared = this.#shared.get(key) ?? this.#begin(accountId, personId, key);
    shared.parts.add(part);
    part.onState?.(shared.isConnected);
    return () => {
      shared.parts.delete(part);
      if (shared.parts.size > 0 || this.#shared.get(key) !== shared) return;
      this.#shared.delete(key);
      shared.listener.stop();
    };
  }

  /** Every connection is made anew at once. */
  reconnect(): void {
    for (const { listener } of this.#shared.values()) listener.reconnect();
  }

  #begin(accountId: AccountId, personId: PersonId, key: string): Shared {
    const { gateway, random, onError } = this.#options;
    const parts = new Set<ListenerPart>();
    const listener = new AccountListener({
      reader: new BackendReader(gateway, accountId),
      scope: personScope(personId),
      random,
      onError,
      onChange: (row, isNew) => {
        for (const part of parts) part.onChange(row, isNew);
      },
      onState: (isConnected) => {
        shared.isConnected = isConnected;
        for (const part of parts) part.onState?.(isConnected);
      },
    });
    const shared: Shared = { listener, parts, isConnected: false };
    this.#shared.set(key, shared);
    listener.start();
    return shared;
  }
}
