import type { ConversationId, MessageId } from "#contract/ids.ts";
import { mutations, type MutationArgs, type MutationName } from "#contract/mutations.ts";
import type { Result } from "#contract/result.ts";
import type { Scope } from "#contract/scope.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";

export type Mutated = Result<{ mutationId: string }>;

/** Where a message goes. */
export interface Place {
  conversationId: ConversationId;
  scope: Scope;
  threadId?: MessageId;
}

/** Puts one write on disk, from where the worker carries it to the server. */
export type Write = <N extends MutationName>(
  name: N,
  scope: Scope,
  args: MutationArgs<N>,
) => Promise<Mutated>;

export function createWrite(client: Pick<WorkerClient, "call">): Write {
  return (name, scope, args) => client.call("mutate", { name, scope, args: mutations[name].parse(args) });
}

/** One key per field to write in: a thread's or a conversation's. */
export function placeKey(place: Pick<Place, "conversationId" | "threadId">): string {
  return place.threadId ?? place.conversationId;
}
