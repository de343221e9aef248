import type { z } from "zod";
import { problemSchema, problemStatus, type Problem, type ProblemKind } from "#contract/problem.ts";

export interface FailureText {
  expected: string;
  got: string;
  /** What the author of the backend should change. */
  todo: string;
}

/** The backend is not what the contract says. */
export class Failure extends Error {
  readonly text: FailureText;

  constructor(text: FailureText) {
    super(`expected ${text.expected}, got ${text.got}`);
    this.name = "Failure";
    this.text = text;
  }
}

/** The check cannot be made here, and why. */
export class Skip extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Skip";
  }
}

export function expectThat(isTrue: boolean, text: FailureText): asserts isTrue {
  if (!isTrue) throw new Failure(text);
}

export function expectEqual(got: unknown, expected: unknown, todo: string): void {
  if (show(got) !== show(expected)) throw new Failure({ expected: show(expected), got: show(got), todo });
}

/** For what must be there by the contract. */
export function expectPresent<T>(value: T | undefined | null, expected: string, todo: string): T {
  if (value === undefined || value === null) throw new Failure({ expected, got: "nothing", todo });
  return value;
}

export function expectFit<T extends z.ZodType>(schema: T, value: unknown, name: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join(".") ?? "";
  throw new Failure({
    expected: `${name} as its schema describes it`,
    got: `${path === "" ? "" : `at ${path}: `}${issue?.message ?? "something else"} in ${show(value)}`,
    todo: `Compare your answer with ${name} in contract/ or in openapi.json.`,
  });
}

export async function expectStatus(
  response: Response,
  statuses: readonly number[],
  todo: string,
): Promise<void> {
  if (statuses.includes(response.status)) return;
  throw new Failure({
    expected: `status ${statuses.join(" or ")}`,
    got: `${response.status} ${clip(await response.text())}`,
    todo,
  });
}

/** An RFC 9457 answer of one of these kinds, whose status, media type and members agree. */
export async function expectProblem(
  response: Response,
  kinds: readonly ProblemKind[],
  todo: string,
): Promise<Problem> {
  const statuses = [...new Set(kinds.map((kind) => problemStatus[kind]))];
  await expectStatus(response, statuses, todo);
  const mediaType = response.headers.get("content-type") ?? "";
  expectThat(mediaType.startsWith("application/problem+json"), {
    expected: "Content-Type application/problem+json",
    got: mediaType,
    todo: "Serve every error as RFC 9457 problem details (contract/problem.ts).",
  });
  const problem = expectFit(problemSchema, await response.json(), "problemSchema");
  expectThat(kinds.includes(problem.kind), {
    expected: `kind ${kinds.join(" or ")}`,
    got: problem.kind,
    todo,
  });
  if (problem.status !== undefined) {
    expectEqual(problem.status, response.status, "The `status` member repeats the HTTP status.");
  }
  return problem;
}

/** Short text for messages, with object keys in a fixed order. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  return clip(
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ),
  );
}

function clip(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
