import { AppError, badRequest } from "#contract/problem.ts";
import type { z } from "zod";
import type { LiveQuery, View } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";

/** How a query is made from what a page asks. `refresh` runs it again, when its window has grown or time has passed. */
export type Recipe = (context: QueryContext, args: unknown, refresh: () => void) => LiveQuery;

/** A query that is made once its arguments fit. @throws AppError badRequest */
export function recipe<T>(
  schema: z.ZodType<T>,
  make: (context: QueryContext, args: T, refresh: () => void) => LiveQuery,
): Recipe {
  return (context, args, refresh) => {
    const parsed = schema.safeParse(args);
    if (!parsed.success) throw badRequest(parsed.error, "args");
    return make(context, parsed.data, refresh);
  };
}

/** A query whose code is read with its first use: the first screen does not wait for it. */
export function laterRecipe<N extends string>(
  load: () => Promise<Readonly<Record<N, Recipe>>>,
  name: N,
): Recipe {
  return (context, args, refresh) => new LaterQuery(async () => (await load())[name](context, args, refresh));
}

class LaterQuery implements LiveQuery {
  readonly #load: () => Promise<LiveQuery>;
  #loading: Promise<LiveQuery> | undefined;

  constructor(load: () => Promise<LiveQuery>) {
    this.#load = load;
  }

  async compute(reader: Reader): Promise<View> {
    const query = await this.#query();
    return await query.compute(reader);
  }

  async extend(direction: "older" | "newer", count: number): Promise<void> {
    const query = await this.#query();
    if (query.extend === undefined) throw new AppError("notFound", { title: "This list does not grow" });
    await query.extend(direction, count);
  }

  close(): void {
    // What failed to load was told to whoever computed.
    void this.#loading?.then((query) => query.close?.()).catch(() => undefined);
  }

  #query(): Promise<LiveQuery> {
    this.#loading ??= this.#load();
    return this.#loading;
  }
}
