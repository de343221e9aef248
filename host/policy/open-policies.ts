import { LINUX_POLICIES, jsonPolicies } from "./json-policies.ts";
import { macPolicies } from "./mac-policies.ts";
import { MachinePolicies } from "./policies.ts";
import type { PolicySource } from "./policy-source.ts";
import { windowsPolicies } from "./windows-policies.ts";

/**
 * What is set on this machine. `PARVIS_POLICIES` names a further file in the form of Linux, to try policies out: it comes
 * after the machine's own and can take nothing of theirs away.
 */
export async function openPolicies(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): Promise<MachinePolicies> {
  const further = env["PARVIS_POLICIES"];
  const sources = [sourceOf(platform)];
  if (further !== undefined && further !== "") sources.push(jsonPolicies(further));
  return MachinePolicies.open(oneAfterTheOther(sources));
}

function sourceOf(platform: NodeJS.Platform): PolicySource {
  if (platform === "win32") return windowsPolicies();
  return platform === "darwin" ? macPolicies() : jsonPolicies(LINUX_POLICIES);
}

function oneAfterTheOther(sources: readonly PolicySource[]): PolicySource {
  return {
    async read() {
      const readings = await Promise.all(sources.map((source) => source.read()));
      return {
        groups: readings.flatMap(({ groups }) => groups),
        problems: readings.flatMap(({ problems }) => problems),
      };
    },
  };
}
