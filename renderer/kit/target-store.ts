import { create } from "zustand";
import type { HostBridge, OpenTarget } from "#contract/bridge.ts";
import { readWanted } from "./window-kind.ts";

/** What came from outside and is still to be shown, oldest first. */
export const useTargets = create<{ waiting: readonly OpenTarget[] }>(() => ({ waiting: [] }));

export function addTargets(targets: readonly OpenTarget[]): void {
  useTargets.setState(({ waiting }) => ({ waiting: [...waiting, ...targets] }));
}

export function dropTarget(target: OpenTarget): void {
  useTargets.setState(({ waiting }) => ({ waiting: waiting.filter((one) => one !== target) }));
}

/** Asks for what came before this page was there, and listens for what comes. */
export async function followTargets(host: HostBridge): Promise<void> {
  const wanted = readWanted(location.search);
  if (wanted !== null) {
    addTargets([wanted]);
    // Loaded anew, it is not asked for again.
    history.replaceState(history.state, "", `${location.pathname}${location.hash}`);
  }
  host.subscribe((event) => {
    if (event.type === "openTarget") addTargets([event.target]);
  });
  const answer = await host.call("page.takeTargets", {});
  if (answer.ok) addTargets(answer.value);
}
