import type { PoliciesStatus } from "#contract/desktop/policies-status.ts";
import { policySchemas, type PolicyName, type PolicyValue } from "#contract/policies.ts";
import type { SettingsChanges } from "#contract/settings.ts";
import type { PolicySource } from "./policy-source.ts";
import { judgePolicies, settingOfPolicy, settingPolicies } from "./read-policies.ts";

/** What the organisation imposes or proposes on this machine, as in force now. */
export interface Policies {
  /** The value in force, mandatory or recommended; undefined when there is none. */
  get<N extends PolicyName>(name: N): PolicyValue<N> | undefined;
  isMandatory(name: PolicyName): boolean;
  status(): PoliciesStatus;
  /** What this level says of the person's settings. */
  settings(level: "mandatory" | "recommended"): SettingsChanges;
  /** Told after each change while running; returns its dispose. */
  subscribe(listener: () => void): () => void;
}

const RENEWAL_MS = 15 * 60_000;

/** Reads at the start, and again now and then: administrators change policies while people work. */
export class MachinePolicies implements Policies {
  readonly #source: PolicySource;
  readonly #listeners = new Set<() => void>();
  #status: PoliciesStatus = { entries: [], problems: [], managedSettings: [] };

  private constructor(source: PolicySource) {
    this.#source = source;
  }

  static async open(source: PolicySource, renewalMs = RENEWAL_MS): Promise<MachinePolicies> {
    const policies = new MachinePolicies(source);
    policies.#status = judgePolicies(await source.read());
    setInterval(() => void policies.renew(), renewalMs).unref();
    return policies;
  }

  get<N extends PolicyName>(name: N): PolicyValue<N> | undefined {
    const entry = this.#status.entries.find((one) => one.name === name);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very policy
    return entry === undefined ? undefined : (policySchemas[name].parse(entry.value) as PolicyValue<N>);
  }

  isMandatory(name: PolicyName): boolean {
    return this.#status.entries.some((one) => one.name === name && one.level === "mandatory");
  }

  status(): PoliciesStatus {
    return this.#status;
  }

  settings(level: "mandatory" | "recommended"): SettingsChanges {
    const chosen = settingPolicies.filter((name) =>
      this.#status.entries.some((one) => one.name === name && one.level === level),
    );
    return Object.fromEntries(chosen.map((name) => [settingOfPolicy[name], this.get(name)]));
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Looks again now. */
  async renew(): Promise<void> {
    const status = judgePolicies(await this.#source.read());
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }
}

/** A machine that nobody manages. */
export const noPolicies: Policies = {
  get: () => undefined,
  isMandatory: () => false,
  status: () => ({ entries: [], problems: [], managedSettings: [] }),
  settings: () => ({}),
  subscribe: () => () => undefined,
};
