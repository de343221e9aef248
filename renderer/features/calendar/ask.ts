import type { z } from "zod";
import { problemSchema, type Problem } from "#contract/problem.ts";
import { failed, ok, type Result } from "#contract/result.ts";

/** What is no row is asked of the workplace itself, while it can be reached. */

/** @param schema null: nothing is answered */
export async function ask<T>(path: string, init: RequestInit, schema: z.ZodType<T>): Promise<Result<T>>;
export async function ask(path: string, init: RequestInit, schema: null): Promise<Result<null>>;
export async function ask<T>(
  path: string,
  init: RequestInit,
  schema: z.ZodType<T> | null,
): Promise<Result<T | null>> {
  try {
    const response = await fetch(path, init);
    if (response.ok && schema === null) return ok(null);
    const body: unknown = await response.json();
    if (response.ok && schema !== null) return ok(schema.parse(body));
    const told = problemSchema.safeParse(body);
    return failed(told.success ? told.data : unreachable(`status ${response.status}`));
  } catch (error) {
    return failed(unreachable(String(error)));
  }
}

function unreachable(detail: string): Problem {
  return { type: "about:blank", kind: "unavailable", title: "The workplace did not answer", detail };
}
