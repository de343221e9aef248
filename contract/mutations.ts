import { z } from "zod";
import { calendarMutations } from "./commands/calendars.ts";
import { communityMutations } from "./commands/communities.ts";
import { libraryMutations } from "./commands/library.ts";
import { messagingMutations } from "./commands/messaging.ts";
import { personalMutations } from "./commands/personal.ts";
import { taskMutations } from "./commands/tasks.ts";
import { envelopeSchema } from "./envelope.ts";
import { mutationIdSchema } from "./ids.ts";
import { problemSchema } from "./problem.ts";
import { scopeSchema } from "./scope.ts";
import { isoTimeSchema } from "./time.ts";

/** Every command of contract v1 with the schema of its arguments. `scope` of the mutation is where its row lives. */
export const mutations = {
  ...messagingMutations,
  ...personalMutations,
  ...communityMutations,
  ...libraryMutations,
  ...taskMutations,
  ...calendarMutations,
} as const;

export type MutationName = keyof typeof mutations;
export type MutationArgs<N extends MutationName> = z.infer<(typeof mutations)[N]>;

export function isMutationName(name: string): name is MutationName {
  return Object.hasOwn(mutations, name);
}

/** A command as it travels: `args` is checked against `mutations[name]` by the one who carries it out. */
export const mutationSchema = z.looseObject({
  /** Made once by the client; the same id is carried out once, for ever. */
  id: mutationIdSchema,
  name: z.string().min(1).max(64),
  scope: scopeSchema,
  args: z.looseObject({}),
  /** When the person did it, by their clock: shown, never trusted for order. */
  madeAt: isoTimeSchema,
});
export type Mutation = z.infer<typeof mutationSchema>;

/** `POST /v1/mutations`, carried out in order. */
export const mutationRequestSchema = z.looseObject({ mutations: z.array(mutationSchema).min(1).max(500) });
export type MutationRequest = z.infer<typeof mutationRequestSchema>;

/**
 * What became of one mutation. The same id sent again gives the same status; `changes` of a repeat may be newer.
 * - `applied`: `changes` are the rows as they now stand, as far as the caller may see them
 * - `conflict`: nothing was changed; `current` is the row that stands in the way
 * - `rejected`: nothing was changed and never will be; `error` can be read by the person
 */
export const mutationResultSchema = z.discriminatedUnion("status", [
  z.looseObject({ id: mutationIdSchema, status: z.literal("applied"), changes: z.array(envelopeSchema) }),
  z.looseObject({
    id: mutationIdSchema,
    status: z.literal("conflict"),
    current: envelopeSchema,
    error: problemSchema,
  }),
  z.looseObject({ id: mutationIdSchema, status: z.literal("rejected"), error: problemSchema }),
]);
export type MutationResult = z.infer<typeof mutationResultSchema>;

/** One result for each mutation, in the order of the request. */
export const mutationResponseSchema = z.looseObject({ results: z.array(mutationResultSchema) });
export type MutationResponse = z.infer<typeof mutationResponseSchema>;
