import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonPolicies } from "../policy/json-policies.ts";
import { MachinePolicies } from "../policy/policies.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { readPackageKind } from "./package-kind.ts";
import { pinnedKeysIn, readUpdatePlan } from "./update-plan.ts";

const KEY = Buffer.alloc(32, 1).toString("base64");
const OTHER = Buffer.alloc(32, 2).toString("base64");

interface Machine {
  mandatory?: Record<string, unknown>;
  recommended?: Record<string, unknown>;
  /** In the profile's update.json. */
  own?: string;
  packageKind?: string;
  pinnedKeys?: readonly string[];
}

/** With a real policy file, as Linux has it. */
async function plan({ mandatory, recommended, own, packageKind = "nsis", pinnedKeys = [KEY] }: Machine) {
  const dataDir = await tempFolder();
  const file = join(dataDir, "policies.json");
  await writeFile(file, JSON.stringify({ mandatory, recommended }), { mode: 0o600 });
  if (own !== undefined) await writeFile(join(dataDir, "update.json"), JSON.stringify({ url: own }));
  const policies = await MachinePolicies.open(jsonPolicies(file));
  return readUpdatePlan({ policies, packageKind, pinnedKeys, dataDir, env: {} });
}

test("a mandatory address wins over the machine's own, a recommended one gives way to it", async () => {
  const own = "https://own.example/";
  const UpdateAddress = "https://mirror.example/";
  expect(await plan({ own })).toMatchObject({ isOn: true, source: { url: own }, decidedBy: "setting" });
  expect(await plan({ own, mandatory: { UpdateAddress } })).toMatchObject({
    source: { url: UpdateAddress },
    decidedBy: "policy",
  });
  expect(await plan({ own, recommended: { UpdateAddress } })).toMatchObject({ source: { url: own } });
  expect(await plan({ recommended: { UpdateAddress } })).toMatchObject({ source: { url: UpdateAddress } });
});

test("keys of the policy replace those of the build, and one that is none counts for nothing", async () => {
  const own = "https://own.example/";
  expect(await plan({ own })).toMatchObject({ keys: [KEY] });
  expect(await plan({ own, mandatory: { UpdateSigningKeys: [OTHER, "short"] } })).toMatchObject({
    keys: [OTHER],
  });
  expect(await plan({ own, mandatory: { UpdateSigningKeys: [] } })).toMatchObject({
    isOn: false,
    reason: "signature",
  });
});

test("channel and deferral are the policy's, or the usual ones", async () => {
  const own = "https://own.example/";
  expect(await plan({ own })).toMatchObject({ channel: "stable", deferralDays: 0 });
  const mandatory = { UpdateChannel: "preview", UpdateDeferralDays: 14 };
  expect(await plan({ own, mandatory })).toMatchObject({ channel: "preview", deferralDays: 14 });
});

test.each(["msi", "pkg", "deb", "rpm", "portable", "unpacked", "source", "snap"])(
  "what was installed as %s does not update itself",
  async (packageKind) => {
    expect(await plan({ own: "https://own.example/", packageKind })).toMatchObject({
      isOn: false,
      reason: "package",
    });
  },
);

test("a policy that turns updates off is the reason, whatever else would be", async () => {
  const mandatory = { UpdateMode: "off" };
  expect(await plan({ mandatory, packageKind: "msi" })).toMatchObject({ isOn: false, reason: "policy" });
  expect(await plan({})).toMatchObject({ isOn: false, reason: "notSet" });
  expect(await plan({ own: "nowhere" })).toMatchObject({ isOn: false, reason: "address" });
});

test("the kind of package is read beside the archive; without it, it was not packed by us", async () => {
  const folder = await tempFolder();
  expect(await readPackageKind(folder)).toBe("source");
  expect(await readPackageKind(undefined)).toBe("source");
  await mkdir(join(folder, "resources"));
  await writeFile(join(folder, "resources", "package-type"), "deb");
  expect(await readPackageKind(join(folder, "resources"))).toBe("deb");
});

test("keys are those that the packaging put into package.json", () => {
  expect(pinnedKeysIn(JSON.stringify({ name: "parvis", parvisUpdateKeys: [KEY] }))).toEqual([KEY]);
  expect(pinnedKeysIn("{}")).toEqual([]);
});
