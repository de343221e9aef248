import { z } from "zod";
import { AppError, problemSchema, type Problem } from "./problem.ts";

/** What crosses a boundary (bridge, worker): a value or a problem, never a thrown error. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Problem };

export function resultSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: problemSchema }),
  ]);
}

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed<T = never>(error: Problem): Result<T> {
  return { ok: false, error };
}

/** Runs one call at a boundary: an AppError becomes its Problem, anything else is a bug and stays thrown. */
export async function asResult<T>(run: () => T | Promise<T>): Promise<Result<T>> {
  try {
    return ok(await run());
  } catch (error) {
    if (error instanceof AppError) return failed(error.problem);
    throw error;
  }
}
