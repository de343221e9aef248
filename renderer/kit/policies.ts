import { create } from "zustand";
import type { HostBridge } from "#contract/bridge.ts";
import type { PoliciesStatus } from "#contract/desktop/policies-status.ts";
import type { Settings } from "#contract/settings.ts";

/** What the organisation has set on this machine, the same for every window. */
export const usePolicies = create<PoliciesStatus>(() => ({
  entries: [],
  problems: [],
  managedSettings: [],
}));

/** Reads them, and follows their changes. */
export async function followPolicies(host: HostBridge): Promise<void> {
  host.subscribe((event) => {
    if (event.type === "policiesChanged") usePolicies.setState(event.policies);
  });
  const status = await host.call("policies.get", {});
  if (status.ok) usePolicies.setState(status.value);
}

/** Whether the organisation has decided this setting. */
export function useIsManaged(setting: keyof Settings): boolean {
  return usePolicies((state) => state.managedSettings.includes(setting));
}

/** Names of modules that are not shown on this machine. */
export function hiddenModules({ entries }: PoliciesStatus): readonly string[] {
  const value = entries.find(({ name }) => name === "HiddenModules")?.value;
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : NONE;
}

const NONE: readonly string[] = [];
