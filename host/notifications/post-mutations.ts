import { gatewayPath, type AccountId } from "#contract/bridge.ts";
import { mutationResponseSchema, type Mutation } from "#contract/mutations.ts";
import type { Gateway } from "../gateway/gateway.ts";

/** Answers that the same request would get again. */
const FINAL = new Set([400, 413, 422]);

export interface Refused {
  mutation: Mutation;
  reason: string;
}

/** Those that were refused, or null when the workplace did not decide. */
export async function postMutations(
  gateway: Gateway,
  accountId: AccountId,
  mutations: readonly Mutation[],
): Promise<Refused[] | null> {
  const request = new Request(`http://host.invalid${gatewayPath(accountId)}/v1/mutations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ mutations }),
  });
  const response = await gateway.handle(request);
  if (!response.ok) {
    await response.body?.cancel();
    if (!FINAL.has(response.status)) return null;
    return mutations.map((mutation) => ({ mutation, reason: `${response.status}` }));
  }
  const answer = mutationResponseSchema.safeParse(await response.json());
  if (!answer.success) return null;
  const results = new Map(answer.data.results.map((result) => [result.id, result]));
  if (mutations.some(({ id }) => !results.has(id))) return null;
  return mutations.flatMap((mutation) => {
    const result = results.get(mutation.id);
    return result === undefined || result.status === "applied"
      ? []
      : [{ mutation, reason: result.error.title }];
  });
}
