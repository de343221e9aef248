import { z } from "zod";
import type { PoliciesStatus, PolicyEntry } from "#contract/desktop/policies-status.ts";
import { isPolicyName, policyNames, policySchemas, type PolicyName } from "#contract/policies.ts";
import type { Settings } from "#contract/settings.ts";
import { inOrderOfForce, type PolicyReading } from "./policy-source.ts";

/** Which setting of the person a policy decides. */
export const settingOfPolicy = {
  Autostart: "autostart",
  CloseToTray: "closeToTray",
  NotificationContent: "notifications",
  IdleLockMinutes: "lockAfterMinutes",
  LockWithSystem: "lockWithSystem",
} as const satisfies Partial<Record<PolicyName, keyof Settings>>;

export type SettingPolicy = keyof typeof settingOfPolicy;
export const settingPolicies: readonly SettingPolicy[] = policyNames.filter(
  (name): name is SettingPolicy => name in settingOfPolicy,
);

/** What is in force: each policy from the strongest place that has it right; the rest is reported, and nothing else suffers. */
export function judgePolicies({ groups, problems }: PolicyReading): PoliciesStatus {
  const entries = new Map<string, PolicyEntry>();
  const refused: PoliciesStatus["problems"] = [...problems];
  for (const { level, source, values } of inOrderOfForce(groups)) {
    for (const [name, raw] of Object.entries(values)) {
      const judged = judge(name, raw);
      if (typeof judged === "string") refused.push({ name, source, message: judged });
      else if (!entries.has(name)) entries.set(name, { name, value: judged.value, level, source });
    }
  }
  const managedSettings = settingPolicies
    .filter((name) => entries.get(name)?.level === "mandatory")
    .map((name) => settingOfPolicy[name]);
  const sorted = [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { entries: sorted, problems: refused, managedSettings };
}

function judge(name: string, raw: unknown): Pick<PolicyEntry, "value"> | string {
  if (!isPolicyName(name)) return `There is no policy of this name${likeliest(name)}.`;
  const parsed = policySchemas[name].safeParse(asPlatformsWriteIt(name, raw));
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` (at ${issue.path.join(".")})`;
  return `${issue?.message ?? "It does not fit"}${where}. See docs/policies.md for what it may be.`;
}

/** Names are the same everywhere, capitals included: the usual slip is named. */
function likeliest(name: string): string {
  const same = policyNames.find((known) => known.toLowerCase() === name.toLowerCase());
  return same === undefined ? "" : `: ${same} was probably meant`;
}

/** The registry has no booleans and no lists but those of texts under numbers; everything else comes as it is. */
function asPlatformsWriteIt(name: PolicyName, raw: unknown): unknown {
  const kind = policyKind(name);
  if (kind === "boolean" && (raw === 0 || raw === 1)) return raw === 1;
  if (kind === "array" && typeof raw === "string") return raw === "" ? [] : [raw];
  return raw;
}

export type PolicyKind = "boolean" | "integer" | "string" | "array";
const kindSchema = z.object({ type: z.enum(["boolean", "integer", "string", "array"]) });

/** What a platform has to carry for this policy. */
export function policyKind(name: PolicyName): PolicyKind {
  return kindSchema.parse(z.toJSONSchema(policySchemas[name])).type;
}
