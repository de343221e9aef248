import type { z } from "zod";
import { isAbove, type Classification } from "#contract/classification.ts";
import type { Envelope } from "#contract/envelope.ts";
import { libraryShareSchema } from "#contract/entities/library-share.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope, type Scope, type ScopeKind } from "#contract/scope.ts";
import type { BackendReader } from "./backend-reader.ts";
import { Recent } from "./recent.ts";

const KEPT = 200;

/** Which row says how a place is marked, by the kind of its scope; others are not marked. */
const marking: Partial<
  Record<
    ScopeKind,
    { collection: string; schema: z.ZodType<{ classification?: Classification | undefined }> }
  >
> = {
  space: { collection: "space", schema: spaceSchema.pick({ classification: true }) },
  share: { collection: "libraryShare", schema: libraryShareSchema.pick({ classification: true }) },
};

/** How the spaces, and what was shared of them, are marked that notices come from. A system keeps what it shows, so the ceiling of the cache counts here, too. */
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
    const mark = marking[parseScope(row.scope).kind];
    if (row.collection !== mark?.collection || row.op !== "put") return;
    const marked = mark.schema.safeParse(row.data).data;
    if (marked !== undefined) this.#levels.set(row.scope, { level: marked.classification });
  }

  /** Whether nothing may be said of what is in there. A space that cannot be asked is taken for one that is above. */
  async isAbove(scope: Scope, ceiling: Classification | null): Promise<boolean> {
    if (ceiling === null || marking[parseScope(scope).kind] === undefined) return isAbove(undefined, ceiling);
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
      return row.collection !== marking[parseScope(scope).kind]?.collection;
    });
  }
}
