import { badRequest } from "#contract/problem.ts";
import type { z } from "zod";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";

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
