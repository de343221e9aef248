import { isAbove, type Classification } from "#contract/classification.ts";
import type { Envelope } from "#contract/envelope.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import type { BackendReader } from "./backend-reader.ts";
import { Recent } from "./recent.ts";

const KEPT = 200;

/** How the spaces are marked that notices come from. A system keeps what it shows, so the ceiling of the cache counts here, too. */
export class SpaceLevels {
  readonly #reader: BackendReader;
  readonly #signal: AbortSignal;
  readonly #levels = new Recent<Scope, { level: Classification | undefined }>(KEPT);

  constructor(reader: BackendReader, signal: AbortSignal) {
    this.#reader = reader;
    this.#signal = signal;
  }

  /** Remembers what a live change tells. */
  note(row: Envelope): void {
    if (row.collection !== "space" || row.op !== "put" || parseScope(row.scope).kind !== "space") return;
    const space = spaceSchema.safeParse(row.data).data;
    if (space !== undefined) {
      this.#levels.set(row.scope, { level: space.classification });
    }
  }

  /** Whether nothing may be said of what is in there. A space that cannot be asked is taken for one that is above. */
  async isAbove(scope: Scope, ceiling: Classification | null): Promise<boolean> {
    if (ceiling === null || parseScope(scope).kind !== "space") return isAbove(undefined, ceiling);
    try {
      if (this.#levels.get(scope) === undefined) await this.#learn(scope);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    const known = this.#levels.get(scope);
    return known === undefined || isAbove(known.level, ceiling);
  }

  async #learn(scope: Scope): Promise<void> {
    await this.#reader.rows(scope, this.#signal, (row) => {
      this.note(row);
      return row.collection !== "space";
    });
  }
}
