import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { RowWrite, Store } from "../store/store.ts";
import { openDesks } from "./desks.ts";

export interface LoadOptions {
  /** Rows a transaction; each is all or nothing. */
  batch?: number;
  /** Called after each transaction with the rows read so far. */
  onProgress?: (loaded: number) => void;
}

/**
 * Writes many rows past the mutations: a demonstration, an import. Nothing is checked but the shape, so each row must
 * fit its collection's schema and stand in the scope where the contract puts it. A message keeps the `sentAt` given. A
 * row that already stands exactly so is left alone: loading twice changes nothing. Write a message before the reactions
 * on it. A space stands in several rows: `spaceRows`. Returns the number of rows read.
 */
export async function loadRows(
  store: Store,
  rows: AsyncIterable<RowWrite> | Iterable<RowWrite>,
  options: LoadOptions = {},
): Promise<number> {
  const batchSize = options.batch ?? 2000;
  let batch: RowWrite[] = [];
  let loaded = 0;
  const flush = async () => {
    const full = batch;
    batch = [];
    await store.transaction(async (tx) => {
      await tx.load(full);
      await openDesks(tx, full);
    });
    loaded += full.length;
    options.onProgress?.(loaded);
  };
  for await (const row of rows) {
    batch.push(row);
    if (batch.length >= batchSize) await flush();
  }
  if (batch.length > 0) await flush();
  return loaded;
}

/** Lets people read a space or conversation. The directory and one's own area need no such entry. */
export async function addReaders(store: Store, scope: Scope, personIds: readonly PersonId[]): Promise<void> {
  await store.transaction((tx) => tx.addReaders(scope, personIds));
}

export interface NewAccount {
  personId: PersonId;
  username: string;
  email?: string;
  /** From `hashPassword`; without it the account signs in through OpenID Connect only. */
  passwordHash?: string;
}

/** Makes accounts, or replaces the name, address and password of those that exist; an OpenID subject is kept. */
export async function createAccounts(store: Store, accounts: readonly NewAccount[]): Promise<void> {
  const records = await Promise.all(
    accounts.map(async (account) => {
      const existing = await store.accounts.byPerson(account.personId);
      return {
        personId: account.personId,
        username: account.username.toLowerCase(),
        email: account.email?.toLowerCase(),
        passwordHash: account.passwordHash ?? existing?.passwordHash,
        issuer: existing?.issuer,
        subject: existing?.subject,
        isDisabled: existing?.isDisabled ?? false,
      };
    }),
  );
  await store.accounts.save(records);
}
