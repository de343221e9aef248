import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import {
  mutationRequestSchema,
  type Mutation,
  type MutationResponse,
  type MutationResult,
} from "#contract/mutations.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import type { CallerEnv } from "../authenticate.ts";
import { MUTATION_BODY_BYTES } from "../config.ts";
import type { PersonId } from "#contract/ids.ts";
import { executeMutation, type ExecutorOptions } from "./executor.ts";

export interface MutationRouteOptions extends ExecutorOptions {
  /** Told of each command that was carried out, now or before: for what is not part of its effect. */
  onDidApply?: (personId: PersonId, mutation: Mutation) => void;
}

/** `POST /v1/mutations`, behind authentication. */
export function mutationRoutes(options: MutationRouteOptions): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  app.post("/v1/mutations", bodyLimit({ maxSize: MUTATION_BODY_BYTES, onError: refuseSize }), async (c) => {
    const request = mutationRequestSchema.safeParse(parseJson(await c.req.text()));
    if (!request.success) throw badRequest(request.error);
    const { mutations } = request.data;
    const limit = options.limits.mutationsPerRequest;
    if (mutations.length > limit) {
      throw new AppError("tooLarge", {
        title: "Too many commands in one request",
        detail: `Send at most ${limit} at once.`,
      });
    }
    const results: MutationResult[] = [];
    for (const mutation of mutations) {
      const result = await executeMutation(options, c.var.personId, mutation);
      if (result.status === "applied") options.onDidApply?.(c.var.personId, mutation);
      results.push(result);
    }
    const response: MutationResponse = { results };
    return c.json(response);
  });
  return app;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("badRequest", { title: "The body is not JSON", cause: error });
  }
}

function refuseSize(): never {
  throw new AppError("tooLarge", {
    title: "The request is too large",
    detail: `At most ${MUTATION_BODY_BYTES} bytes: send fewer commands at once.`,
  });
}
