import type { AccountId } from "#contract/account.ts";
import { isAbove, type Classification } from "#contract/classification.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import { BackendReader } from "../../notifications/backend-reader.ts";

const PATIENCE_MS = 10_000;

/** How the spaces are marked whose libraries are to be pinned. */
export class LibraryLevels {
  readonly #gateway: Gateway;
  readonly #ceiling: () => Classification | null;

  constructor(gateway: Gateway, ceiling: () => Classification | null) {
    this.#gateway = gateway;
    this.#ceiling = ceiling;
  }

  /** Undefined: it cannot be asked at the moment. */
  async isAbove(accountId: AccountId, scope: Scope): Promise<boolean | undefined> {
    const ceiling = this.#ceiling();
    if (ceiling === null || parseScope(scope).kind !== "space") return isAbove(undefined, ceiling);
    let level: Classification | undefined;
    let isKnown = false;
    try {
      const reader = new BackendReader(this.#gateway, accountId);
      await reader.rows(scope, AbortSignal.timeout(PATIENCE_MS), (row) => {
        if (row.collection !== "space" || row.op !== "put") return true;
        const space = spaceSchema.safeParse(row.data).data;
        level = space?.classification;
        isKnown = space !== undefined;
        return false;
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    return isKnown ? isAbove(level, ceiling) : undefined;
  }
}
