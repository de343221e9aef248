import { create } from "zustand";
import type { AccountId } from "#contract/account.ts";
import { formatLink, workplaceOf, type LinkTarget } from "#contract/links.ts";

/** Whose account is shown, and what its workplace is called in links; null: it is this machine's own, or cannot be named. */
export const useWorkplaceAddress = create<{ at: string | null; accountId: AccountId | null }>(() => ({
  at: null,
  accountId: null,
}));

export function setWorkplaceAddress({
  id: accountId,
  serverUrl,
  isEmbedded,
}: {
  id: AccountId;
  serverUrl: string;
  isEmbedded: boolean;
}): void {
  useWorkplaceAddress.setState({ accountId, at: isEmbedded ? null : workplaceOf(serverUrl) });
}

/** The address of an object for whoever it is given to: they may have several workplaces. */
export function linkToShare(target: LinkTarget): string {
  return formatLink(target, useWorkplaceAddress.getState().at);
}
