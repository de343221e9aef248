import { create } from "zustand";
import { formatLink, workplaceOf, type LinkTarget } from "#contract/links.ts";

/** What the shown workplace is called in links; null: it is this machine's own, or cannot be named. */
export const useWorkplaceAddress = create<{ at: string | null }>(() => ({ at: null }));

export function setWorkplaceAddress({
  serverUrl,
  isEmbedded,
}: {
  serverUrl: string;
  isEmbedded: boolean;
}): void {
  useWorkplaceAddress.setState({ at: isEmbedded ? null : workplaceOf(serverUrl) });
}

/** The address of an object for whoever it is given to: they may have several workplaces. */
export function linkToShare(target: LinkTarget): string {
  return formatLink(target, useWorkplaceAddress.getState().at);
}
