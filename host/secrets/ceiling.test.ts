import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { HostEvent } from "#contract/bridge.ts";
import { createHost } from "../host.ts";
import { jsonPolicies } from "../policy/json-policies.ts";
import { MachinePolicies } from "../policy/policies.ts";
import { openProfile } from "../profile/profile.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { TokenServer } from "../testing/token-server.ts";

const INFO = {
  version: "1",
  shell: "browser",
  platform: "linux",
  locale: "fr",
  isDevelopment: false,
} as const;

/** A signed-in host under a file of policies that can be written again. */
async function open(first: object) {
  const dataDir = await tempFolder();
  const path = join(dataDir, "policies.json");
  const write = async (content: object): Promise<void> => {
    await writeFile(path, JSON.stringify(content));
    await chmod(path, 0o644);
  };
  await write(first);
  const policies = await MachinePolicies.open(jsonPolicies(path));
  const server = await TokenServer.open();
  const host = await createHost({
    dataDir,
    profile: await openProfile(dataDir, () => undefined),
    info: INFO,
    secrets: await memorySecrets(dataDir),
    openExternal: () => Promise.resolve(),
    onNotice: () => undefined,
    serverUrl: server.url,
    policies,
  });
  onTestFinished(() => host.stop());
  const accountId = host.accounts.list()[0]?.id;
  await host.bridge.call("accounts.signInWithPassword", { accountId, username: "demo", password: "demo" });
  const asked = () => host.bridge.call("cache.key", { accountId });
  const change = async (content: object): Promise<void> => {
    await write(content);
    await policies.renew();
  };
  return { host, asked, change };
}

const sealedSchema = z.object({ value: z.object({ key: z.string(), keyId: z.string() }) });
const sealingOf = (answer: unknown) => sealedSchema.parse(answer).value;

test("the key of the cache comes with the ceiling, imposed or proposed, and with none where there is no policy", async () => {
  for (const [content, ceiling] of [
    [{ mandatory: { CacheCeiling: "internal" } }, "internal"],
    [{ recommended: { CacheCeiling: "restricted" } }, "restricted"],
    [{}, null],
  ] as const) {
    const { asked } = await open(content);
    expect(await asked()).toMatchObject({ ok: true, value: { ceiling } });
  }
});

test("a ceiling that changes while Parvis runs is told to the pages, and the same key comes with the new one", async () => {
  const { host, asked, change } = await open({});
  const before = await asked();
  const told: HostEvent["type"][] = [];
  onTestFinished(host.events.subscribe(({ type }) => told.push(type)));
  await change({ mandatory: { CacheCeiling: "public" } });
  expect(told).toContain("policiesChanged");
  const after = await asked();
  expect(after).toMatchObject({ ok: true, value: { ceiling: "public" } });
  expect(sealingOf(after)).toEqual(sealingOf(before));
});
