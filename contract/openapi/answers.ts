import { problemStatus, type ProblemKind } from "../problem.ts";
import { reference, type JsonObject } from "./components.ts";

export const json = (name: string, description: string): JsonObject => ({
  description,
  content: { "application/json": { schema: reference(name) } },
});

export const body = (name: string): JsonObject => ({
  required: true,
  content: { "application/json": { schema: reference(name) } },
});

/** Problem answers by kind; several kinds may share a status. */
export function problems(...kinds: ProblemKind[]): JsonObject {
  const byStatus = Map.groupBy(
    [...kinds, "rateLimited", "serverFault", "unavailable"] as const,
    (kind) => problemStatus[kind],
  );
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      String(status),
      {
        description: `Problem of kind ${same.map((kind) => `\`${kind}\``).join(" or ")} (RFC 9457).`,
        content: { "application/problem+json": { schema: reference("Problem") } },
      },
    ]),
  );
}
