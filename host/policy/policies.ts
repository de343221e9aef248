import type { PoliciesStatus } from "#contract/desktop/policies-status.ts";
import type { PolicyName, PolicyValue } from "#contract/policies.ts";

/** What the organisation imposes or proposes on this machine, as in force now. */
export interface Policies {
  /** The value in force, mandatory or recommended; undefined when there is none. */
  get<N extends PolicyName>(name: N): PolicyValue<N> | undefined;
  isMandatory(name: PolicyName): boolean;
  status(): PoliciesStatus;
  /** Told after each change while running; returns its dispose. */
  subscribe(listener: () => void): () => void;
}

/** A machine that nobody manages. */
export const noPolicies: Policies = {
  get: () => undefined,
  isMandatory: () => false,
  status: () => ({ entries: [], problems: [], managedSettings: [] }),
  subscribe: () => () => undefined,
};
