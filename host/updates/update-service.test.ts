import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { UpdateStatus } from "#contract/desktop/updates.ts";
import { silentLog } from "../log/log.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { createUpdateMemory } from "./update-memory.ts";
import { UpdateService, type PlanInForce } from "./update-service.ts";
import type { FoundUpdate, Updater } from "./updater.ts";

const NOW = Date.parse("2026-11-23T10:00:00.000Z");
const HOUR_MS = 3_600_000;
const ON: PlanInForce = {
  isOn: true,
  source: { kind: "folder", path: "/mirror" },
  decidedBy: "setting",
  channel: "stable",
  deferralDays: 0,
  keys: ["key"],
};

/** An updater in memory: what it finds, and what it was asked. */
class MemoryUpdater implements Updater {
  found: FoundUpdate | null | undefined = { version: "1.1.0", releasedAt: "2026-11-01T00:00:00.000Z" };
  readonly asked: string[] = [];
  answer: Promise<void> = Promise.resolve();

  async check() {
    this.asked.push("check");
    await this.answer;
    return this.found;
  }
  async download(onProgress: (share: number) => void) {
    this.asked.push("download");
    for (const share of [0.5, 0.501, 7]) {
      onProgress(share);
      await setImmediate();
    }
  }
  async confirm() {
    this.asked.push("confirm");
  }
  install() {
    this.asked.push("install");
  }
  async close() {
    this.asked.push("close");
  }
}

async function start(dataDir?: string) {
  const scene = {
    updater: new MemoryUpdater(),
    plan: ON as PlanInForce | { isOn: false; reason: "policy"; detail: string },
    nowMs: NOW,
    told: [] as string[],
    statuses: [] as UpdateStatus[],
    mayEnd: true,
    dataDir: dataDir ?? (await tempFolder()),
    changePolicies: (): void => undefined,
  };
  const updates = new UpdateService({
    readPlan: async () => scene.plan,
    policies: {
      subscribe(listener) {
        scene.changePolicies = listener;
        return () => undefined;
      },
    },
    createUpdater: async () => scene.updater,
    memory: createUpdateMemory(scene.dataDir, () => undefined),
    onChange: (status) => scene.statuses.push(status),
    tell: (version) => scene.told.push(version),
    beforeInstall: async () => scene.mayEnd,
    onInstallFailed: () => undefined,
    log: silentLog,
    now: () => scene.nowMs,
    random: () => 0.5,
  });
  onTestFinished(() => updates.stop());
  await updates.start();
  return { scene, updates };
}

async function ready(dataDir?: string) {
  const started = await start(dataDir);
  await expect.poll(async () => (await started.updates.status()).state).toBe("ready");
  return started;
}

test("says each whole per cent once, and never more than all", async () => {
  const { scene } = await ready();
  const progress = scene.statuses.filter((each) => each.state === "downloading").map((each) => each.progress);
  expect(progress).toEqual([0, 0.5, 1]);
});

test("two who ask at once get one look", async () => {
  const { scene, updates } = await ready();
  scene.updater.asked.length = 0;
  await Promise.all([updates.check(), updates.check()]);
  expect(scene.updater.asked).toEqual(["check"]);
});

test("a policy that turns updates off while running ends the updater and forgets what was ready", async () => {
  const { scene, updates } = await ready();
  scene.plan = { isOn: false, reason: "policy", detail: "now" };
  scene.changePolicies();
  expect(await updates.check()).toMatchObject({ state: "off", reason: "policy" });
  expect(scene.updater.asked.at(-1)).toBe("close");
  await expect(updates.install()).rejects.toMatchObject({ problem: { kind: "conflict" } });
  scene.plan = ON;
  scene.changePolicies();
  await expect.poll(async () => (await updates.status()).state).toBe("ready");
});

test("an answer that comes after a policy has turned updates off changes nothing", async () => {
  const { scene, updates } = await ready();
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  scene.updater.answer = promise;
  const looking = updates.check();
  scene.plan = { isOn: false, reason: "policy", detail: "now" };
  scene.changePolicies();
  await expect.poll(async () => (await updates.status()).state).toBe("off");
  answer();
  expect(await looking).toMatchObject({ state: "off" });
});

test("told once a day at most, over restarts, and again the day after", async () => {
  const first = await ready();
  expect(first.scene.told).toEqual(["1.1.0"]);
  await first.updates.check();
  await first.updates.stop();
  const second = await ready(first.scene.dataDir);
  expect(second.scene.told).toEqual([]);
  second.scene.nowMs = NOW + 25 * HOUR_MS;
  await second.updates.check();
  expect(second.scene.told).toEqual(["1.1.0"]);
});

test("put off, it is quiet until then", async () => {
  const { scene, updates } = await ready();
  scene.nowMs = NOW + 25 * HOUR_MS;
  const until = new Date(NOW + 30 * HOUR_MS).toISOString();
  expect(await updates.defer(until)).toMatchObject({ state: "ready", deferredUntil: until });
  await updates.check();
  expect(scene.told).toHaveLength(1);
  scene.nowMs = NOW + 31 * HOUR_MS;
  expect(await updates.check()).not.toHaveProperty("deferredUntil");
  expect(scene.told).toHaveLength(2);
});

test("a newer version takes the place of one that is ready; one that is withdrawn is forgotten", async () => {
  const { scene, updates } = await ready();
  scene.updater.found = { version: "1.2.0", releasedAt: "2026-11-02T00:00:00.000Z" };
  await updates.check();
  await expect.poll(async () => updates.status()).toMatchObject({ state: "ready", version: "1.2.0" });
  scene.updater.found = null;
  expect(await updates.check()).toMatchObject({ state: "idle" });
});

test("a person who does not want to end stays, and the update stays ready", async () => {
  const { scene, updates } = await ready();
  scene.mayEnd = false;
  await updates.install();
  expect(scene.updater.asked).not.toContain("install");
  scene.mayEnd = true;
  await updates.install();
  expect(scene.updater.asked.slice(-2)).toEqual(["confirm", "install"]);
});
