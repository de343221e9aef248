import { problemStatus, type Problem } from "#contract/problem.ts";
import { secure } from "./headers.ts";

/** RFC 9457. */
export function problemResponse(problem: Problem): Response {
  const headers = secure(new Headers({ "content-type": "application/problem+json" }));
  if (problem.retryAfter !== undefined) headers.set("retry-after", String(Math.ceil(problem.retryAfter)));
  return new Response(JSON.stringify(problem), {
    status: problem.status ?? problemStatus[problem.kind],
    headers,
  });
}
