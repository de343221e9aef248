import { z } from "zod";
import { collectionNames, isCollectionName } from "#contract/collections.ts";
import { envelopeSchema } from "#contract/envelope.ts";
import { problemSchema } from "#contract/problem.ts";
import { scopeSchema } from "#contract/scope.ts";
import type { StoredOutcome } from "./store.ts";

const rowKeySchema = z.object({
  scope: scopeSchema,
  collection: z.string().refine(isCollectionName, `one of ${collectionNames.join(", ")}`),
  id: z.string(),
});

const outcomeSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("applied"), rows: z.array(rowKeySchema) }),
  z.object({ status: z.literal("conflict"), current: envelopeSchema, error: problemSchema }),
  z.object({ status: z.literal("rejected"), error: problemSchema }),
]);

export function parseOutcome(text: string): StoredOutcome {
  return outcomeSchema.parse(JSON.parse(text));
}
