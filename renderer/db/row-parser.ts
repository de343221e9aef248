import { collections, type CollectionName, type Row } from "#contract/collections.ts";
import type { z } from "zod";
import type { Entry, Fields } from "./entry.ts";

type Parsed = { [C in CollectionName]?: Row<C> | null };
type Schemas = { [C in CollectionName]: z.ZodType<Row<C>> };

const schemas: Schemas = collections;

/** Checks rows against their schemas when a view reads them, each once, and counts those that do not fit. */
export class RowParser {
  readonly #parsed = new WeakMap<Fields, Parsed>();
  readonly #invalid = new Set<string>();
  readonly #onInvalid: () => void;

  constructor(onInvalid: () => void) {
    this.#onInvalid = onInvalid;
  }

  get invalidCount(): number {
    return this.#invalid.size;
  }

  /** The row, or undefined when it does not fit its schema: it is then not shown. */
  parse<C extends CollectionName>(collection: C, entry: Entry): Row<C> | undefined {
    let parsed = this.#parsed.get(entry.data);
    if (parsed === undefined) {
      parsed = {};
      this.#parsed.set(entry.data, parsed);
    }
    const known: Parsed[C] = parsed[collection];
    if (known !== undefined) return known ?? undefined;
    const schema: z.ZodType<Row<C>> = schemas[collection];
    const result = schema.safeParse(entry.data);
    if (!result.success) this.#refuse(entry.id);
    const row: Parsed[C] = result.success ? result.data : null;
    parsed[collection] = row;
    return row ?? undefined;
  }

  #refuse(id: string): void {
    if (this.#invalid.has(id)) return;
    this.#invalid.add(id);
    this.#onInvalid();
  }
}
