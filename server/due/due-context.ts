import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { MutationContext } from "../mutations/context.ts";
import type { RowKey } from "../store/store.ts";

/** What a handler works with: the context of a mutation, without a person behind it. */
export interface DueContext extends Omit<MutationContext, "personId" | "scope"> {
  key: RowKey;
  /** The row as it stands; undefined when a mark was left without one. */
  row: Envelope | undefined;
  dueAtMs: number;
}

/**
 * Does what is due, in one transaction under the row's scope's lock. The mark has been taken off before: a handler that is
 * not done sets it again (`tx.setDue`). What it throws undoes everything, and it is tried again later.
 */
export type DueHandler = (context: DueContext) => Promise<void>;

/** To act in somebody's name through the functions that mutations use. */
export function contextOf(due: DueContext, personId: PersonId, scope: Scope): MutationContext {
  const { key: _key, row: _row, dueAtMs: _dueAtMs, ...shared } = due;
  return { ...shared, personId, scope };
}
