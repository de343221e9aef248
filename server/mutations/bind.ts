import type { z } from "zod";
import { badRequest } from "#contract/problem.ts";
import type { HandlerResult, MutationContext } from "./context.ts";

export type BoundHandler = (context: MutationContext, args: unknown) => Promise<HandlerResult>;

/** A handler that gets its arguments once they fit. @throws AppError badRequest */
export function bind<S extends z.ZodType>(
  schema: S,
  handler: (context: MutationContext, args: z.output<S>) => Promise<HandlerResult>,
): BoundHandler {
  return async (context, args) => {
    const parsed = schema.safeParse(args);
    if (!parsed.success) throw badRequest(parsed.error, "args");
    return handler(context, parsed.data);
  };
}
