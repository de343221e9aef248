import type { Account, OpenTarget } from "#contract/bridge.ts";
import { parseAddress, workplaceOf } from "#contract/links.ts";

export type TargetPlace =
  | { kind: "here" }
  | { kind: "account"; account: Account }
  /** No account of this machine is at that workplace. */
  | { kind: "missing"; workplace: string };

/**
 * Where what was asked for is shown: in the account that it names, otherwise in one of the workplace that its address names,
 * the shown one first; otherwise in the one that is shown.
 */
export function placeOfTarget(
  { accountId, link }: OpenTarget,
  shown: Account,
  accounts: readonly Account[],
): TargetPlace {
  const named = accounts.find(({ id }) => id === accountId);
  if (named !== undefined)
    return named.id === shown.id ? { kind: "here" } : { kind: "account", account: named };
  const at = parseAddress(link)?.at ?? null;
  if (at === null || isAt(shown, at)) return { kind: "here" };
  const there = accounts.filter((account) => isAt(account, at));
  const account = there.find(({ state }) => state === "signedIn") ?? there[0];
  return account === undefined ? { kind: "missing", workplace: at } : { kind: "account", account };
}

function isAt({ isEmbedded, serverUrl }: Account, at: string): boolean {
  return !isEmbedded && workplaceOf(serverUrl) === at;
}
