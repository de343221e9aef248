import { collections, type CollectionName, type Row } from "#contract/collections.ts";
import type { z } from "zod";
import type { Entry, Fields } from "./entry.ts";

type Parse<T> = (entry: Entry) => T | undefined;

/** Checks rows against their schemas when a view reads them, each once, and counts those that do not fit. */
export class RowParser {
  readonly #invalid = new Set<string>();
  readonly #onInvalid: () => void;
  readonly #parsers = new Map<CollectionName, Parse<unknown>>();

  constructor(onInvalid: () => void) {
    this.#onInvalid = onInvalid;
  }

  get invalidCount(): number {
    return this.#invalid.size;
  }

  /** The row, or undefined when it does not fit its schema: it is then not shown. */
  parse<C extends CollectionName>(collection: C, entry: Entry): Row<C> | undefined {
    let parse = this.#parsers.get(collection);
    if (parse === undefined) {
      const schema: z.ZodType = collections[collection];
      parse = this.#remember(schema);
      this.#parsers.set(collection, parse);
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parser kept under a name gives its rows
    return parse(entry) as Row<C> | undefined;
  }

  #remember<T>(schema: z.ZodType<T>): Parse<T> {
    const known = new WeakMap<Fields, { row: T | undefined }>();
    return (entry) => {
      const before = known.get(entry.data);
      if (before !== undefined) return before.row;
      const result = schema.safeParse(entry.data);
      if (!result.success) this.#refuse(entry.id);
      const row = result.success ? result.data : undefined;
      known.set(entry.data, { row });
      return row;
    };
  }

  #refuse(id: string): void {
    if (this.#invalid.has(id)) return;
    this.#invalid.add(id);
    this.#onInvalid();
  }
}
