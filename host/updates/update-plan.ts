import { z } from "zod";
import type { UpdateStatus } from "#contract/desktop/updates.ts";
import type { Policies } from "../policy/policies.ts";
import { isUpdatable } from "./package-kind.ts";
import { isSigningKey } from "./signing-key.ts";
import { parseUpdateSource, readLocalAddress, type UpdateSource } from "./update-source.ts";

/** What is decided before an updater is even made. */
export type UpdatePlan =
  | { isOn: false; reason: NonNullable<UpdateStatus["reason"]>; detail: string }
  | {
      isOn: true;
      source: UpdateSource;
      /** Where the address comes from, for the log. */
      decidedBy: "policy" | "setting";
      channel: "stable" | "preview";
      deferralDays: number;
      /** Base64 of Ed25519 public keys; at least one. */
      keys: readonly string[];
    };

export interface PlanParts {
  policies: Policies;
  packageKind: string;
  /** Of the build. */
  pinnedKeys: readonly string[];
  dataDir: string;
  env: NodeJS.ProcessEnv;
}

/** Policy first, then the kind of package, then whether there is anything to look at and a key to check it with. */
export async function readUpdatePlan(parts: PlanParts): Promise<UpdatePlan> {
  const { policies, packageKind, pinnedKeys } = parts;
  if (policies.get("UpdateMode") === "off") return off("policy", "The policy UpdateMode says so.");
  if (!isUpdatable(packageKind)) {
    return off("package", `This kind of installation (${packageKind}) is not updated by itself.`);
  }
  const address = await chooseAddress(parts);
  if ("detail" in address) return off(address.reason, address.detail);
  const source = parseUpdateSource(address.text);
  if (source === undefined) {
    return off(
      "address",
      `“${address.text}” is neither an https: address nor the absolute path of a folder.`,
    );
  }
  const imposed = policies.get("UpdateSigningKeys");
  const keys = (imposed ?? pinnedKeys).filter(isSigningKey);
  if (keys.length === 0) {
    const whose =
      imposed === undefined ? "This build carries no key" : "The policy UpdateSigningKeys has no key";
    return off("signature", `${whose} with which updates could be checked.`);
  }
  return {
    isOn: true,
    source,
    decidedBy: address.decidedBy,
    channel: policies.get("UpdateChannel") ?? "stable",
    deferralDays: policies.get("UpdateDeferralDays") ?? 0,
    keys,
  };
}

type Address =
  | { text: string; decidedBy: "policy" | "setting" }
  | { reason: "notSet" | "address"; detail: string };

/** A mandatory policy, then this machine's own setting, then a recommended policy. */
async function chooseAddress({ policies, dataDir, env }: PlanParts): Promise<Address> {
  const imposed = policies.get("UpdateAddress");
  if (imposed !== undefined && policies.isMandatory("UpdateAddress")) {
    return { text: imposed, decidedBy: "policy" };
  }
  const local = await readLocalAddress(dataDir, env);
  if ("detail" in local) return { reason: "address", detail: local.detail };
  if (local.text !== undefined) return { text: local.text, decidedBy: "setting" };
  if (imposed !== undefined) return { text: imposed, decidedBy: "policy" };
  return { reason: "notSet", detail: "No address to look for updates at is set." };
}

function off(reason: NonNullable<UpdateStatus["reason"]>, detail: string): UpdatePlan {
  return { isOn: false, reason, detail };
}

const manifestSchema = z.looseObject({ parvisUpdateKeys: z.array(z.string()).default([]) });

/** From the application's package.json, which lies within the archive whose hash the program carries. */
export function pinnedKeysIn(manifest: string): readonly string[] {
  return manifestSchema.parse(JSON.parse(manifest)).parvisUpdateKeys;
}
