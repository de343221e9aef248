import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { AppError, problemStatus, type Problem } from "#contract/problem.ts";
import type { Logger } from "../logger.ts";

/** RFC 9457. */
function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  const status = problem.status ?? problemStatus[problem.kind];
  const retry = problem.retryAfter === undefined ? {} : { "retry-after": String(problem.retryAfter) };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...retry,
      ...headers,
    },
  });
}

export function notFoundProblem(context: Context): Response {
  return problemResponse(
    new AppError("notFound", {
      title: "No such address",
      detail: `${context.req.method} ${context.req.path} is not part of the contract.`,
    }).problem,
  );
}

/** What was expected becomes its problem; anything else is a bug: logged in full, told in one sentence. */
export function errorResponse(error: unknown, context: Context, logger: Logger): Response {
  if (error instanceof AppError) {
    const authenticate =
      error.kind === "signInRequired" ? { "www-authenticate": 'Bearer realm="parvis"' } : undefined;
    return problemResponse(error.problem, authenticate);
  }
  if (error instanceof HTTPException && error.status < 500) {
    return problemResponse(new AppError("badRequest", { title: error.message, cause: error }).problem);
  }
  logger.error("request failed", {
    method: context.req.method,
    path: context.req.path,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return problemResponse(
    new AppError("serverFault", {
      title: "The server failed to answer",
      detail: "This is a fault of the server, not of the request. It was written to the server's log.",
    }).problem,
  );
}
